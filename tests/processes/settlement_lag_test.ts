import { expect, setDefaultTimeout, test } from "bun:test";
import { createVitals } from "../../src/health/mod.ts";
import { createLog } from "../../src/log.ts";
import { startSettlementLag } from "../../src/processes/_settlement_lag.ts";
import { openHouse } from "../bets/betting_house.ts";
import {
  manualClock,
  openDatabase,
  openFaultProxy,
  seededRandom,
  type TestDatabase,
} from "../harness/mod.ts";
import { openStepper } from "../settlement/stepping.ts";

setDefaultTimeout(60_000);

/** The look of a worker at what waits, by a clock moved by hand that begins at the database's own. */
async function openLag(database: TestDatabase, { url = database.url }: { readonly url?: string } = {}) {
  const clock = manualClock(Date.now());
  const lines: string[] = [];
  const log = createLog({ process: "test", level: "info", clock, write: (line) => lines.push(line) });
  const vitals = createVitals({ process: "worker_settlement", isDraining: () => false }, { clock });
  const pool = database.pool("linehold_settlement", { max: 1, url });
  const loop = startSettlementLag({ pool, clock, random: seededRandom(1), log, vitals });
  const look = async () => {
    const { steps, failures } = loop.beat();
    await clock.advance(5000);
    while (loop.beat().steps + loop.beat().failures === steps + failures) {
      await Bun.sleep(5);
      // A loop that had not begun to rest when the time was passed rests from then on.
      await clock.advance(100);
    }
  };
  return {
    lines,
    look,
    async metric(name: string) {
      const { text } = await vitals.metrics();
      const value = new RegExp(`^linehold_settlement_${name} (.*)$`, "m").exec(text)?.[1];
      return value === undefined ? undefined : Number(value);
    },
    status: () => vitals.status(),
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
    },
  };
}

test("the lag is 0 while nothing waits, counts from when facts came, and is 0 again once every bet is settled", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await using lag = await openLag(database);

  await lag.look();
  const before = [await lag.metric("lag_seconds"), await lag.metric("waiting")];
  await house.recordResult(eventId, { score: [1, 0] });
  await lag.look();
  const early = lag.status().words;
  // Look by look: of a clock that is moved past a step's limit at once, the step under way is taken for one that does not end.
  for (let looks = 0; looks < 18; looks += 1) await lag.look();
  const grown = (await lag.metric("lag_seconds")) ?? 0;
  const waiting = await lag.metric("waiting");
  const { words, parts } = lag.status();
  await openStepper(database).drain();
  await lag.look();
  const after = [await lag.metric("lag_seconds"), await lag.metric("waiting")];

  expect([before, after]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(waiting).toBe(1);
  expect(grown).toBeGreaterThanOrEqual(90);
  expect(early).toEqual([]);
  expect(words.join()).toContain(`facts of event ${eventId} wait since`);
  expect(parts["settlement"]).toMatchObject({ waiting: 1, eventId, tenantId: seat.tenantId });
  expect(lag.status().words).toEqual([]);
});

test("a job counts from when its facts came, and so does one that takes another's place", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await house.recordResult(eventId, { score: [1, 0] });
  const since = async (table: string, column: string) =>
    (await database.owner<{ at: Date | null }>(`select ${column} as at from ${table}`)).map(({ at }) =>
      at?.getTime(),
    );
  const [behind] = await since("event_tenants", "behind_since");

  await database.owner("update event_tenants set result_version = fact_version");
  const job =
    "insert into settlement_jobs (tenant_id, event_id, result_version, due_at) values ($1, $2, $3, $4)";
  await database.owner(job, [seat.tenantId, eventId, 1, new Date()]);
  await database.owner(job, [seat.tenantId, eventId, 2, new Date()]);

  expect(behind).toBeNumber();
  expect(await since("settlement_jobs", "waiting_since")).toEqual([behind, behind]);
  expect(await since("event_tenants", "behind_since")).toEqual([undefined]);
});

test("while the database cannot be asked the lag goes on from the last look, and the log says once that it cannot be known", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await house.recordResult(eventId, { score: [1, 0] });
  const upstream = new URL(database.url);
  await using proxy = await openFaultProxy({ hostname: upstream.hostname, port: Number(upstream.port) });
  await using lag = await openLag(database, { url: proxy.through(database.url) });
  await lag.look();

  await proxy.set("reset");
  await lag.look();
  await lag.look();

  expect(await lag.metric("lag_seconds")).toBeGreaterThanOrEqual(10);
  expect(lag.lines.map((line) => JSON.parse(line).event)).toEqual(["settlement.lag_unknown"]);
});
