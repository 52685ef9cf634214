import {
  and,
  atLeast,
  differenceOf,
  equals,
  type FactPeriod,
  not,
  or,
  type Side,
  type Truth,
} from "../../results/mod.ts";
import { undecided, wonIf } from "./graded.ts";
import { type GradedBy, type Grader, type Pair, pairOf } from "./play.ts";
import { isAhead } from "./winners.ts";

/*
 * Markets on the parts of a game: halves and quarters. What is after regulation belongs to no part, and counts for the full time of
 * a market on the whole match alone.
 */

function halves(by: GradedBy): { readonly first: Pair; readonly second: Pair } {
  return { first: pairOf(by, "score", "first_half"), second: pairOf(by, "score", "second_half") };
}

/** A market on parts is one on the whole game. */
function ofWhole(grade: Grader): Grader {
  return (by) => {
    if (by.period === "regulation" || by.period === "match") return grade(by);
    return undecided("no_grader", `${by.leg.marketType} ${by.period}`);
  };
}

export const gradeHalfAndFull: Grader = ofWhole((by) => {
  const [half = "", full = ""] = by.leg.outcome.split("/");
  return wonIf(and(isAhead(halves(by).first, half), isAhead(pairOf(by), full)));
});

export const gradeWinBothHalves: Grader = ofWhole((by) => {
  const { first, second } = halves(by);
  return wonIf(and(isAhead(first, by.leg.outcome), isAhead(second, by.leg.outcome)));
});

export const gradeWinEitherHalf: Grader = ofWhole((by) => {
  const { first, second } = halves(by);
  return wonIf(or(isAhead(first, by.leg.outcome), isAhead(second, by.leg.outcome)));
});

export const gradeScoreBothHalves: Grader = ofWhole((by) => {
  const side: Side = by.leg.outcome === "home" ? "home" : "away";
  const { first, second } = halves(by);
  return wonIf(and(atLeast(first[side], 1), atLeast(second[side], 1)));
});

/** The half in which more is scored, by both sides or by one. */
export function highestHalfOf(of: "sum" | "home" | "away"): Grader {
  return ofWhole((by) => {
    const { first, second } = halves(by);
    const ahead = { ...differenceOf(first[of], second[of]), of: `${first[of].of} and ${second[of].of}` };
    if (by.leg.outcome === "draw") return wonIf(equals(ahead, 0));
    const behind = { least: -ahead.most, most: -ahead.least, of: ahead.of };
    return wonIf(atLeast(by.leg.outcome === "first_half" ? ahead : behind, 1));
  });
}

const QUARTERS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"] as const;

/** The quarter in which most is scored; two alike at the top are a draw. */
export const gradeHighestQuarter: Grader = ofWhole((by) => {
  const most = (quarter: FactPeriod): Truth =>
    and(...QUARTERS.filter((other) => other !== quarter).map((other) => isMore(by, quarter, other)));
  if (by.leg.outcome === "draw") return wonIf(not(or(...QUARTERS.map(most))));
  return wonIf(most(by.leg.outcome as FactPeriod));
});

function isMore(by: GradedBy, one: FactPeriod, other: FactPeriod): Truth {
  const { sum } = pairOf(by, "score", one);
  const { sum: otherSum } = pairOf(by, "score", other);
  return atLeast({ ...differenceOf(sum, otherSum), of: `${sum.of} and ${otherSum.of}` }, 1);
}
