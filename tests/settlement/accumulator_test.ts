import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { placeBet } from "../../src/bets/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { type BettingHouse, openHouse, requestOf, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

const HOME = [1, 0] as const;
const AWAY = [0, 1] as const;

async function openDouble(scope: AsyncDisposableStack, { stakeMinor = 1000n, legs = 2 } = {}) {
  const database = scope.use(await openDatabase());
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const events = [];
  for (let count = 0; count < legs; count++) events.push(await house.addEvent());
  const bet = await house.combine(seat, {
    stakeMinor,
    legs: events.map((eventId) => [eventId, "home"] as const),
  });
  return { database, house, seat, events, bet, stepper: openStepper(database) };
}

const stateOf = async (database: TestDatabase) =>
  (await database.owner<{ state: string }>("select state from bets"))[0]?.state;

test("an accumulator is not paid on its first result, but when its last leg is won, the prices multiplied", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, events, stepper } = await openDouble(scope);
  await house.recordResult(events[0] ?? "", { score: HOME });

  await stepper.drain();
  const between = [await stateOf(database), await house.balance(seat)];
  await house.recordResult(events[1] ?? "", { score: HOME });
  await stepper.drain();

  expect(between).toEqual(["open", { currency: "EUR", cashMinor: 9000n, heldMinor: 1000n }]);
  // 1000 × 9/4 × 9/4 = 5062.5, rounded once.
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 14_063n, heldMinor: 0n });
  expect(await stateOf(database)).toBe("settled");
  expect(stepper.failures).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

test("an accumulator is decided by its first lost leg, and later results change nothing", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, seat, events, stepper } = await openDouble(scope, { legs: 3 });
  await house.recordResult(events[1] ?? "", { score: AWAY });

  await stepper.drain();
  const decided = [await stateOf(database), await house.balance(seat)];
  for (const eventId of [events[0], events[2]]) await house.recordResult(eventId ?? "", { score: HOME });
  await stepper.drain();

  expect(decided).toEqual(["settled", { currency: "EUR", cashMinor: 9000n, heldMinor: 0n }]);
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 9000n, heldMinor: 0n });
  // The other legs are graded all the same: should the lost one turn out otherwise, nothing need be looked for.
  expect(await database.owner("select leg_number, reason from leg_grades order by leg_number")).toEqual([
    { leg_number: 1, reason: "won" },
    { leg_number: 2, reason: "lost" },
    { leg_number: 3, reason: "won" },
  ]);
  expect(await database.owner("select leg_versions from settlements")).toEqual([
    { leg_versions: [null, 1, null] },
  ]);
  expect(await database.owner("select 1 from settlement_jobs")).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

test("a void leg counts as if it had not been in the accumulator", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, database, seat, events, stepper } = await openDouble(scope);
  await house.recordResult(events[0] ?? "", {});
  await stepper.drain();
  await house.recordResult(events[1] ?? "", { score: HOME });

  await stepper.drain();

  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 11_250n, heldMinor: 0n });
  expect(await audit(database)).toEqual([]);
});

test("an accumulator whose legs are all void returns its stake", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, database, seat, events, stepper } = await openDouble(scope);
  for (const eventId of events) await house.recordResult(eventId, {});

  await stepper.drain();

  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 10_000n, heldMinor: 0n });
  expect(await audit(database)).toEqual([]);
});

test("many settlers whose results come at once pay each accumulator once", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, database, seat, events } = await openDouble(scope, { legs: 6, stakeMinor: 100n });
  const legs = events.map((eventId) => [eventId, "home"] as const);
  for (let count = 1; count < 20; count++) await house.combine(seat, { stakeMinor: 100n, legs });
  for (const eventId of events) await house.recordResult(eventId, { score: HOME });
  const steppers = Array.from({ length: 6 }, () =>
    openStepper(database, {
      // Few at a time, so that they meet at every bet.
      limits: { pauseMs: 0, batchMax: 2 },
      pool: database.pool("linehold_settlement", { max: 1, overdueMs: 10_000 }),
    }),
  );

  let worked = true;
  while (worked)
    worked = (await Promise.all(steppers.map(({ step }) => step()))).some((report) => report.worked);

  // 100 × (9/4)^6 = 12974.6…
  const cashMinor = 10_000n + 20n * (12_975n - 100n);
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor, heldMinor: 0n });
  expect(steppers.flatMap(({ failures }) => failures)).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

test("a settler that pays on the first result is refused by the database itself", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, bet, events } = await openDouble(scope);

  // As the release before this one would write it.
  const settling = database.owner(
    `insert into settlements (
       tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves, dead_heat_numerator,
       dead_heat_denominator, deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator,
       return_minor, settled_at
     )
     select tenant_id, bet_id, 1, $2, 1, 1, 0, 1, 1, 0, 1, 'won', 2250, 1, 2250, placed_at
     from bets
     where bet_id = $1`,
    [bet.betId, events[0]],
  );

  expect(await settling.catch((error: unknown) => error)).toMatchObject({ constraint: "legs_decided" });
});

test("whatever the legs come to, and in whichever order, the return is the product of their factors, rounded once", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const stepper = openStepper(database);
  const outcome = fc.constantFrom("won", "lost", "void");
  // Five legs of them stay below what a bet may pay.
  const price = fc.record({ n: fc.bigInt(101n, 399n), d: fc.constant(100n) });
  const leg = fc.record({ outcome, price });
  const legs = fc.array(leg, { minLength: 2, maxLength: 4 });

  await fc.assert(
    fc.asyncProperty(
      legs,
      fc.bigInt(1n, 500n),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (all, stake, order) => {
        const { seat, results } = await openRandom({ house, legs: all, stake });
        for (const index of sequence(all.length, order)) {
          await results[index]?.();
          await stepper.drain();
        }

        const lost = all.some((one) => one.outcome === "lost");
        const [numerator, denominator] = all.reduce(
          ([n, d], one) => (one.outcome === "won" ? [n * one.price.n, d * one.price.d] : [n, d]),
          [stake, 1n],
        );
        const returned = lost ? 0n : (2n * numerator + denominator) / (2n * denominator);
        expect(await house.balance(seat)).toMatchObject({
          cashMinor: 10_000n - stake + returned,
          heldMinor: 0n,
        });
      },
    ),
    { numRuns: 6 },
  );
  expect(await audit(database)).toEqual([]);
});

async function openRandom({
  house,
  legs,
  stake,
}: {
  house: BettingHouse;
  legs: readonly { readonly outcome: string; readonly price: { readonly n: bigint; readonly d: bigint } }[];
  stake: bigint;
}) {
  const seat: Seat = await house.addPlayer({ depositMinor: 10_000n });
  const events: string[] = [];
  const requested = [];
  for (const { price } of legs) {
    const home = fraction(price.n, price.d);
    const eventId = await house.addEvent({ prices: { home, draw: fraction(3n), away: fraction(3n) } });
    events.push(eventId);
    requested.push(...requestOf(seat, { eventId, outcome: "home", stakeMinor: stake, price: home }).legs);
  }
  const request = requestOf(seat, { eventId: events[0] ?? "", outcome: "home", stakeMinor: stake });
  await placeBet({ ...request, legs: requested }, house.deps);
  const results = legs.map(({ outcome }, index) => () => {
    const score = outcome === "won" ? HOME : AWAY;
    return house.recordResult(events[index] ?? "", outcome === "void" ? {} : { score });
  });
  return { seat, results };
}

/** The numbers below a count, each once, in an order that chance has given. */
function sequence(count: number, chances: readonly number[]): number[] {
  const rest = Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: count }, (_, turn) =>
    rest.splice((chances[turn] ?? 0) % rest.length, 1),
  ).flat();
}
