import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { placeBet } from "../../src/bets/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { openStepper } from "../settlement/stepping.ts";
import { type BettingHouse, openHouse, requestOf, type Seat } from "./betting_house.ts";

setDefaultTimeout(120_000);

const EVEN = fraction(2n);
const PRICES = { home: EVEN, draw: EVEN, away: EVEN };

/** Sets what may be lost, as an operator's limits would. */
async function limit(
  database: TestDatabase,
  { tenantId }: Seat,
  amounts: { readonly event?: bigint; readonly outcome?: bigint; readonly stakeMax?: bigint },
): Promise<void> {
  await database.owner(
    `insert into tenant_betting (tenant_id, version, betting_open, updated_at) values ($1, 1, true, now())
     on conflict (tenant_id) do update set version = tenant_betting.version + 1`,
    [tenantId],
  );
  await database.owner(
    `insert into betting_limits (
       tenant_id, version, limit_number, currency, scope, event_exposure_max_minor, outcome_exposure_max_minor,
       stake_max_minor, payout_max_minor
     )
     select $1, version, 1, 'EUR', 'tenant', $2, $3, $4, 1000000000 from tenant_betting where tenant_id = $1`,
    [tenantId, amounts.event ?? null, amounts.outcome ?? null, amounts.stakeMax ?? null],
  );
}

async function openTable(scope: AsyncDisposableStack, limits: Parameters<typeof limit>[2]) {
  const database = scope.use(await openDatabase());
  const pool = database.pool("linehold_web", {
    max: 16,
    overdueMs: 20_000,
    deadlineMs: 20_000,
    connectTimeoutMs: 20_000,
  });
  const house = openHouse(database, { pool });
  const seat = await house.addPlayer({ depositMinor: 100_000_000n });
  const seats = [seat];
  for (let count = 1; count < 12; count++)
    seats.push(await house.addPlayer({ tenantId: seat.tenantId, depositMinor: 100_000_000n }));
  await limit(database, seat, limits);
  const eventId = await house.addEvent({ prices: PRICES });
  return { database, house, seat, seats, eventId };
}

const used = async (database: TestDatabase, scope: string) => {
  const [row] = await database.owner<{ used: bigint }>(
    "select coalesce(sum(used_minor), 0)::bigint as used from exposure_slots where scope = $1",
    [scope],
  );
  return row?.used ?? 0n;
};

const codeOf = (placing: Promise<unknown>) =>
  placing.then(
    () => "placed",
    (error: { readonly code?: string; readonly facts?: object }) => error.code ?? "failed",
  );

test("random placements at once never take more than the limit by a minor unit, and fill it to the last that fits", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, seats } = await openTable(scope, {});
  const stakes = fc.array(fc.bigInt(1n, 400n), { minLength: 10, maxLength: 60 });

  await fc.assert(
    fc.asyncProperty(stakes, fc.bigInt(0n, 4000n), async (all, limitMinor) => {
      await limit(database, seat, { event: limitMinor });
      const eventId = await house.addEvent({ prices: PRICES });

      const answers = await Promise.all(
        all.map(async (stakeMinor, index) => ({
          stakeMinor,
          code: await codeOf(
            house.place(seats[index % seats.length] ?? seat, {
              eventId,
              outcome: ["home", "draw", "away"][index % 3] ?? "home",
              stakeMinor,
              price: EVEN,
            }),
          ),
        })),
      );

      // At even money the house can lose what was staked.
      const taken = answers
        .filter(({ code }) => code === "placed")
        .reduce((sum, { stakeMinor }) => sum + stakeMinor, 0n);
      const refused = answers.filter(({ code }) => code !== "placed");
      expect(refused.map(({ code }) => code)).toEqual(refused.map(() => "above_max_bet_amount"));
      expect(taken).toBeLessThanOrEqual(limitMinor);
      // Nobody was sent away for whom there is room now that all is quiet: nothing is given back meanwhile.
      const room = limitMinor - taken;
      expect(refused.every(({ stakeMinor }) => stakeMinor > room)).toBe(true);
      if (room > 0n) {
        const rest = { eventId, outcome: "home", stakeMinor: room, price: EVEN };
        expect(await codeOf(house.place(seat, rest))).toBe("placed");
      }
      const more = { eventId, outcome: "home", stakeMinor: 1n, price: EVEN };
      expect(await codeOf(house.place(seat, more))).toBe("above_max_bet_amount");
    }),
    { numRuns: 15 },
  );
  expect(await audit(database)).toEqual([]);
});

test("a refusal says what may be staked at most, and that very stake is taken", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openTable(scope, { event: 1000n, outcome: 700n });
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 650n, price: EVEN });
  const asked = { eventId, outcome: "home", stakeMinor: 200n, price: EVEN };

  const refused = await house.place(seat, asked).catch((error: unknown) => error);
  const fitting = await codeOf(house.place(seat, { ...asked, stakeMinor: 50n }));
  const other = await house
    .place(seat, { ...asked, outcome: "away", stakeMinor: 301n })
    .catch((error: unknown) => error);

  expect(refused).toMatchObject({
    code: "above_max_bet_amount",
    facts: { minMinor: 1n, maxMinor: 50n, bound: "outcome_exposure" },
  });
  expect(fitting).toBe("placed");
  expect(other).toMatchObject({ facts: { maxMinor: 300n, bound: "event_exposure" } });
});

test("what is left is found however it is spread over the rows", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, eventId } = await openTable(scope, { event: 800n });
  const bet = { eventId, outcome: "home", price: EVEN };
  // A hundred of each row's share is taken; the bet that comes then is larger than any row has left.
  for (let count = 0; count < 7; count++) await house.place(seat, { ...bet, stakeMinor: 60n });

  await house.place(seat, { ...bet, stakeMinor: 380n });

  expect(await used(database, "event")).toBe(800n);
  expect(await codeOf(house.place(seat, { ...bet, stakeMinor: 1n }))).toBe("above_max_bet_amount");
});

test("a limit that is lowered or raised is shared anew by the next bet; what is above a lower one stays, and no more is taken", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, eventId } = await openTable(scope, { event: 1000n });
  const bet = { eventId, outcome: "home", price: EVEN };
  await house.place(seat, { ...bet, stakeMinor: 600n });

  await limit(database, seat, { event: 500n });
  const above = await codeOf(house.place(seat, { ...bet, stakeMinor: 1n }));
  await limit(database, seat, { event: 5000n });
  const raised = await codeOf(house.place(seat, { ...bet, stakeMinor: 4400n }));
  const full = await codeOf(house.place(seat, { ...bet, stakeMinor: 1n }));

  expect([above, raised, full]).toEqual(["above_max_bet_amount", "placed", "above_max_bet_amount"]);
  expect(await used(database, "event")).toBe(5000n);
});

test("what a settled bet has taken is given back, on the events of an accumulator that are still to come too", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, eventId } = await openTable(scope, { event: 1000n });
  const next = await house.addEvent({ prices: PRICES });
  const request = requestOf(seat, { eventId, outcome: "home", stakeMinor: 300n, price: EVEN });
  const legs = [eventId, next].flatMap(
    (id) => requestOf(seat, { eventId: id, outcome: "home", stakeMinor: 300n, price: EVEN }).legs,
  );
  // 300 × 2 × 2 less the stake: 900, on each of both events and both outcomes.
  await placeBet({ ...request, legs }, house.deps);
  const bet = { eventId: next, outcome: "away", stakeMinor: 500n, price: EVEN };
  const before = [await used(database, "event"), await codeOf(house.place(seat, bet))];
  await house.recordResult(eventId, { score: [0, 1] });

  await openStepper(database).drain();

  expect(before).toEqual([1800n, "above_max_bet_amount"]);
  expect(await used(database, "event")).toBe(0n);
  expect(await codeOf(house.place(seat, bet))).toBe("placed");
  expect(await audit(database)).toEqual([]);
});

test("accumulators over the same events in whatever order, at once, meet no deadlock", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seats } = await openTable(scope, { event: 2000n, outcome: 1200n });
  const events: string[] = [];
  for (let count = 0; count < 5; count++) events.push(await house.addEvent({ prices: PRICES }));
  const deadlocks = async () =>
    (
      await database.owner<{ deadlocks: bigint }>(
        "select deadlocks from pg_stat_database where datname = current_database()",
      )
    )[0]?.deadlocks;

  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const seat = seats[index % seats.length];
      if (seat === undefined) throw new RangeError("no seat");
      const ids = events.filter((_event, at) => (index >> at) % 2 === 1 || at === index % 5);
      const order = index % 2 === 0 ? ids : ids.toReversed();
      const stakeMinor = BigInt(1 + (index % 7));
      const legs = order.flatMap(
        (eventId) =>
          requestOf(seat, {
            eventId,
            outcome: ["home", "draw", "away"][index % 3] ?? "home",
            stakeMinor,
            price: EVEN,
          }).legs,
      );
      const request = requestOf(seat, { eventId: events[0] ?? "", outcome: "home", stakeMinor });
      return codeOf(placeBet({ ...request, legs }, house.deps));
    }),
  );

  const counts = Object.groupBy(answers, (code) => code);
  expect(Object.keys(counts).sort()).toEqual(["above_max_bet_amount", "placed"]);
  expect(await deadlocks()).toBe(0n);
  expect(await audit(database)).toEqual([]);
});

/** What a build without the escrow would do: read what is taken, and write if there is room. */
async function takeNaively(house: BettingHouse, seat: Seat, amountMinor: bigint): Promise<boolean> {
  await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  const { connection } = lease;
  const [row] = await connection.query<{ used: bigint }>(
    "select sum(amount)::bigint as used from naive_exposure",
  );
  if ((row?.used ?? 0n) + amountMinor > 1000n) return false;
  await connection.execute("insert into naive_exposure (amount) values ($1)", [amountMinor]);
  await lease.commit();
  return true;
}

test("a build that reads and then writes, without a lock, takes more than the limit: the control of the tests above", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat } = await openTable(scope, {});
  await database.owner("create table naive_exposure (amount bigint not null)");
  await database.owner("grant select, insert on naive_exposure to linehold_web");

  let taken = 0n;
  for (let round = 0; round < 20 && taken <= 1000n; round++) {
    await database.owner("truncate naive_exposure");
    const answers = await Promise.all(Array.from({ length: 16 }, () => takeNaively(house, seat, 100n)));
    taken = 100n * BigInt(answers.filter(Boolean).length);
  }

  expect(taken).toBeGreaterThan(1000n);
});
