import type { HouseRules } from "./house_rules.ts";
import { readHouseRules } from "./read_house_rules.ts";

/** The rules that every bet was placed under so far, word for word as migrations have published them. */
export const HOUSE_RULES_1 = {
  "1x2": { period: "regulation", extra_time_counts: false },
  void_result: "stake_returned",
  rounding: "nearest_minor_unit_halves_to_player",
} as const;

/**
 * Rules for everything that the catalogue knows, after the common ones of public rules pages.
 *
 * An event may start, or go on, within two days of its planned start in football, three in tennis and cricket, else one: as long as
 * feeds may move a start. Bands of the deduction table are Unibet's decimal ones, which agree with every traditional fraction but 2/17 (1.1176).
 */
export const HOUSE_RULES_2 = {
  "1x2": { period: "regulation", extra_time_counts: false },
  void_result: "stake_returned",
  rounding: "nearest_minor_unit_halves_to_player",
  decided_markets: "paid_at_once",
  postponed: {
    default: { play_within_hours: 24 },
    soccer: { play_within_hours: 48 },
    tennis: { play_within_hours: 72 },
    cricket: { play_within_hours: 72 },
  },
  abandoned: {
    default: { resume: { play_within_hours: 24 }, decided: "stands" },
    soccer: { resume: { play_within_hours: 48 }, decided: "stands" },
    tennis: { resume: { play_within_hours: 72 }, decided: "stands" },
    cricket: { resume: { play_within_hours: 72 }, decided: "stands" },
  },
  cancelled: "stake_returned",
  walkover: "stake_returned",
  retired: {
    default: "stake_returned",
    tennis: "stands_after_first_set",
    mma: "stands_once_begun",
    boxing: "stands_once_begun",
  },
  overtime: { default: "counts", soccer: "excluded" },
  level_winner: "stake_returned",
  dead_heat: { default: "shared" },
  deductions: {
    table: [
      { up_to: "1.12", pence: 90 },
      { up_to: "1.19", pence: 85 },
      { up_to: "1.27", pence: 80 },
      { up_to: "1.33", pence: 75 },
      { up_to: "1.44", pence: 70 },
      { up_to: "1.57", pence: 65 },
      { up_to: "1.66", pence: 60 },
      { up_to: "1.83", pence: 55 },
      { up_to: "1.99", pence: 50 },
      { up_to: "2.24", pence: 45 },
      { up_to: "2.59", pence: 40 },
      { up_to: "2.79", pence: 35 },
      { up_to: "3.39", pence: 30 },
      { up_to: "4.19", pence: 25 },
      { up_to: "5.40", pence: 20 },
      { up_to: "6.99", pence: 15 },
      { up_to: "10.99", pence: 10 },
      { up_to: "15", pence: 5 },
    ],
    most_pence: 90,
  },
  listed_pitchers: "void_if_changed",
  minimum_play: [
    { sport: "baseball", market_types: ["moneyline"], least: 4.5 },
    {
      sport: "baseball",
      market_types: ["total", "asian_handicap", "team_total_home", "team_total_away", "odd_even"],
      least: 8.5,
    },
    { sport: "basketball", market_types: "all", least: 43 },
    { sport: "american_football", market_types: "all", least: 55 },
    { sport: "ice_hockey", market_types: "all", least: 55 },
  ],
  round_seconds: { mma: 300, boxing: 180 },
  card_points: { yellow: 1, red: 2 },
  scorers: { own_goals: "ignored", not_taking_part: "stake_returned" },
} as const;

/** The rules by the number that bets are frozen with, or `undefined` if none were published under it. */
export function houseRulesOf(version: number): HouseRules | undefined {
  const document = { 1: HOUSE_RULES_1, 2: HOUSE_RULES_2 }[version];
  return document && readHouseRules(document);
}
