/** How a type's line is to be read: none; a count to pass; or what is added to the home score. */
export type LineKind = "none" | "total" | "handicap";

export interface MarketTypeEntry {
  readonly line: LineKind;
  /**
   * Every outcome there can be; or what outcomes are: a `score`, the home side's first, as in "2:1"; a `count`, as in "3", or "7+" for
   * seven and more; a `name` as its source writes it, "none" for nobody.
   */
  readonly outcomes: readonly string[] | "score" | "count" | "name";
  /**
   * How many outcomes of a complete market win (a tie left aside): its fair prices add up to this. `null` where that is not certain,
   * as each outcome wins or loses by itself.
   */
  readonly winners: number | null;
}

const THREE_WAY = ["home", "draw", "away"] as const;
const TWO_WAY = ["home", "away"] as const;
const OVER_UNDER = ["over", "under"] as const;
const OVER_EXACTLY_UNDER = ["over", "exactly", "under"] as const;
const ODD_EVEN = ["odd", "even"] as const;
const YES_NO = ["yes", "no"] as const;
const HALVES = ["first_half", "draw", "second_half"] as const;
const QUARTERS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter", "draw"] as const;
const FIRST_OR_LAST = ["home", "none", "away"] as const;
const HALF_AND_FULL = both(THREE_WAY, THREE_WAY, "/");
/** The last margin stands for all that are larger. A draw is told by whether anybody scored. */
const MARGINS = [...both(TWO_WAY, ["by_1", "by_2", "by_3", "by_4+"]), "score_draw", "goalless_draw"];

/** An entry in short: line, outcomes, and one winner unless said otherwise. */
function type<O extends MarketTypeEntry["outcomes"]>(
  line: LineKind,
  outcomes: O,
  winners: number | null = 1,
): { readonly line: LineKind; readonly outcomes: O; readonly winners: number | null } {
  return { line, outcomes, winners };
}

/** Every pair of two lists of outcomes. */
function both(firsts: readonly string[], seconds: readonly string[], between = "_"): readonly string[] {
  return firsts.flatMap((first) => seconds.map((second) => `${first}${between}${second}`));
}

/**
 * Every market type that is recognised, as data. What a source offers beyond it is kept as `unknown` under the source's own name.
 *
 * `total` and `asian_total` (and the two handicaps) are apart since one book may price the same line in both, differently. What is
 * called a spread, a run line or a puck line is an `asian_handicap`: two sides, and the stake back when the adjusted scores are level.
 * Types that name something else (`games_*`, `sets_*`, `rounds_*`, `hits_*`, `corners_*`, `cards_*`) count that, not the score.
 * A type and a period make a market: first halves, quarters, sets and innings need no types of their own.
 */
export const MARKET_TYPES = {
  "1x2": type("none", THREE_WAY),
  moneyline: type("none", TWO_WAY),
  draw_no_bet: type("none", TWO_WAY),
  double_chance: type("none", ["home_or_draw", "home_or_away", "draw_or_away"], 2),
  total: type("total", OVER_UNDER),
  asian_total: type("total", OVER_UNDER),
  team_total_home: type("total", OVER_UNDER),
  team_total_away: type("total", OVER_UNDER),
  games_total: type("total", OVER_UNDER),
  rounds_total: type("total", OVER_UNDER),
  hits_total: type("total", OVER_UNDER),
  team_hits_total_home: type("total", OVER_UNDER),
  team_hits_total_away: type("total", OVER_UNDER),
  asian_handicap: type("handicap", TWO_WAY),
  european_handicap: type("handicap", THREE_WAY),
  games_handicap: type("handicap", TWO_WAY),
  sets_handicap: type("handicap", TWO_WAY),
  both_to_score: type("none", YES_NO),
  clean_sheet_home: type("none", YES_NO),
  clean_sheet_away: type("none", YES_NO),
  odd_even: type("none", ODD_EVEN),
  team_odd_even_home: type("none", ODD_EVEN),
  team_odd_even_away: type("none", ODD_EVEN),
  half_time_full_time: type("none", HALF_AND_FULL),
  correct_score: type("none", "score"),
  set_score: type("none", "score"),
  games_score: type("none", "score"),
  exact_goals: type("none", "count"),
  team_exact_goals_home: type("none", "count"),
  team_exact_goals_away: type("none", "count"),
  winning_margin: type("none", MARGINS),
  "1x2_total": type("total", both(THREE_WAY, OVER_UNDER)),
  moneyline_total: type("total", both(TWO_WAY, OVER_UNDER)),
  "1x2_both_to_score": type("none", both(THREE_WAY, YES_NO)),
  total_both_to_score: type("total", both(OVER_UNDER, YES_NO)),
  win_to_nil: type("none", TWO_WAY, null),
  win_both_halves: type("none", TWO_WAY, null),
  win_either_half: type("none", TWO_WAY, null),
  score_both_halves: type("none", TWO_WAY, null),
  highest_half: type("none", HALVES),
  team_highest_half_home: type("none", HALVES),
  team_highest_half_away: type("none", HALVES),
  highest_quarter: type("none", QUARTERS),
  first_to_score: type("none", FIRST_OR_LAST),
  last_to_score: type("none", FIRST_OR_LAST),
  first_scorer: type("none", "name"),
  last_scorer: type("none", "name"),
  anytime_scorer: type("none", "name", null),
  straight_sets_home: type("none", YES_NO),
  straight_sets_away: type("none", YES_NO),
  corners_1x2: type("none", THREE_WAY),
  corners_total: type("total", OVER_UNDER),
  corners_total_three_way: type("total", OVER_EXACTLY_UNDER),
  corners_asian_handicap: type("handicap", TWO_WAY),
  corners_european_handicap: type("handicap", THREE_WAY),
  team_corners_total_home: type("total", OVER_UNDER),
  team_corners_total_away: type("total", OVER_UNDER),
  cards_total: type("total", OVER_UNDER),
  cards_asian_handicap: type("handicap", TWO_WAY),
  cards_european_handicap: type("handicap", THREE_WAY),
  team_cards_total_home: type("total", OVER_UNDER),
  team_cards_total_away: type("total", OVER_UNDER),
} as const satisfies Readonly<Record<string, MarketTypeEntry>>;

export type KnownMarketType = keyof typeof MARKET_TYPES;

/** The type of what the catalogue does not know; its market carries the source's own name as `label`. */
export const UNKNOWN_MARKET_TYPE = "unknown";

const COUNT = /^\d{1,3}\+?$/;
const SCORE = /^\d{1,3}:\d{1,3}$/;

/** What the catalogue says of a market type, or `undefined` for one it does not know. */
export function marketTypeEntry(marketType: string): MarketTypeEntry | undefined {
  return Object.hasOwn(MARKET_TYPES, marketType) ? MARKET_TYPES[marketType as KnownMarketType] : undefined;
}

/** Whether a type can have this outcome. */
export function isOutcomeOf({ outcomes }: MarketTypeEntry, outcome: string): boolean {
  if (outcomes === "score") return SCORE.test(outcome);
  if (outcomes === "count") return COUNT.test(outcome);
  if (outcomes === "name") return outcome !== "";
  return outcomes.includes(outcome);
}
