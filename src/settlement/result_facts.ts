import type { CountFact, FactPeriod, Facts, Side } from "../results/mod.ts";

/** How an event ended, as results are stored. */
export interface StoredResult {
  readonly sport: string;
  readonly state: "final" | "void";
  readonly homeScore: number | null;
  readonly awayScore: number | null;
  readonly halfHomeScore: number | null;
  readonly halfAwayScore: number | null;
  /** When it was recorded, in business time. */
  readonly recordedAt: Date;
  readonly source: string;
}

/**
 * Which play the final score of a sport counts, as the sources of results tell it: in football what is before extra time, in American
 * sports overtime and extra innings too. Of other sports nobody has said what their one score means, so it decides nothing.
 */
const SCORED: Readonly<Record<string, FactPeriod>> = {
  soccer: "regulation",
  basketball: "match",
  american_football: "match",
  baseball: "match",
  ice_hockey: "match",
};

/** What a stored result says as facts. A score that it does not have is not known: never 0-0. */
export function factsOfResult(result: StoredResult): Facts {
  const { state, recordedAt } = result;
  if (state === "void") return { asOf: recordedAt, status: "void", counts: [] };
  const period = Object.hasOwn(SCORED, result.sport) ? SCORED[result.sport] : undefined;
  const counts =
    period === undefined
      ? []
      : [
          ...countOf(result, { period, side: "home", value: result.homeScore }),
          ...countOf(result, { period, side: "away", value: result.awayScore }),
          ...countOf(result, { period: "first_half", side: "home", value: result.halfHomeScore }),
          ...countOf(result, { period: "first_half", side: "away", value: result.halfAwayScore }),
        ];
  return { asOf: recordedAt, status: "ended", counts };
}

function countOf(
  { source, recordedAt }: StoredResult,
  {
    period,
    side,
    value,
  }: { readonly period: FactPeriod; readonly side: Side; readonly value: number | null },
): CountFact[] {
  if (value === null) return [];
  const from = { source, knownAt: recordedAt };
  return [{ statistic: "score", period, side, value, final: true, from }];
}
