import type { FactPeriod, Statistic } from "./facts.ts";

/** A stretch of play is the sum of its parts. */
export interface Composition {
  readonly whole: FactPeriod;
  readonly parts: readonly FactPeriod[];
}

const OF_PLAY: readonly Composition[] = [
  { whole: "match", parts: ["regulation", "overtime"] },
  { whole: "regulation", parts: ["first_half", "second_half"] },
  { whole: "first_half", parts: ["first_10_minutes", "rest_of_first_half"] },
  { whole: "first_half", parts: ["first_quarter", "second_quarter"] },
  { whole: "second_half", parts: ["third_quarter", "fourth_quarter"] },
  { whole: "regulation", parts: ["first_7_innings", "eighth_inning", "ninth_inning"] },
  { whole: "first_7_innings", parts: ["first_5_innings", "sixth_inning", "seventh_inning"] },
  { whole: "first_5_innings", parts: ["first_3_innings", "fourth_inning", "fifth_inning"] },
  { whole: "first_3_innings", parts: ["first_inning", "second_inning", "third_inning"] },
];
const SETS: Composition = {
  whole: "match",
  parts: ["first_set", "second_set", "third_set", "fourth_set", "fifth_set"],
};
const OF_SETS: readonly Composition[] = [SETS];

/** How the stretches in which a statistic is counted are made up. */
export function compositionsOf(statistic: Statistic): readonly Composition[] {
  if (statistic === "sets") return [];
  return statistic === "games" ? OF_SETS : OF_PLAY;
}

/** Parts in the order in which they are played, by whichever division there are goals to be looked for. */
export function partsInOrder(whole: FactPeriod): readonly (readonly FactPeriod[])[] {
  return OF_PLAY.filter((composition) => composition.whole === whole).map(({ parts }) => parts);
}

/** Whether one stretch lies within another, itself included. */
export function isWithin(inner: FactPeriod, outer: FactPeriod): boolean {
  if (inner === outer) return true;
  return [...OF_PLAY, SETS].some(
    ({ whole, parts }) => whole === outer && parts.some((part) => isWithin(inner, part)),
  );
}
