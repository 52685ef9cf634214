import type { Fraction } from "../markets/mod.ts";
import type { FactName, FactRow } from "./fact_rows.ts";
import type { Cancellation, FactPeriod, FactStatus, Side, Statistic } from "./facts/facts.ts";

const NO_NAME = { statistic: null, period: null, side: null, subject: "" } as const;
const WHOLE = { value: null, detail: null, final: true, retracted: false } as const;

/** How an event stands. */
export function statusClaim(status: FactStatus, trueAt: Date): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "status", detail: { status }, trueAt };
}

export interface StartClaim {
  readonly planned?: Date;
  readonly actual?: Date;
  /** Of the venue's local time, to the east. */
  readonly utcOffsetMinutes?: number;
}

/** When it was to begin, and when it began or is now to begin: all of it in one claim. */
export function startClaim({ planned, actual, utcOffsetMinutes }: StartClaim, trueAt: Date): FactRow {
  const detail = {
    ...(planned === undefined ? {} : { planned: planned.toISOString() }),
    ...(actual === undefined ? {} : { actual: actual.toISOString() }),
    ...(utcOffsetMinutes === undefined ? {} : { utcOffsetMinutes }),
  };
  return { ...NO_NAME, ...WHOLE, fact: "start", detail, trueAt };
}

export interface CountClaim {
  readonly statistic: Statistic;
  readonly period: FactPeriod;
  readonly side: Side;
  readonly value: number;
  readonly final: boolean;
}

/** One side's count of one statistic in one stretch of play. */
export function countClaim(count: CountClaim, trueAt: Date): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "count", ...count, trueAt };
}

/** The same statistic and stretch for both sides. */
export function countClaims(
  {
    home,
    away,
    ...count
  }: Omit<CountClaim, "side" | "value"> & { readonly home: number; readonly away: number },
  trueAt: Date,
): FactRow[] {
  return [
    countClaim({ ...count, side: "home", value: home }, trueAt),
    countClaim({ ...count, side: "away", value: away }, trueAt),
  ];
}

/** Who won a stretch of play where counts alone do not tell. */
export function winnerClaim(
  { period, winner }: { readonly period: FactPeriod; readonly winner: Side | "draw" },
  trueAt: Date,
): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "winner", period, detail: { winner }, trueAt };
}

export interface GoalClaim {
  readonly side: Side;
  readonly period: FactPeriod;
  readonly player?: string;
  readonly ownGoal?: boolean;
}

/** The goals in their order: a beginning of them all while not final. */
export function goalClaims(
  { goals, final }: { readonly goals: readonly GoalClaim[]; readonly final: boolean },
  trueAt: Date,
): FactRow[] {
  return [
    { ...NO_NAME, ...WHOLE, fact: "goal", subject: ALL_GOALS, value: goals.length, final, trueAt },
    ...goals.map((goal, index): FactRow => goalClaim(goal, { number: index + 1, final, trueAt })),
  ];
}

/** One goal, by its number from 1; not final while goals can still be taken back. */
export function goalClaim(
  { side, period, player, ownGoal }: GoalClaim,
  { number, final, trueAt }: { readonly number: number; readonly final: boolean; readonly trueAt: Date },
): FactRow {
  const detail = {
    side,
    period,
    ...(player === undefined ? {} : { player }),
    ...(ownGoal === true ? { ownGoal } : {}),
  };
  return { ...NO_NAME, ...WHOLE, fact: "goal", subject: `${number}`, detail, final, trueAt };
}

/** The subject of the claim that says how many goals there are: without it their list is the beginning of one. */
export const ALL_GOALS = "all";

/** Someone of a side's squad; `enteredAfterGoals` as in `PlayerFact`. */
export function playerClaim(
  {
    name,
    side,
    enteredAfterGoals,
  }: { readonly name: string; readonly side: Side; readonly enteredAfterGoals: number | null },
  trueAt: Date,
): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "player", side, subject: name, detail: { enteredAfterGoals }, trueAt };
}

/** Who gave up, or was disqualified. */
export function retiredClaim(side: Side, trueAt: Date): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "retired", detail: { side }, trueAt };
}

/** How far a bout went: whole rounds, and seconds of the one that was not finished. */
export function boutClaim(
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  trueAt: Date,
): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "bout", detail: { rounds, seconds }, trueAt };
}

/** Who started pitching for a side. */
export function pitcherClaim(
  { side, name }: { readonly side: Side; readonly name: string },
  trueAt: Date,
): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "pitcher", side, detail: { name }, trueAt };
}

/** How much of an event that ended early was played. */
export function playedClaim(amount: number, trueAt: Date): FactRow {
  return { ...NO_NAME, ...WHOLE, fact: "played", detail: { amount }, trueAt };
}

/** A runner that was withdrawn, with its price at that moment. */
export function withdrawnClaim(
  { runner, price }: { readonly runner: string; readonly price: Fraction },
  trueAt: Date,
): FactRow {
  const detail = { numerator: `${price.numerator}`, denominator: `${price.denominator}` };
  return { ...NO_NAME, ...WHOLE, fact: "withdrawn", subject: runner, detail, trueAt };
}

/** Bets that do not count, by when they were placed and on what. Its rollback is the retraction of its name. */
export function cancelledClaim(
  { cancellationId, placedFrom, placedBefore, from: _, ...rest }: Cancellation,
  trueAt: Date,
): FactRow {
  const detail = {
    ...rest,
    ...(placedFrom === undefined ? {} : { placedFrom: placedFrom.toISOString() }),
    ...(placedBefore === undefined ? {} : { placedBefore: placedBefore.toISOString() }),
  };
  return { ...NO_NAME, ...WHOLE, fact: "cancelled", subject: cancellationId, detail, trueAt };
}

/** What was claimed under this name is claimed no longer. */
export function retraction({ fact, statistic, period, side, subject }: FactName, trueAt: Date): FactRow {
  return {
    ...{ fact, statistic, period, side, subject },
    value: null,
    detail: null,
    final: true,
    retracted: true,
    trueAt,
  };
}
