import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { auditBreaches } from "../../bench/settle/audit.ts";
import { summaryOf } from "../../bench/settle/beside.ts";
import { openBurner } from "../../bench/settle/burner.ts";
import { watchLocks } from "../../bench/settle/lock_waits.ts";
import type { RateRow } from "../../bench/settle/rates.ts";
import { compareBeside, compareRates, startSettlingOf } from "../../bench/settle/run.ts";
import { openOwner } from "../../bench/settle/seed.ts";
import { judgeSettle, type SettleFindings } from "../../bench/settle/settle.ts";
import type { Settling } from "../../bench/settle/settling.ts";
import { openSettleStage, type SettleStage } from "../../bench/settle/stage.ts";
import { differencesOf, readWritten } from "../../bench/settle/written.ts";
import { openSession } from "../../src/pool/mod.ts";
import { SETTLEMENT_LIMITS } from "../../src/settlement/mod.ts";
import { openDatabase, takeTurns, until } from "../harness/mod.ts";

takeTurns();
// A Postgres of its own, and processes, on a machine that other work may share.
setDefaultTimeout(120_000);

const BETS = 600;
const LIMITS = { ...SETTLEMENT_LIMITS, batchMax: 40, batchesMax: 4 };
const opened = new AsyncDisposableStack();
let stage: SettleStage;
let crowded: Settling;
let rates: readonly RateRow[];
const deps = () => ({ stage, crowded, progress: () => undefined });

beforeAll(async () => {
  const size = { bets: BETS, othersPerBet: 4, playersEach: 30 };
  stage = opened.use(await openSettleStage(size, { progress: () => undefined }));
  crowded = opened.use(await startSettlingOf(stage.crowded.url, LIMITS));
  rates = await compareRates(deps(), { bets: BETS, betsARound: 300, limits: LIMITS });
}, 300_000);
afterAll(() => opened.disposeAsync());

test("every side deals with all bets of the event, and bare SQL leaves the very rows that settlement leaves", async () => {
  const sum = (pick: (row: RateRow) => number) => rates.reduce((total, row) => total + pick(row), 0);
  const written = await readWritten(stage.alone.owner);

  expect([sum((row) => row.bets), sum((row) => row.bareBets), sum((row) => row.crowdedBets)]).toEqual(
    Array(3).fill(BETS),
  );
  expect(rates.flatMap(({ oursMs, bareMs, crowdedMs }) => [oursMs, bareMs, crowdedMs]).every(Boolean)).toBe(
    true,
  );
  expect(differencesOf(written, await readWritten(stage.bare.owner))).toEqual([]);
  expect(written.find(({ table }) => table === "leg_grades")?.rows).toBe(BETS);
});

test("the seeded ledgers keep every promise, before and after, and in the crowd too", async () => {
  expect(await auditBreaches(stage.alone)).toEqual([]);
  expect(await auditBreaches(stage.crowded)).toEqual([]);
});

test("placements are taken beside settlement and beside the burner, and what each used is told", async () => {
  const rows = await compareBeside(deps(), { forMs: 800, stretchMs: 800 });

  const [settlement, burner] = [summaryOf(rows, "settlement"), summaryOf(rows, "burner")];
  expect(rows.map(({ beside }) => beside)).toEqual(["settlement", "burner"]);
  // Where other work takes the processors, the web process refuses some.
  for (const { placed, refused } of [settlement, burner]) expect(placed - refused).toBeGreaterThan(0);
  expect(Math.min(settlement.locks.looks, burner.locks.looks)).toBeGreaterThan(0);
  expect(await auditBreaches(stage.crowded)).toEqual([]);
});

test("a settlement that forgets to give exposure back is found by both, the comparison and the audit", async () => {
  await stage.alone.owner.execute(
    "update exposure_slots set used_minor = used_minor + 1, share_minor = share_minor + 1 where used_minor = 0",
  );

  const [ours, bare] = [await readWritten(stage.alone.owner), await readWritten(stage.bare.owner)];
  expect(differencesOf(ours, bare)).toEqual([expect.stringContaining("exposure_slots")]);
  expect((await auditBreaches(stage.alone)).join()).toContain("exposure_is_of_undecided_bets");
});

test("a payment that is missing, or another than the bet's, is found by the comparison", async () => {
  const bare = await readWritten(stage.bare.owner);
  const with_ = (table: string, change: object) =>
    bare.map((one) => (one.table === table ? { ...one, ...change } : one));

  expect(differencesOf(with_("entries", { rows: 1 }), bare)).toEqual([
    expect.stringContaining("entries: 1 rows"),
  ]);
  expect(differencesOf(with_("settlements", { digest: "0" }), bare)).toEqual([
    expect.stringContaining("of other content"),
  ]);
});

test("a placement that waits for settlement is seen, also behind another placement, and for how long", async () => {
  await using database = await openDatabase();
  await using cleanup = new AsyncDisposableStack();
  const session = async (applicationName: string) =>
    cleanup.use(await openSession({ url: database.ownerUrl, applicationName, connectTimeoutMs: 5000 }));
  const settlement = await session("settlement");
  const [first, second] = [await session("linehold web write"), await session("linehold web write")];
  const bystander = await session("somebody");
  await settlement.execute("begin");
  await settlement.execute("select pg_advisory_xact_lock(1)");
  await first.execute("begin");
  await first.execute("select pg_advisory_xact_lock(2)");
  const waits = [
    first.execute("select pg_advisory_xact_lock(1)"),
    second.execute("select pg_advisory_lock(2)"),
    bystander.execute("select pg_advisory_lock(1)"),
  ];
  const owner = cleanup.use(await openOwner(database.ownerUrl));
  await until(async () => {
    const rows = await owner.query("select from pg_stat_activity where wait_event_type = 'Lock'");
    return rows.length >= 3;
  });
  const watcher = cleanup.use(await openOwner(database.ownerUrl));
  const locks = cleanup.use(
    await watchLocks(watcher, { placements: /^linehold web/, settlement: "settlement" }),
  );
  let seen = locks.take();
  await until(() => {
    seen = locks.take();
    return seen.longestBehindSettlementMs > 20;
  });
  await settlement.execute("commit");
  await waits[0];
  await first.execute("commit");
  await Promise.all(waits);

  expect(seen.kinds).toEqual(["advisory"]);
  expect(seen.seen).toBeGreaterThan(0);
  expect(seen.longestMs).toBeGreaterThanOrEqual(seen.longestBehindSettlementMs);
});

test("the burner uses about as much of a processor as it is told", async () => {
  await using database = await openDatabase();
  await using burner = await openBurner(database.ownerUrl);

  const idleMs = await burner.burn(0, { forMs: 300 });
  const busyMs = await burner.burn(0.3, { forMs: 2000 });

  expect(idleMs).toBeLessThan(30);
  expect(busyMs).toBeGreaterThan(100);
  expect(busyMs).toBeLessThan(1000);
});

test("the verdicts of settle hold at their bounds, and fail where a figure is beyond its own", () => {
  const round = { round: 1, bets: 10, bareBets: 10, crowdedBets: 10, failed: 0 };
  const locks = {
    looks: 10,
    gapP99Ms: 20,
    seen: 1,
    longestBehindSettlementMs: 20,
    longestMs: 30,
    kinds: ["tuple"],
  };
  const stretch = { pair: 1, tookMs: 1000, bets: 10, locks };
  const placed = (tookMs: number, status = 201) => [{ dueAt: 0, tookMs, status }];
  const findings: SettleFindings = {
    bets: 10,
    others: 100,
    rates: [{ ...round, oursMs: 200, bareMs: 100, crowdedMs: 250 }],
    differences: [],
    beside: [
      { ...stretch, beside: "settlement", cpuMs: 1000, placed: placed(15) },
      { ...stretch, beside: "burner", cpuMs: 950, placed: placed(10) },
    ],
    breaches: [],
  };
  const states = (found: SettleFindings) => judgeSettle(found).map(({ state }) => state);

  expect(states(findings)).toEqual(Array(10).fill("holds"));
  expect(states({ ...findings, beside: undefined })).toEqual([
    ...Array(4).fill("holds"),
    ...Array(2).fill("not_measured"),
    "holds",
  ]);
  const bad: SettleFindings = {
    ...findings,
    rates: [{ ...round, bets: 9, oursMs: 201, bareMs: 100, crowdedMs: 330 }],
    differences: ["entries: 1 rows beside 2"],
    beside: [
      {
        ...stretch,
        beside: "settlement",
        cpuMs: 1000,
        placed: placed(16),
        locks: { ...locks, gapP99Ms: 21, longestBehindSettlementMs: 21 },
      },
      { ...stretch, beside: "burner", cpuMs: 850, placed: placed(10, 503) },
    ],
    breaches: ["a promise"],
  };
  expect(states(bad)).toEqual(Array(10).fill("fails"));
});
