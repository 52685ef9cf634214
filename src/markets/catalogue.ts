/** How a type's line is to be read: none; a count to pass; or what is added to the home score. */
export type LineKind = "none" | "total" | "handicap";

export interface MarketTypeEntry {
  readonly line: LineKind;
  /** Every outcome there can be, or `score` where outcomes are scores, the home side's first, as in "2:1". */
  readonly outcomes: readonly string[] | "score";
  /** How many outcomes of a complete market win (a tie left aside): its fair prices add up to this. */
  readonly winners: number;
}

const THREE_WAY = ["home", "draw", "away"] as const;
const TWO_WAY = ["home", "away"] as const;
const OVER_UNDER = ["over", "under"] as const;
const ODD_EVEN = ["odd", "even"] as const;
const HALF_AND_FULL = THREE_WAY.flatMap((half) => THREE_WAY.map((full) => `${half}/${full}`));

/**
 * Every market type that is recognised, as data. What a source offers beyond it is kept as `unknown` under the source's own name.
 *
 * `total` and `asian_total` (and the two handicaps) are apart since one book may price the same line in both, differently.
 * Lines of `games_*` and `sets_*` count tennis games and sets, not the score that decides the match.
 */
export const MARKET_TYPES = {
  "1x2": { line: "none", outcomes: THREE_WAY, winners: 1 },
  moneyline: { line: "none", outcomes: TWO_WAY, winners: 1 },
  draw_no_bet: { line: "none", outcomes: TWO_WAY, winners: 1 },
  double_chance: {
    line: "none",
    outcomes: ["home_or_draw", "home_or_away", "draw_or_away"],
    winners: 2,
  },
  total: { line: "total", outcomes: OVER_UNDER, winners: 1 },
  asian_total: { line: "total", outcomes: OVER_UNDER, winners: 1 },
  team_total_home: { line: "total", outcomes: OVER_UNDER, winners: 1 },
  team_total_away: { line: "total", outcomes: OVER_UNDER, winners: 1 },
  games_total: { line: "total", outcomes: OVER_UNDER, winners: 1 },
  asian_handicap: { line: "handicap", outcomes: TWO_WAY, winners: 1 },
  european_handicap: { line: "handicap", outcomes: THREE_WAY, winners: 1 },
  games_handicap: { line: "handicap", outcomes: TWO_WAY, winners: 1 },
  sets_handicap: { line: "handicap", outcomes: TWO_WAY, winners: 1 },
  both_to_score: { line: "none", outcomes: ["yes", "no"], winners: 1 },
  odd_even: { line: "none", outcomes: ODD_EVEN, winners: 1 },
  team_odd_even_home: { line: "none", outcomes: ODD_EVEN, winners: 1 },
  team_odd_even_away: { line: "none", outcomes: ODD_EVEN, winners: 1 },
  half_time_full_time: { line: "none", outcomes: HALF_AND_FULL, winners: 1 },
  correct_score: { line: "none", outcomes: "score", winners: 1 },
  set_score: { line: "none", outcomes: "score", winners: 1 },
} as const satisfies Readonly<Record<string, MarketTypeEntry>>;

export type KnownMarketType = keyof typeof MARKET_TYPES;

/** The type of what the catalogue does not know; its market carries the source's own name as `label`. */
export const UNKNOWN_MARKET_TYPE = "unknown";

/** What the catalogue says of a market type, or `undefined` for one it does not know. */
export function marketTypeEntry(marketType: string): MarketTypeEntry | undefined {
  return Object.hasOwn(MARKET_TYPES, marketType) ? MARKET_TYPES[marketType as KnownMarketType] : undefined;
}
