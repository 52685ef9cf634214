import { describe, expect, test } from "bun:test";
import {
  EVENT_STATUSES,
  isOutcomeOf,
  MARKET_TYPES,
  type MarketTypeEntry,
  marketTypeEntry,
  PERIODS,
  UNKNOWN_MARKET_TYPE,
} from "../../src/markets/mod.ts";

describe("marketTypeEntry", () => {
  test("knows nothing of what is unknown, nor of what every object inherits", () => {
    expect(marketTypeEntry(UNKNOWN_MARKET_TYPE)).toBeUndefined();
    expect(marketTypeEntry("constructor")).toBeUndefined();
  });

  test("names a handicap's outcomes by side and gives every type distinct outcomes", () => {
    for (const [marketType, { outcomes }] of Object.entries(MARKET_TYPES)) {
      expect(marketTypeEntry(marketType)?.outcomes).toEqual(outcomes);
      if (typeof outcomes === "string") continue;
      expect(new Set<string>(outcomes).size).toBe(outcomes.length);
    }
    expect(marketTypeEntry("half_time_full_time")?.outcomes).toHaveLength(9);
  });
});

describe("isOutcomeOf", () => {
  const typed = (outcomes: MarketTypeEntry["outcomes"]): MarketTypeEntry => ({
    line: "none",
    outcomes,
    winners: 1,
  });

  test.each([
    ["score", ["2:1", "10:0", "101:99"], ["", "2-1", "2:", "1:1:1", "home", "1000:0"]],
    ["count", ["0", "12", "7+"], ["", "+", "-1", "1.5", "more 7", "7 +"]],
    ["name", ["J. Nobody", "none"], [""]],
    [
      ["yes", "no"],
      ["yes", "no"],
      ["", "Yes", "maybe", "length"],
    ],
  ] as const)("of a type whose outcomes are %p", (outcomes, fitting, others) => {
    for (const outcome of fitting) expect(isOutcomeOf(typed(outcomes), outcome)).toBe(true);
    for (const outcome of others) expect(isOutcomeOf(typed(outcomes), outcome)).toBe(false);
  });
});

const THREE = "home draw away";
const TWO = "home away";
const OVER_UNDER = "over under";
const YES_NO = "yes no";

/** The catalogue as it is published: types, how their line is read, their outcomes (or what those are), and how many of them win. */
const PUBLISHED: readonly (readonly [
  types: string,
  line: string,
  outcomes: string,
  winners: number | null,
])[] = [
  ["1x2 corners_1x2", "none", THREE, 1],
  ["moneyline draw_no_bet", "none", TWO, 1],
  ["double_chance", "none", "home_or_draw home_or_away draw_or_away", 2],
  ["total asian_total team_total_home team_total_away games_total rounds_total", "total", OVER_UNDER, 1],
  ["hits_total team_hits_total_home team_hits_total_away", "total", OVER_UNDER, 1],
  ["corners_total team_corners_total_home team_corners_total_away", "total", OVER_UNDER, 1],
  ["cards_total team_cards_total_home team_cards_total_away", "total", OVER_UNDER, 1],
  ["corners_total_three_way", "total", "over exactly under", 1],
  ["asian_handicap games_handicap sets_handicap", "handicap", TWO, 1],
  ["corners_asian_handicap cards_asian_handicap", "handicap", TWO, 1],
  ["european_handicap corners_european_handicap cards_european_handicap", "handicap", THREE, 1],
  ["both_to_score clean_sheet_home clean_sheet_away", "none", YES_NO, 1],
  ["straight_sets_home straight_sets_away", "none", YES_NO, 1],
  ["odd_even team_odd_even_home team_odd_even_away", "none", "odd even", 1],
  [
    ...(["half_time_full_time", "none"] as const),
    "home/home home/draw home/away draw/home draw/draw draw/away away/home away/draw away/away",
    1,
  ],
  ["correct_score set_score games_score", "none", "score", 1],
  ["exact_goals team_exact_goals_home team_exact_goals_away", "none", "count", 1],
  [
    ...(["winning_margin", "none"] as const),
    "home_by_1 home_by_2 home_by_3 home_by_4+ away_by_1 away_by_2 away_by_3 away_by_4+ score_draw goalless_draw",
    1,
  ],
  ["1x2_total", "total", "home_over home_under draw_over draw_under away_over away_under", 1],
  ["moneyline_total", "total", "home_over home_under away_over away_under", 1],
  ["1x2_both_to_score", "none", "home_yes home_no draw_yes draw_no away_yes away_no", 1],
  ["total_both_to_score", "total", "over_yes over_no under_yes under_no", 1],
  ["win_to_nil win_both_halves win_either_half score_both_halves", "none", TWO, null],
  [
    ...(["highest_half team_highest_half_home team_highest_half_away", "none"] as const),
    "first_half draw second_half",
    1,
  ],
  ["highest_quarter", "none", "first_quarter second_quarter third_quarter fourth_quarter draw", 1],
  ["first_to_score last_to_score", "none", "home none away", 1],
  ["first_scorer last_scorer", "none", "name", 1],
  ["anytime_scorer", "none", "name", null],
];

describe("what is published does not change by itself", () => {
  test("of market types: neither their lines, nor their outcomes, nor how many of them win", () => {
    const inWords = ({ line, outcomes, winners }: MarketTypeEntry) =>
      [line, typeof outcomes === "string" ? outcomes : outcomes.join(" "), winners] as const;

    const published = PUBLISHED.flatMap(([types, ...rest]) => types.split(" ").map((type) => [type, rest]));

    expect(Object.entries(MARKET_TYPES).map(([type, entry]) => [type, inWords(entry)])).toEqual(
      expect.arrayContaining(published),
    );
    expect(published.length).toBe(Object.keys(MARKET_TYPES).length);
  });

  test("of stretches of play: their names", () => {
    expect([...PERIODS]).toEqual([
      ...(["regulation", "match", "first_half", "second_half", "first_10_minutes"] as const),
      ...(["first_quarter", "second_quarter", "third_quarter", "fourth_quarter", "first_set"] as const),
      ...(["first_inning", "first_3_innings", "first_5_innings", "first_7_innings", "unknown"] as const),
    ]);
  });

  test("of an event's life: its words", () => {
    expect([...EVENT_STATUSES]).toEqual([
      ...(["scheduled", "delayed", "live", "interrupted", "ended"] as const),
      ...(["postponed", "abandoned", "cancelled", "walkover", "unknown"] as const),
    ]);
  });
});
