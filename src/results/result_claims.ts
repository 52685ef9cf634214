import { countClaims, statusClaim } from "./claims.ts";
import type { FactRow } from "./fact_rows.ts";
import type { FactPeriod, Facts } from "./facts/facts.ts";

export interface PublicScore {
  readonly home: number;
  readonly away: number;
}

/** How an event ended, as everybody is shown it. A void has no score. */
export interface PublicResult {
  readonly state: "final" | "void";
  readonly score?: PublicScore;
  readonly halfTimeScore?: PublicScore;
}

/**
 * Which play the final score of a sport counts, as the sources of results tell it: in football what is before extra time, in American
 * sports overtime and extra innings too. Of other sports nobody has said what their one score means, so it decides nothing. Migration
 * 0021 says the same.
 */
const SCORED: Readonly<Record<string, FactPeriod>> = {
  soccer: "regulation",
  basketball: "match",
  american_football: "match",
  baseball: "match",
  ice_hockey: "match",
};

/** Which play the one final score of a sport counts, or `undefined` where nobody has said so. */
export function scoredPeriodOf(sport: string): FactPeriod | undefined {
  return Object.hasOwn(SCORED, sport) ? SCORED[sport] : undefined;
}

/** What a public result claims. */
export function resultClaims(
  { state, score, halfTimeScore }: PublicResult,
  { sport, trueAt }: { readonly sport: string; readonly trueAt: Date },
): FactRow[] {
  if (state === "void") return [statusClaim("void", trueAt)];
  const period = scoredPeriodOf(sport);
  const count = { statistic: "score", final: true } as const;
  return [
    statusClaim("ended", trueAt),
    ...(period === undefined || score === undefined
      ? []
      : countClaims({ ...count, period, ...score }, trueAt)),
    ...(period === undefined || halfTimeScore === undefined
      ? []
      : countClaims({ ...count, period: "first_half", ...halfTimeScore }, trueAt)),
  ];
}

/** The public result that these facts come to, or `undefined` while they come to none. */
export function publicResultOf({ status, counts }: Facts, sport: string): PublicResult | undefined {
  if (status === "void") return { state: "void" };
  const period = scoredPeriodOf(sport);
  if (status !== "ended" || period === undefined) return undefined;
  const scoreIn = (stretch: FactPeriod): PublicScore | undefined => {
    const of = (side: "home" | "away") =>
      counts.find(
        (count) =>
          count.statistic === "score" && count.period === stretch && count.side === side && count.final,
      )?.value;
    const [home, away] = [of("home"), of("away")];
    return home === undefined || away === undefined ? undefined : { home, away };
  };
  const [score, halfTimeScore] = [scoreIn(period), scoreIn("first_half")];
  if (score === undefined) return undefined;
  return { state: "final", score, ...(halfTimeScore === undefined ? {} : { halfTimeScore }) };
}
