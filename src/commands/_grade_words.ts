import { FACT_PERIODS, type FactPeriod, STATISTICS, type Statistic } from "../results/mod.ts";

const STATISTIC_WORDS: ReadonlyMap<string, Statistic> = new Map(
  STATISTICS.map((statistic) => [statistic.replaceAll("_", " "), statistic]),
);

/** Other words for a stretch of play; its own name, with spaces, always does. */
const PERIOD_WORDS: Readonly<Record<string, FactPeriod>> = {
  home: "regulation",
  "full time": "regulation",
  "half time": "first_half",
  "extra time": "overtime",
};

/** The stretch of play that words name, if they name one. */
export function factPeriodOf(words: string): FactPeriod | undefined {
  if (Object.hasOwn(PERIOD_WORDS, words)) return PERIOD_WORDS[words];
  return FACT_PERIODS.find((period) => period.replaceAll("_", " ") === words);
}

/** What is counted over which stretch: "first half corners"; the score, or the whole, where one is not named. */
export function statisticOf(
  words: string,
): { readonly statistic: Statistic; readonly period: FactPeriod } | undefined {
  const period = factPeriodOf(words);
  if (period !== undefined) return { statistic: "score", period };
  for (const [name, statistic] of STATISTIC_WORDS) {
    if (words === name) return { statistic, period: wholeOf(statistic) };
    const before = words.endsWith(` ${name}`) ? factPeriodOf(words.slice(0, -name.length - 1)) : undefined;
    if (before !== undefined) return { statistic, period: before };
  }
  return undefined;
}

/** Games and sets are played until somebody has won; the rest is counted to the end of regulation. */
function wholeOf(statistic: Statistic): FactPeriod {
  return statistic === "games" || statistic === "sets" || statistic === "hits" ? "match" : "regulation";
}

/** Endings of a market's name that say which stretch of play decides it, as in "total_1h". */
const PERIOD_SUFFIXES: Readonly<Record<string, FactPeriod>> = {
  "1h": "first_half",
  "2h": "second_half",
  "10m": "first_10_minutes",
  q1: "first_quarter",
  q2: "second_quarter",
  q3: "third_quarter",
  q4: "fourth_quarter",
  s1: "first_set",
  i1: "first_inning",
  i3: "first_3_innings",
  i5: "first_5_innings",
  i7: "first_7_innings",
  regulation: "regulation",
  match: "match",
};

/** The endings, for those who are told of them. */
export const PERIOD_ENDINGS: readonly string[] = Object.keys(PERIOD_SUFFIXES);

/** A market's type and the stretch of play that its name ends with, if any. */
export function splitMarket(name: string): {
  readonly marketType: string;
  readonly period: FactPeriod | undefined;
} {
  for (const [suffix, period] of Object.entries(PERIOD_SUFFIXES))
    if (name.endsWith(`_${suffix}`)) return { marketType: name.slice(0, -suffix.length - 1), period };
  return { marketType: name, period: undefined };
}
