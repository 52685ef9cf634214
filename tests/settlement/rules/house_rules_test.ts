import { expect, test } from "bun:test";
import {
  HOUSE_RULES_1,
  HOUSE_RULES_2,
  HouseRulesInvalidError,
  houseRulesOf,
  readHouseRules,
} from "../../../src/settlement/mod.ts";

test("the first version says that a void result returns the stake and how returns are rounded, and nothing else", () => {
  expect(houseRulesOf(1)).toEqual({
    decidedMarkets: "paid_at_the_end",
    voidResult: "stake_returned",
    rounding: "nearest_minor_unit_halves_to_player",
  });
});

test("the second version has a rule for everything, and stays the same through JSON", () => {
  const again: unknown = JSON.parse(JSON.stringify(HOUSE_RULES_2));

  expect(readHouseRules(again)).toEqual(readHouseRules(HOUSE_RULES_2));
  // All of its sections but that of the one market, which says what a period says.
  expect(Object.keys(readHouseRules(HOUSE_RULES_2)).length).toBe(Object.keys(HOUSE_RULES_2).length - 1);
  expect(houseRulesOf(3)).toBeUndefined();
});

test.each<[string, object, string]>([
  ["a section that nobody knows", { rainbow: true }, "rules.rainbow: nothing is known by this name"],
  ["another rounding", { rounding: "down" }, "rules.rounding"],
  ["a window without hours", { postponed: { default: {} } }, "rules.postponed.default.play_within_hours"],
  ["a window below zero", { postponed: { default: { play_within_hours: -1 } } }, "play_within_hours"],
  [
    "a rule without a default",
    { retired: { tennis: "stake_returned" } },
    "rules.retired.default: it is missing",
  ],
  ["a rule under a strange name", { overtime: { default: "counts", "Ice Hockey": "counts" } }, "Ice Hockey"],
  ["half a rule for broken-off events", { abandoned: { default: { decided: "stands" } } }, "default.resume"],
  [
    "bands that do not rise",
    {
      deductions: {
        table: [
          { up_to: "2", pence: 45 },
          { up_to: "1.5", pence: 65 },
        ],
        most_pence: 90,
      },
    },
    "rules.deductions.table.1",
  ],
  [
    "a band at no price",
    { deductions: { table: [{ up_to: "1", pence: 5 }], most_pence: 90 } },
    "table.0.up_to",
  ],
  ["more than the pound", { deductions: { table: [], most_pence: 101 } }, "rules.deductions.most_pence"],
  [
    "a least amount of play for a market that does not exist",
    { minimum_play: [{ sport: "baseball", market_types: ["runs"], least: 5 }] },
    "rules.minimum_play.0.market_types",
  ],
  ["rounds without length", { round_seconds: { mma: 0 } }, "rules.round_seconds.mma"],
  ["cards of half a point", { card_points: { yellow: 0.5, red: 2 } }, "rules.card_points.yellow"],
  [
    "extra time in three ways",
    { "1x2": { period: "regulation", extra_time_counts: true } },
    "extra_time_counts",
  ],
])("readHouseRules refuses %s", (_what, section, fault) => {
  expect(faultsOf({ ...HOUSE_RULES_1, ...section }).join("\n")).toContain(fault);
});

test("readHouseRules tells every fault at once, and refuses what is no document", () => {
  expect(faultsOf({ rounding: "up", cancelled: 1 })).toEqual([
    "rules.void_result: it is missing",
    'rules.rounding: it must be "nearest_minor_unit_halves_to_player"',
    'rules.cancelled: it must be "stake_returned"',
  ]);
  for (const nothing of [null, 1, "rules", []]) expect(faultsOf(nothing).length).toBeGreaterThan(0);
});

function faultsOf(document: unknown): readonly string[] {
  try {
    readHouseRules(document);
    return [];
  } catch (error) {
    if (error instanceof HouseRulesInvalidError) return error.faults;
    throw error;
  }
}
