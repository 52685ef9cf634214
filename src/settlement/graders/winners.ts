import {
  and,
  atLeast,
  atMost,
  equals,
  isMissing,
  type Missing,
  not,
  type Side,
  type Statistic,
  type Truth,
} from "../../results/mod.ts";
import { type Graded, PUSH, undecided, wonIf } from "./graded.ts";
import { type GradedBy, type Grader, type Pair, pairOf, ruleMissing } from "./play.ts";

/** Whether a pair of counts has this winner. */
export function isAhead({ margin }: Pair, outcome: string): Truth {
  if (outcome === "home") return atLeast(margin, 1);
  return outcome === "away" ? atMost(margin, -1) : equals(margin, 0);
}

export function gradeThreeWay(by: GradedBy): Graded {
  return wonIf(isAhead(pairOf(by), by.leg.outcome));
}

export function gradeCornersThreeWay(by: GradedBy): Graded {
  return wonIf(isAhead(pairOf(by, "corners"), by.leg.outcome));
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  home_or_draw: "away",
  home_or_away: "draw",
  draw_or_away: "home",
};

/** Two of the three ways, a plain win with either: whatever is not the third. */
export function gradeDoubleChance(by: GradedBy): Graded {
  return wonIf(not(isAhead(pairOf(by), LEFT_OUT[by.leg.outcome] ?? "")));
}

/** The stake back at a draw. */
export function gradeDrawNoBet(by: GradedBy): Graded {
  const pair = pairOf(by);
  return isAhead(pair, "draw") === true ? PUSH : orLevel(by, pair);
}

/** Two ways of a pair that may still end level: nothing is lost before that is excluded. */
function orLevel({ leg }: GradedBy, pair: Pair): Graded {
  const level = isAhead(pair, "draw");
  if (isMissing(level)) return undecided("fact_missing", level.missing);
  return wonIf(isAhead(pair, leg.outcome));
}

/** What decides a two-way winner where the facts do not name one. */
function decidingStatistic({ leg, period }: GradedBy): Statistic | undefined {
  switch (leg.sport) {
    case "tennis":
      return period === "match" ? "sets" : "games";
    case "volleyball":
      return period === "match" ? "sets" : "score";
    // Runs do not tell who won a shortened chase or a super over, nor anything who won a bout.
    case "cricket":
    case "boxing":
    case "mma":
      return undefined;
    default:
      return "score";
  }
}

/** The winner of the market's stretch of play: as named, else by what is counted. */
export function winnerOf(by: GradedBy): Side | "draw" | Missing {
  const named = by.facts.winners?.find(({ period }) => period === by.period);
  if (named !== undefined) return named.winner;
  const statistic = decidingStatistic(by);
  if (statistic === undefined) return { missing: `winner ${by.period}` };
  const pair = pairOf(by, statistic);
  const ahead = (["home", "away", "draw"] as const).find((side) => isAhead(pair, side) === true);
  return ahead ?? { missing: pair.sum.of };
}

/** Two ways; where play ends level the house says what that means. */
export function gradeMoneyline(by: GradedBy): Graded {
  const winner = winnerOf(by);
  if (isMissing(winner)) return undecided("fact_missing", winner.missing);
  return winner === "draw" ? levelWinner(by) : wonIf(winner === by.leg.outcome);
}

export function levelWinner({ rules }: GradedBy): Graded {
  return rules.levelWinner === undefined ? ruleMissing("level_winner") : PUSH;
}

/** Won, and not one set lost. */
export function straightSetsOf(side: Side): Grader {
  const other = side === "home" ? "away" : "home";
  return (by) => {
    const pair = pairOf(by, "sets");
    const straight = and(isAhead(pair, side), equals(pair[other], 0));
    return wonIf(by.leg.outcome === "yes" ? straight : not(straight));
  };
}
