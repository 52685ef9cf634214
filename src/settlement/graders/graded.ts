import { type Fraction, HALF, ONE, ZERO } from "../../markets/mod.ts";
import { isMissing, type Truth } from "../../results/mod.ts";

/** Every reason of a grade, as stored with a settlement. */
export const GRADE_REASONS = [
  "won",
  "lost",
  /** A quarter line, half of it hit: the other half won, or lost. */
  "half_won",
  "half_lost",
  /** The line hit exactly, or level where the market has no draw: the stake back. */
  "push",
  /** Won, with others, for fewer places than there are winners. */
  "dead_heat",
  "result_void",
  "cancelled",
  "postponed",
  "abandoned",
  "walkover",
  "retired",
  "disqualified",
  "not_enough_play",
  "pitcher_changed",
  "did_not_take_part",
] as const;
export type GradeReason = (typeof GRADE_REASONS)[number];

/** The normal form of a graded outcome (Sportradar's settlement fields, and a winnings deduction beside them). */
export interface Grade {
  /** r: 1 won, 0 lost. */
  readonly result: 0 | 1;
  /** v: the part of the stake that is returned as if no bet was made; 0, one half or 1. */
  readonly voided: Fraction;
  /** h: the part that is paid when places are shared; 1 where they are not. */
  readonly deadHeat: Fraction;
  /** d: the part of the winnings that is kept for a withdrawn runner; 0 where there is none. */
  readonly deduction: Fraction;
  readonly reason: GradeReason;
}

/** Why nothing can be said of an outcome yet, or ever. */
export type UndecidedWhy =
  /** Play, or time, must go on first. */
  | "not_yet"
  /** `what` is not known. */
  | "fact_missing"
  /** Two facts about `what` exclude each other. */
  | "facts_contradict"
  /** The house's rules say nothing about `what`. */
  | "rule_missing"
  /** No grader knows such a selection. */
  | "no_grader";

/** A grade, or why there is none and what would have to be known. */
export type Graded =
  | { readonly decided: true; readonly grade: Grade }
  | { readonly decided: false; readonly why: UndecidedWhy; readonly what: string };

const PLAIN = { voided: ZERO, deadHeat: ONE, deduction: ZERO } as const;

function decided(grade: Grade): Graded {
  return { decided: true, grade };
}

export const WON: Graded = decided({ ...PLAIN, result: 1, reason: "won" });
export const LOST: Graded = decided({ ...PLAIN, result: 0, reason: "lost" });
export const HALF_WON: Graded = decided({ ...PLAIN, result: 1, voided: HALF, reason: "half_won" });
export const HALF_LOST: Graded = decided({ ...PLAIN, result: 0, voided: HALF, reason: "half_lost" });
export const PUSH: Graded = voidedBy("push");

/** The stake back. */
export function voidedBy(reason: GradeReason): Graded {
  return decided({ ...PLAIN, result: 0, voided: ONE, reason });
}

export function undecided(why: UndecidedWhy, what: string): Graded {
  return { decided: false, why, what };
}

/** Won, lost, or undecided by what is missing. */
export function wonIf(truth: Truth): Graded {
  if (isMissing(truth)) return undecided("fact_missing", truth.missing);
  return truth ? WON : LOST;
}
