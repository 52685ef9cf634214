import {
  equals,
  type FactPeriod,
  type GoalFact,
  isMissing,
  isWithin,
  type Missing,
  partsInOrder,
  type Side,
} from "../../results/mod.ts";
import { type Graded, undecided, voidedBy, wonIf } from "./graded.ts";
import { type GradedBy, type Grader, pairOf, ruleMissing } from "./play.ts";

/** Goals of the market's stretch of play in their order, as far as they are known. */
interface Scored {
  readonly goals: readonly GoalFact[];
  readonly final: boolean;
}

const SIDES = ["home", "away"] as const;

/** `undefined` when the order is not known, or does not fit the score. */
function scoredIn(by: GradedBy): Scored | undefined {
  const pair = pairOf(by);
  if (pair.sum.most === 0) return { goals: [], final: true };
  const told = by.facts.goals;
  if (told === undefined) return undefined;
  const goals = told.list.filter(({ period }) => isWithin(period, by.period));
  const counted = (side: Side) => goals.filter((goal) => goal.side === side).length;
  const fits = SIDES.every((side) => counted(side) <= pair[side].most);
  const isAll = SIDES.every((side) => counted(side) >= pair[side].least);
  if (!fits || (told.final && !isAll)) return undefined;
  // A stretch that is over may have all its goals before the match has.
  return { goals, final: told.final || SIDES.every((side) => counted(side) === pair[side].most) };
}

function orderOf({ period }: GradedBy): string {
  return `goals in their order ${period}`;
}

/** Who scored first, or last: by the order of goals, else by a part of play in which one side alone scored. */
function scorerSide(by: GradedBy, end: "first" | "last"): Side | "none" | Missing {
  const scored = scoredIn(by);
  if (scored !== undefined) {
    const goal = end === "first" ? scored.goals[0] : scored.goals.at(-1);
    if (goal !== undefined && (scored.final || end === "first")) return goal.side;
    if (goal === undefined && scored.final) return "none";
  }
  return sideByParts(by, by.period, end) ?? { missing: orderOf(by) };
}

/** `undefined` where parts do not tell; "none" where nobody scored. */
function sideByParts(by: GradedBy, period: FactPeriod, end: "first" | "last"): Side | "none" | undefined {
  const { home, away, sum } = pairOf(by, "score", period);
  if (sum.most === 0) return "none";
  if (home.least > 0 && away.most === 0) return "home";
  if (away.least > 0 && home.most === 0) return "away";
  for (const parts of partsInOrder(period)) {
    for (const part of end === "first" ? parts : parts.toReversed()) {
      const side = sideByParts(by, part, end);
      if (side === undefined) break;
      if (side !== "none") return side;
    }
  }
  return undefined;
}

/** Which side scores first, or last; "none" if none does. */
export function sideToScore(end: "first" | "last"): Grader {
  return (by) => {
    // Lost with the first goal, whoever is the last.
    if (by.leg.outcome === "none") return wonIf(equals(pairOf(by).sum, 0));
    const side = scorerSide(by, end);
    return isMissing(side) ? undecided("fact_missing", side.missing) : wonIf(side === by.leg.outcome);
  };
}

/** Own goals are nobody's; who does not take part in time has his stake back. */
export function scorerOf(which: "first" | "last" | "anytime"): Grader {
  return (by) => {
    if (by.rules.scorers === undefined) return ruleMissing("scorers");
    const scored = scoredIn(by);
    if (scored === undefined) return undecided("fact_missing", orderOf(by));
    const counting = scored.goals.filter(({ ownGoal }) => ownGoal !== true);
    return which === "anytime" ? anytime(by, scored, counting) : firstOrLast(by, which, { scored, counting });
  };
}

function anytime(by: GradedBy, { final }: Scored, counting: readonly GoalFact[]): Graded {
  const { outcome } = by.leg;
  if (counting.some(({ player }) => player === outcome)) return wonIf(true);
  if (!final) return undecided("fact_missing", orderOf(by));
  if (counting.some(({ player }) => player === undefined)) return undecided("fact_missing", "scorers");
  return unlessAbsent(by, Number.POSITIVE_INFINITY);
}

function firstOrLast(
  by: GradedBy,
  which: "first" | "last",
  { scored, counting }: { readonly scored: Scored; readonly counting: readonly GoalFact[] },
): Graded {
  const goal = which === "first" ? counting[0] : counting.at(-1);
  if (!scored.final && (goal === undefined || which === "last"))
    return undecided("fact_missing", orderOf(by));
  if (by.leg.outcome === "none") return wonIf(goal === undefined);
  if (goal === undefined) return unlessAbsent(by, Number.POSITIVE_INFINITY);
  if (goal.player === undefined) return undecided("fact_missing", "scorers");
  if (goal.player === by.leg.outcome) return wonIf(true);
  const before = by.facts.goals?.list.indexOf(goal) ?? 0;
  return unlessAbsent(by, which === "first" ? before : Number.POSITIVE_INFINITY);
}

/** Lost by who was on the field while at most so many goals had been scored. */
function unlessAbsent({ facts, leg }: GradedBy, goalsBefore: number): Graded {
  const player = facts.players?.find(({ name }) => name === leg.outcome);
  if (player === undefined) return undecided("fact_missing", `whether ${leg.outcome} took part`);
  const entered = player.enteredAfterGoals;
  return entered === null || entered > goalsBefore ? voidedBy("did_not_take_part") : wonIf(false);
}
