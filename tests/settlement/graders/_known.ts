import type { CountFact, FactPeriod, Facts, Statistic } from "../../../src/results/mod.ts";
import type { Graded, HouseRules, Leg } from "../../../src/settlement/mod.ts";
import { gradeLeg, houseRulesOf } from "../../../src/settlement/mod.ts";

export const KICK_OFF = new Date("2025-01-01T12:00:00Z");

const RULES_2 = houseRulesOf(2);

/** The rules of version 2, which speak of everything. */
export function rules2(): HouseRules {
  if (RULES_2 === undefined) throw new RangeError("Cannot find the rules: version is 2");
  return RULES_2;
}

export function hoursAfter(hours: number): Date {
  return new Date(KICK_OFF.getTime() + hours * 3_600_000);
}

type Score = readonly [home: number, away: number];

/** Both sides' counts of one thing. */
export function counted(
  period: FactPeriod,
  [home, away]: Score,
  { statistic = "score", final = true }: { readonly statistic?: Statistic; readonly final?: boolean } = {},
): CountFact[] {
  const common = { statistic, period, final };
  return [
    { ...common, side: "home", value: home },
    { ...common, side: "away", value: away },
  ];
}

/** An event that has ended, three hours after its start, unless said otherwise. */
export function known(counts: readonly CountFact[], more: Partial<Facts> = {}): Facts {
  return { asOf: hoursAfter(3), status: "ended", starts: { planned: KICK_OFF }, counts, ...more };
}

/** A football match of 90 minutes and, where given, its half time. */
export function match(fullTime: Score, halfTime?: Score, more: Partial<Facts> = {}): Facts {
  const half = halfTime === undefined ? [] : counted("first_half", halfTime);
  return known([...counted("regulation", fullTime), ...half], more);
}

/** "total over 2.5" as a leg; the period is regulation, the sport football, unless said otherwise. */
export function leg(words: string, more: Partial<Leg> = {}): Leg {
  const [marketType = "", outcome = "", line] = words.split(" ");
  const lineQuarters = line === undefined ? null : Number(line) * 4;
  const selection = { marketType, outcome, lineQuarters };
  return { ...selection, period: "regulation", label: "", sport: "soccer", ...more };
}

/** A grade in short: `won`, `push`, or `?` with what is missing. */
export function short(graded: Graded): string {
  return graded.decided ? graded.grade.reason : `? ${graded.what}`;
}

/** What the rules of version 2 make of a leg. */
export function graded(words: string, facts: Facts, more: Partial<Leg> = {}): string {
  return short(gradeLeg(leg(words, more), facts, rules2()));
}

/** A grade in short, or in full why there is none: `not_yet: start of the event`. */
export function reasonOf(graded: Graded): string {
  return graded.decided ? graded.grade.reason : `${graded.why}: ${graded.what}`;
}
