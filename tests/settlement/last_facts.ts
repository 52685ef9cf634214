import { expect } from "bun:test";
import fc from "fast-check";
import { cancelledClaim, type FactRow, keyOfFact, retraction } from "../../src/results/mod.ts";
import type { Seat } from "../bets/betting_house.ts";
import type { Stepper } from "./stepping.ts";
import { CANCELLATION, EVENS, ended, live, status, type ToldHouse } from "./telling.ts";

const MINUTE_MS = 60_000;
const TRUE_AT = new Date("2025-09-20T16:00:00Z");
/** Bets are placed at these minutes. */
const MINUTES = [0, 1, 2] as const;

/** Something is said of one of the two events, perhaps twice, or somebody settles a little. */
export type Act =
  | { readonly verb: "say"; readonly event: 0 | 1; readonly facts: readonly FactRow[]; readonly times: 1 | 2 }
  | { readonly verb: "step"; readonly worker: 0 | 1; readonly awaited: boolean };

const event = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0 as const) },
  { weight: 1, arbitrary: fc.constant(1 as const) },
);
const times = fc.constantFrom(1 as const, 1 as const, 2 as const);
const goals = fc.nat({ max: 3 });
const scores = fc.tuple(goals, goals);
const stepOf = (awaited: boolean): fc.Arbitrary<Act> =>
  fc.record({
    verb: fc.constant("step"),
    worker: fc.constantFrom(0 as const, 1 as const),
    awaited: fc.constant(awaited),
  });
/** Some of the bets concerned are graded anew before more is said, and seldom all. */
const steps = fc.array(stepOf(true), { minLength: 1, maxLength: 4 });
const cancellationIds = fc.constantFrom("cancelled-1", "cancelled-2");

const count: fc.Arbitrary<readonly FactRow[]> = fc.oneof(
  { weight: 1, arbitrary: scores.map(([home, away]) => live(home, away)) },
  { weight: 2, arbitrary: scores.map(([home, away]) => ended(home, away)) },
);

/** A window with bets inside and, unless it is of all times, outside of it. */
function windowOf(start: number, cancellationId: string): fc.Arbitrary<readonly FactRow[]> {
  const at = (minute: number) => new Date(start + minute * MINUTE_MS);
  const minutes = fc.constantFrom([0, 1], [1, 2], [2, 3], [0, 2], [1, 3], undefined);
  return fc.tuple(minutes, fc.boolean()).map(([window, allMarkets]) => {
    const [from, before] = window ?? [];
    const { marketType, ...cancellation } = CANCELLATION;
    return [
      cancelledClaim(
        {
          ...{ ...cancellation, cancellationId },
          ...(!allMarkets && { marketType }),
          ...(from !== undefined && { placedFrom: at(from) }),
          ...(before !== undefined && { placedBefore: at(before) }),
        },
        TRUE_AT,
      ),
    ];
  });
}

function rollback(cancellationId: string): FactRow {
  const name = { fact: "cancelled", statistic: null, period: null, side: null } as const;
  return retraction({ ...name, subject: cancellationId }, TRUE_AT);
}

/** A result, then a window that takes effect and does not hold: what few sequences by chance would hold in this order. */
function rolledBack(start: number): fc.Arbitrary<readonly Act[]> {
  return fc
    .record({
      event,
      count,
      before: steps,
      cancellationId: cancellationIds,
      during: steps,
      after: steps,
      times,
    })
    .chain(({ event, count, before, cancellationId, during, after, times }) =>
      windowOf(start, cancellationId).map((window): Act[] => [
        { verb: "say", event, facts: count, times },
        ...before,
        { verb: "say", event, facts: window, times },
        ...during,
        { verb: "say", event, facts: [rollback(cancellationId)], times },
        ...after,
      ]),
    );
}

function anything(start: number): fc.Arbitrary<readonly FactRow[]> {
  return fc.oneof(
    { weight: 6, arbitrary: count },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom("void", "abandoned", "cancelled", "unknown", "live", "ended")
        .map((name) => status(name as "void")),
    },
    {
      weight: 1,
      arbitrary: scores.map(([home, away]) =>
        ended(home, away)
          .slice(1)
          .map((row) => retraction(row, row.trueAt)),
      ),
    },
    { weight: 2, arbitrary: cancellationIds.chain((id) => windowOf(start, id)) },
    { weight: 2, arbitrary: cancellationIds.map((id) => [rollback(id)]) },
  );
}

/** Windows that are rolled back, and whatever else there is to be said or done before, between and after. */
export function actsFrom(start: number): fc.Arbitrary<readonly Act[]> {
  const one: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ verb: fc.constant("say" as const), event, facts: anything(start), times }),
    },
    { weight: 1, arbitrary: stepOf(false) },
  );
  const placed = fc.record({ act: one, before: fc.nat({ max: 16 }) });
  return fc
    .tuple(rolledBack(start), fc.array(placed, { maxLength: 8 }))
    .map(([story, others]) => [
      ...story.flatMap((act, index) => [
        ...others.filter(({ before }) => before === index).map(({ act }) => act),
        act,
      ]),
      ...others.filter(({ before }) => before >= story.length).map(({ act }) => act),
    ]);
}

/** What is claimed at last, each name once. */
export function lastOf(acts: readonly Act[], event: 0 | 1): FactRow[] {
  const rows = acts.flatMap((act) => (act.verb === "say" && act.event === event ? act.facts : []));
  const last = new Map(rows.map((row) => [keyOfFact(row), row]));
  return [...last.values()].filter(({ retracted }) => !retracted);
}

interface Stand {
  readonly seat: Seat;
  readonly events: readonly [string, string];
}

/** The same bets each time: singles of odd stakes at three moments, and two of them combined. */
async function stand(house: ToldHouse, start: number): Promise<Stand> {
  const seat = await house.addPlayer({ depositMinor: 100_000n });
  const events = [await house.addEvent(), await house.addEvent()] as const;
  for (const eventId of events) await house.addTotals(eventId);
  for (const minute of MINUTES) {
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

export interface LastFactsOptions {
  /** When the first bets are placed, in epoch milliseconds. */
  readonly start: number;
  /** Who settles while things are said. */
  readonly workers: readonly [Stepper, Stepper];
  /** Who settles what is left. */
  readonly last: Stepper;
}

/**
 * Plays acts over one stand and tells another the last facts alone, once; both must come to the same bets and the same money.
 *
 * @throws {Error} As `expect` does, if they have not.
 */
export async function playLastFacts(
  house: ToldHouse,
  acts: readonly Act[],
  { start, workers, last }: LastFactsOptions,
): Promise<void> {
  const told = await stand(house, start);
  const twin = await stand(house, start);
  const working: Promise<unknown>[] = [];
  for (const act of acts) {
    if (act.verb === "say") {
      for (let times = 0; times < act.times; times++) await house.say(told.events[act.event], act.facts);
      continue;
    }
    // Where nobody waits, what is said next may come while it works.
    const step = workers[act.worker].step();
    if (act.awaited) await step;
    else working.push(step);
  }
  await Promise.all(working);
  await last.drain();
  for (const event of [0, 1] as const) await house.say(twin.events[event], lastOf(acts, event));
  await last.drain();

  expect(await standing(house, told)).toEqual(await standing(house, twin));
}
