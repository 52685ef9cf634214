import {
  and,
  atLeast,
  equals,
  isOdd,
  not,
  type Quantity,
  type Side,
  type Statistic,
  type Truth,
} from "../../results/mod.ts";
import { wonIf } from "./graded.ts";
import { type GradedBy, type Grader, type Pair, pairOf } from "./play.ts";

/** A grader of a yes or no. */
export function yesNo(holds: (by: GradedBy) => Truth): Grader {
  return (by) => wonIf(by.leg.outcome === "yes" ? holds(by) : not(holds(by)));
}

export function haveBothScored({ home, away }: Pair): Truth {
  return and(atLeast(home, 1), atLeast(away, 1));
}

export const gradeBothToScore: Grader = yesNo((by) => haveBothScored(pairOf(by)));

/** The other side does not score. */
export function cleanSheetOf(side: Side): Grader {
  return yesNo((by) => equals(pairOf(by)[side === "home" ? "away" : "home"], 0));
}

/** Nothing is even. */
export function oddEvenOf(of: "sum" | "home" | "away"): Grader {
  return (by) => {
    const odd = isOdd(pairOf(by)[of]);
    return wonIf(by.leg.outcome === "odd" ? odd : not(odd));
  };
}

/** The score as it is, home's first; lost as soon as it cannot be reached any more. */
export function correctScoreOf(statistic: Statistic): Grader {
  return (by) => {
    const [home = "", away = ""] = by.leg.outcome.split(":");
    const pair = pairOf(by, statistic);
    return wonIf(and(equals(pair.home, Number(home)), equals(pair.away, Number(away))));
  };
}

/** So many, or with a plus so many and more. */
export function countOf(of: "sum" | "home" | "away"): Grader {
  return (by) => wonIf(isCount(pairOf(by)[of], by.leg.outcome));
}

function isCount(quantity: Quantity, count: string): Truth {
  const number = Number(count.replace("+", ""));
  return count.endsWith("+") ? atLeast(quantity, number) : equals(quantity, number);
}

const MARGIN = /^(home|away)_by_(\d+\+?)$/;

/** By how much who won; a draw is told by whether anybody scored. */
export const gradeWinningMargin: Grader = (by) => {
  const { margin, home, away } = pairOf(by);
  const level = equals(margin, 0);
  if (by.leg.outcome === "goalless_draw") return wonIf(and(equals(home, 0), equals(away, 0)));
  if (by.leg.outcome === "score_draw") return wonIf(and(level, atLeast(home, 1), atLeast(away, 1)));
  const [, side, count = ""] = MARGIN.exec(by.leg.outcome) ?? [];
  const ahead = side === "home" ? margin : { least: -margin.most, most: -margin.least, of: margin.of };
  return wonIf(isCount(ahead, count));
};

/** Each side for itself: it wins, and the other does not score. */
export const gradeWinToNil: Grader = (by) => {
  const { home, away } = pairOf(by);
  const [own, other] = by.leg.outcome === "home" ? [home, away] : [away, home];
  return wonIf(and(equals(other, 0), atLeast(own, 1)));
};
