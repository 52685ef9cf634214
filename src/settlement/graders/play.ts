import {
  type Bounds,
  type Counts,
  countsOf,
  differenceOf,
  type FactPeriod,
  type Facts,
  isFactPeriod,
  type Quantity,
  type Side,
  type Statistic,
  scaled,
  sumOf,
} from "../../results/mod.ts";
import type { HouseRules } from "../rules/mod.ts";
import { type Graded, undecided } from "./graded.ts";
import type { Leg } from "./leg.ts";

/** Both sides' counts of one statistic in one stretch of play. */
export interface Pair {
  readonly home: Quantity;
  readonly away: Quantity;
  readonly sum: Quantity;
  /** Home's less away's. */
  readonly margin: Quantity;
}

/** What a grader sees: facts, read once, and the rules. */
export interface Play {
  readonly facts: Facts;
  readonly rules: HouseRules;
  readonly counts: Counts;
}

/** Everything a grader decides by. */
export interface GradedBy extends Play {
  readonly leg: Leg;
  /** The leg's, in quarters; of types that have none it is 0, and no grader of theirs asks. */
  readonly line: number;
  /** The market's own stretch of play. */
  readonly period: FactPeriod;
}

/** One family's rule: which outcome of its markets these facts make of a selection. Pure. */
export type Grader = (by: GradedBy) => Graded;

/** Reads facts for graders. `closed`: what was still running counts as it stands. */
export function playOf(facts: Facts, rules: HouseRules, { closed }: { readonly closed: boolean }): Play {
  return { facts, rules, counts: countsOf(facts, { closed }) };
}

/** The counts of a statistic, over the market's own stretch of play unless another is named. */
export function pairOf(by: GradedBy, statistic: Statistic = "score", period: FactPeriod = by.period): Pair {
  const home = by.counts.bounds(statistic, period, "home");
  const away = by.counts.bounds(statistic, period, "away");
  return pairOfBounds(home, away, `${statistic} ${period}`);
}

/** Cards in the points that the rules give them, or `undefined` if they give none. */
export function cardsOf(by: GradedBy): Pair | undefined {
  const points = by.rules.cardPoints;
  if (points === undefined) return undefined;
  const cards = (side: Side) =>
    sumOf(
      scaled(by.counts.bounds("yellow_cards", by.period, side), points.yellow),
      scaled(by.counts.bounds("red_cards", by.period, side), points.red),
    );
  return pairOfBounds(cards("home"), cards("away"), `yellow_cards and red_cards ${by.period}`);
}

function pairOfBounds(home: Bounds, away: Bounds, what: string): Pair {
  return {
    home: { ...home, of: `${what} home` },
    away: { ...away, of: `${what} away` },
    sum: { ...sumOf(home, away), of: what },
    margin: { ...differenceOf(home, away), of: what },
  };
}

/** The stretch of play that counts for a market, or `undefined` if none is known by its name. */
export function periodOf(leg: Leg, rules: HouseRules): FactPeriod | undefined {
  if (!isFactPeriod(leg.period)) return undefined;
  const overtime = rules.overtime?.of.get(leg.sport) ?? rules.overtime?.default;
  return leg.period === "match" && overtime === "excluded" ? "regulation" : leg.period;
}

export function ruleMissing(what: string): Graded {
  return undecided("rule_missing", what);
}
