import { type Quantity, type Statistic, scaled } from "../../results/mod.ts";
import { type Graded, HALF_LOST, HALF_WON, LOST, PUSH, undecided, WON, wonIf } from "./graded.ts";
import { cardsOf, type GradedBy, type Grader, type Pair, pairOf, ruleMissing } from "./play.ts";

/**
 * A distance from the line in quarters, above zero on the bet's side: beyond a quarter it wins or loses, and a quarter line is half a
 * stake on each of the half lines beside it, one of which is hit exactly at a distance of one.
 */
export function gradeDistance(quarters: number): Graded {
  if (quarters >= 2) return WON;
  if (quarters === 1) return HALF_WON;
  if (quarters === 0) return PUSH;
  return quarters === -1 ? HALF_LOST : LOST;
}

/** Decided as soon as every distance it can become has one grade; grades only rise with the distance. */
function gradeBeyond({ least, most, of }: Quantity): Graded {
  const [worst, best] = [gradeDistance(least), gradeDistance(most)];
  return worst === best ? worst : undecided("fact_missing", of);
}

function negative({ least, most, of }: Quantity): Quantity {
  return { least: -most, most: -least, of };
}

/** How far above the line a quantity is, in quarters. */
export function distanceAbove(quantity: Quantity, lineQuarters: number): Quantity {
  const { least, most } = scaled(quantity, 4);
  return { least: least - lineQuarters, most: most - lineQuarters, of: quantity.of };
}

function overUnder({ leg, line }: GradedBy, quantity: Quantity): Graded {
  const above = distanceAbove(quantity, line);
  return gradeBeyond(leg.outcome === "over" ? above : negative(above));
}

/** Home gives or receives the line, away the same with its sign turned. */
function twoWayHandicap({ leg, line }: GradedBy, { margin }: Pair): Graded {
  const ahead = distanceAbove(margin, -line);
  return gradeBeyond(leg.outcome === "home" ? ahead : negative(ahead));
}

/** Three outcomes around a line: nothing is hit halfway, and nothing comes back. */
function threeWayAround(distance: Quantity, outcome: "above" | "level" | "below"): Graded {
  const { least, most, of } = distance;
  const can = { above: most > 0, level: least <= 0 && most >= 0, below: least < 0 };
  if (!can[outcome]) return LOST;
  const others = Object.entries(can).some(([name, isPossible]) => name !== outcome && isPossible);
  return others ? undecided("fact_missing", of) : wonIf(true);
}

const PLACES = {
  home: "above",
  draw: "level",
  away: "below",
  over: "above",
  exactly: "level",
  under: "below",
} as const;

function placeOf(outcome: string): "above" | "level" | "below" {
  return PLACES[outcome as keyof typeof PLACES];
}

/** Halfway between two lines nobody can tell which of three ways wins; on a half line the middle one never does. */
function isOnQuarter({ line }: GradedBy): boolean {
  return line % 2 !== 0;
}

function threeWayHandicap(by: GradedBy, { margin }: Pair): Graded {
  if (isOnQuarter(by)) return undecided("no_grader", "a three-way handicap has no quarter line");
  return threeWayAround(distanceAbove(margin, -by.line), placeOf(by.leg.outcome));
}

export function totalOf(statistic: Statistic, of: "sum" | "home" | "away" = "sum"): Grader {
  return (by) => overUnder(by, pairOf(by, statistic)[of]);
}

export function totalThreeWayOf(statistic: Statistic): Grader {
  return (by) => {
    if (isOnQuarter(by)) return undecided("no_grader", "a three-way total has no quarter line");
    const distance = distanceAbove(pairOf(by, statistic).sum, by.line);
    return threeWayAround(distance, placeOf(by.leg.outcome));
  };
}

export function handicapOf(statistic: Statistic): Grader {
  return (by) => twoWayHandicap(by, pairOf(by, statistic));
}

export function threeWayHandicapOf(statistic: Statistic): Grader {
  return (by) => threeWayHandicap(by, pairOf(by, statistic));
}

function withCards(grade: (by: GradedBy, cards: Pair) => Graded): Grader {
  return (by) => {
    const cards = cardsOf(by);
    return cards === undefined ? ruleMissing("card_points") : grade(by, cards);
  };
}

export const gradeCardsTotal: Grader = withCards((by, { sum }) => overUnder(by, sum));
export const gradeCardsHome: Grader = withCards((by, { home }) => overUnder(by, home));
export const gradeCardsAway: Grader = withCards((by, { away }) => overUnder(by, away));
export const gradeCardsHandicap: Grader = withCards(twoWayHandicap);
export const gradeCardsThreeWay: Grader = withCards(threeWayHandicap);
