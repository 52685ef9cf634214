import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { type FactRow, keyOfFact, retraction } from "../../src/results/mod.ts";
import type { Seat } from "../bets/betting_house.ts";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";
import { cancel, EVENS, ended, live, openToldHouse, status, type ToldHouse, uncancel } from "./telling.ts";

setDefaultTimeout(120_000);

const MINUTE_MS = 60_000;

/** Something is said of one of the two events, or somebody settles a little. */
type Act =
  | { readonly verb: "say"; readonly event: 0 | 1; readonly facts: readonly FactRow[] }
  | { readonly verb: "step"; readonly worker: 0 | 1 };

const goals = fc.nat({ max: 3 });
const facts = (placedAt: (minute: number) => Date): fc.Arbitrary<readonly FactRow[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(goals, goals).map(([home, away]) => live(home, away)) },
    { weight: 4, arbitrary: fc.tuple(goals, goals).map(([home, away]) => ended(home, away)) },
    fc
      .constantFrom("void", "abandoned", "cancelled", "unknown", "live", "ended")
      .map((name) => status(name as "void")),
    fc.tuple(goals, goals).map(([home, away]) =>
      ended(home, away)
        .slice(1)
        .map((row) => retraction(row, row.trueAt)),
    ),
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }))
        .map(([from, length]) =>
          cancel({ placedFrom: placedAt(from), placedBefore: placedAt(from + length + 1) }),
        ),
    },
    { weight: 3, arbitrary: fc.constant(uncancel()) },
  );

interface Stand {
  readonly seat: Seat;
  readonly events: readonly [string, string];
}

/** The same bets each time: singles of odd stakes at three moments, and two of them combined. */
async function stand(house: ToldHouse, start: number): Promise<Stand> {
  const seat = await house.addPlayer({ depositMinor: 100_000n });
  const events = [await house.addEvent(), await house.addEvent()] as const;
  for (const eventId of events) await house.addTotals(eventId);
  for (const minute of [0, 1, 2]) {
    house.at(new Date(start + minute * MINUTE_MS));
    const [first, second] = events;
    const stakeMinor = 101n + BigInt(minute);
    for (const outcome of ["home", "draw"]) await house.place(seat, { eventId: first, outcome, stakeMinor });
    await house.total(seat, { eventId: first, over: 0.5, stakeMinor });
    for (const outcome of ["over", "under"])
      await house.place(seat, {
        ...{ eventId: first, outcome, stakeMinor, price: EVENS },
        leg: { marketType: "asian_total", lineQuarters: 9 },
      });
    await house.combine(seat, {
      stakeMinor,
      legs: [
        [first, "home"],
        [second, minute === 1 ? "away" : "home"],
      ],
    });
  }
  return { seat, events };
}

/** What each bet has come to, in the order in which they were placed, and the money. */
async function standing(house: ToldHouse, { seat }: Stand) {
  const bets = await house.database.owner(
    `select state, return_minor
     from bets
     left join settlements on settlements.tenant_id = bets.tenant_id and settlements.bet_id = bets.bet_id
       and settlements.settlement_version = bets.settlement_version
     where bets.tenant_id = $1
     order by placed_at, bets.bet_id`,
    [seat.tenantId],
  );
  return { bets, balance: await house.balance(seat) };
}

/** What is claimed at last, each name once. */
function lastOf(acts: readonly Act[], event: 0 | 1): FactRow[] {
  const rows = acts.flatMap((act) => (act.verb === "say" && act.event === event ? act.facts : []));
  const last = new Map(rows.map((row) => [keyOfFact(row), row]));
  return [...last.values()].filter(({ retracted }) => !retracted);
}

test("whatever was said in whichever order, and settled in between, the last facts alone decide every bet and every balance", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const start = house.deps.clock.epochMs();
  const workers = [0, 1].map(() =>
    openStepper(house.database, { limits: { batchMax: 2, batchesMax: 2, pauseMs: 0 } }),
  );
  const said = facts((minute) => new Date(start + minute * MINUTE_MS));
  const act: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        verb: fc.constant("say" as const),
        event: fc.constantFrom(0 as const, 1 as const),
        facts: said,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        verb: fc.constant("step" as const),
        worker: fc.constantFrom(0 as const, 1 as const),
      }),
    },
  );

  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const told = await stand(house, start);
      const twin = await stand(house, start);
      const steps: Promise<unknown>[] = [];
      for (const one of acts) {
        if (one.verb === "say") await house.say(told.events[one.event], one.facts);
        // Not awaited: what is said next may come while it works.
        else steps.push(workers[one.worker]?.step() ?? Promise.resolve());
      }
      await Promise.all(steps);
      await house.stepper.drain();
      for (const event of [0, 1] as const) await house.say(twin.events[event], lastOf(acts, event));
      await house.stepper.drain();

      expect(await standing(house, told)).toEqual(await standing(house, twin));
    }),
    { numRuns: Number(Bun.env["LAST_FACTS_RUNS"] ?? 5) },
  );

  expect(house.stepper.failures).toEqual([]);
  expect(await audit(house.database)).toEqual([]);
});
