import { expect, test } from "bun:test";
import { isBettable } from "../../src/bets/mod.ts";
import { isOutcomeOf, MARKET_TYPES, PERIODS } from "../../src/markets/mod.ts";
import { graderBy, houseRulesOf } from "../../src/settlement/mod.ts";
import { factsOfResult } from "../settlement/facts_of_result.ts";

const GOALSERVE = "goalserve/soccer";
const common = {
  lineQuarters: null,
  source: GOALSERVE,
  sport: "soccer",
  period: "regulation",
  rulesVersion: 2,
} as const;
const EXAMPLES = ["home", "over", "yes", "odd", "home/home", "2:1", "3", "home_or_draw", "home_by_1"];

test.each([1, 2])(
  "isBettable lets through exactly what a result with a half-time score decides under house rules %d, of the types listed",
  (rulesVersion) => {
    const rules = houseRulesOf(rulesVersion);
    if (rules === undefined) throw new RangeError("Cannot find the rules");
    const result = {
      state: "final",
      score: { home: 2, away: 1 },
      halfTimeScore: { home: 1, away: 0 },
    } as const;
    const grade = graderBy(factsOfResult(result, { sport: "soccer", at: new Date(0) }), rules);

    const taken = Object.entries(MARKET_TYPES).flatMap(([marketType, entry]) =>
      PERIODS.flatMap((period) => {
        const lineQuarters = entry.line === "none" ? null : 4;
        const leg = { marketType, period, lineQuarters };
        return isBettable({ ...leg, source: GOALSERVE, sport: "soccer", rulesVersion })
          ? [{ marketType, period, lineQuarters, entry }]
          : [];
      }),
    );
    const ungraded = taken.filter(({ entry, ...leg }) => {
      const outcome = EXAMPLES.find((one) => isOutcomeOf(entry, one)) ?? "";
      return !grade({ ...leg, label: "", outcome, sport: "soccer" }).decided;
    });

    // Twenty types in three periods, and half time with full time.
    expect(taken.length).toBe(61);
    expect(ungraded).toEqual([]);
  },
);

test.each([
  ["house rules that this release does not know", { marketType: "1x2", rulesVersion: 3 }],
  ["another sport", { marketType: "1x2", sport: "basketball" }],
  ["corners, which no result tells", { marketType: "corners_total", lineQuarters: 38 }],
  ["who scores first", { marketType: "first_to_score" }],
  ["the first ten minutes", { marketType: "1x2", period: "first_10_minutes" }],
  ["what the catalogue does not know", { marketType: "unknown", period: "unknown" }],
  ["three ways on a quarter line", { marketType: "european_handicap", lineQuarters: -5 }],
  [
    "half time of a source that never tells it",
    { marketType: "1x2", period: "first_half", source: "the_odds_api/soccer_epl" },
  ],
  ["both halves of such a source", { marketType: "half_time_full_time", source: "the_odds_api/soccer_epl" }],
])("isBettable refuses %s", (_what, market) => {
  expect(isBettable({ ...common, ...market })).toBe(false);
});
