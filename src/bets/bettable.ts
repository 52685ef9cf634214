import type { KnownMarketType, Selection } from "../markets/mod.ts";

/** Football's markets that a score alone decides, for a whole match or a half. */
const BY_SCORE: ReadonlySet<string> = new Set<KnownMarketType>([
  "1x2",
  "draw_no_bet",
  "double_chance",
  "total",
  "asian_total",
  "team_total_home",
  "team_total_away",
  "asian_handicap",
  "european_handicap",
  "both_to_score",
  "clean_sheet_home",
  "clean_sheet_away",
  "correct_score",
  "odd_even",
  "team_odd_even_home",
  "team_odd_even_away",
  "exact_goals",
  "team_exact_goals_home",
  "team_exact_goals_away",
  "winning_margin",
]);

/** The published house rules that this release can grade by: a bet is frozen with no others. */
export const RULES_KNOWN: readonly number[] = [1, 2];

/** Sources whose results tell the half-time score, by the beginning of their names. */
const TELLING_HALF_TIMES = ["goalserve/", "football_data/", "simulated"] as const;

/** What an offer is of, and whose. */
export interface BettableBy extends Pick<Selection, "marketType" | "period" | "lineQuarters"> {
  readonly sport: string;
  /** As in `events.source`. */
  readonly source: string;
  /** The house rules that the bet would be frozen with. */
  readonly rulesVersion: number;
}

/**
 * Whether bets are taken on a market: only on one that settlement can grade by the rules of the bet and the results its source tells, or
 * the stake would be held for good.
 *
 * Now these are football's markets on the score after regulation (90 minutes and stoppage time), and on that of either half
 * where the source tells it, under every version of the rules: a score decides them by what they are.
 */
export function isBettable(offered: BettableBy): boolean {
  const { sport, source, marketType, period, lineQuarters, rulesVersion } = offered;
  if (sport !== "soccer" || !RULES_KNOWN.includes(rulesVersion)) return false;
  // On a quarter line nobody could say which of three ways has won.
  if (marketType === "european_handicap" && (lineQuarters ?? 0) % 4 !== 0) return false;
  const tellsHalves = TELLING_HALF_TIMES.some((beginning) => source.startsWith(beginning));
  if (marketType === "half_time_full_time") return period === "regulation" && tellsHalves;
  if (!BY_SCORE.has(marketType)) return false;
  return period === "regulation" || (tellsHalves && (period === "first_half" || period === "second_half"));
}
