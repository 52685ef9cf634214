import { and, isMissing, type Missing, not, type Truth } from "../../results/mod.ts";
import { type Graded, PUSH, undecided, wonIf } from "./graded.ts";
import { distanceAbove } from "./lines.ts";
import { type GradedBy, type Grader, pairOf } from "./play.ts";
import { haveBothScored } from "./scores.ts";
import { isAhead, levelWinner, winnerOf } from "./winners.ts";

/*
 * Two things that must both come true. Where one of them is a total on a whole line, and the line is hit, the stake comes back
 * whatever the other is; so nothing is lost before that is excluded.
 */

type Place = "above" | "level" | "below";

function placeAround(by: GradedBy): Place | Missing | "no_line" {
  if (by.line % 2 !== 0) return "no_line";
  const { least, most, of } = distanceAbove(pairOf(by).sum, by.line);
  if (least > 0) return "above";
  if (most < 0) return "below";
  return least === 0 && most === 0 ? "level" : { missing: of };
}

function withTotal(by: GradedBy, first: Truth, overUnder: string): Graded {
  const place = placeAround(by);
  if (place === "no_line") return undecided("no_grader", "a total of two things has no quarter line");
  if (place === "level") return PUSH;
  if (isMissing(place)) {
    // Not known to be beyond a whole line, it may yet be hit.
    const mayPush = by.line % 4 === 0;
    return first === false && !mayPush ? wonIf(false) : undecided("fact_missing", place.missing);
  }
  return wonIf(and(first, place === (overUnder === "over" ? "above" : "below")));
}

function halvesOf(outcome: string): readonly [string, string] {
  const [first = "", second = ""] = outcome.split("_");
  return [first, second];
}

export const gradeThreeWayAndTotal: Grader = (by) => {
  const [side, overUnder] = halvesOf(by.leg.outcome);
  return withTotal(by, isAhead(pairOf(by), side), overUnder);
};

/** Level where there is no draw: the stake back, as for the winner alone. */
export const gradeMoneylineAndTotal: Grader = (by) => {
  const [side, overUnder] = halvesOf(by.leg.outcome);
  const winner = winnerOf(by);
  // It may yet end level, and then nothing is lost.
  if (isMissing(winner)) return undecided("fact_missing", winner.missing);
  return winner === "draw" ? levelWinner(by) : withTotal(by, winner === side, overUnder);
};

export const gradeThreeWayAndBothToScore: Grader = (by) => {
  const [side, yesNo] = halvesOf(by.leg.outcome);
  const pair = pairOf(by);
  const both = haveBothScored(pair);
  return wonIf(and(isAhead(pair, side), yesNo === "yes" ? both : not(both)));
};

export const gradeTotalAndBothToScore: Grader = (by) => {
  const [overUnder, yesNo] = halvesOf(by.leg.outcome);
  const both = haveBothScored(pairOf(by));
  return withTotal(by, yesNo === "yes" ? both : not(both), overUnder);
};
