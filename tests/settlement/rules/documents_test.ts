import { describe, expect, test } from "bun:test";
import { fraction } from "../../../src/markets/mod.ts";
import { HOUSE_RULES_1, HouseRulesInvalidError, readHouseRules } from "../../../src/settlement/mod.ts";

function faultsOf(document: unknown): readonly string[] {
  try {
    readHouseRules(document);
    return [];
  } catch (error) {
    if (error instanceof HouseRulesInvalidError) return error.faults;
    throw error;
  }
}

const withSection = (section: object) => faultsOf({ ...HOUSE_RULES_1, ...section });
const windowOf = (hours: unknown) => ({ postponed: { default: { play_within_hours: hours } } });
const deductions = (table: readonly object[], most: unknown = 90) => ({
  deductions: { table, most_pence: most },
});
const least = (said: object) => ({
  minimum_play: [{ sport: "baseball", market_types: "all", least: 5, ...said }],
});

describe("a document of house rules", () => {
  test.each<[string, object, readonly string[]]>([
    [
      "a section that is a list",
      { postponed: [] },
      [
        "rules.postponed: it must be an object",
        "rules.postponed.default: it is missing",
        "rules.postponed.default: it must be an object",
        "rules.postponed.default.play_within_hours: it must be a whole number from 0 to 8784",
      ],
    ],
    [
      "a section that is nothing",
      { card_points: null },
      [
        "rules.card_points: it must be an object",
        "rules.card_points.yellow: it must be a whole number from 0 to 100",
        "rules.card_points.red: it must be a whole number from 0 to 100",
      ],
    ],
    ["a list that is none", { minimum_play: {} }, ["rules.minimum_play: it must be a list"]],
    [
      "a table that is none",
      { deductions: { table: "all", most_pence: 5 } },
      ["rules.deductions.table: it must be a list"],
    ],
    [
      "a market decided by another stretch of play",
      { "1x2": { period: "match", extra_time_counts: false } },
      ['rules.1x2.period: it must be "regulation"'],
    ],
    [
      "decided markets paid some time",
      { decided_markets: "some_time" },
      ['rules.decided_markets: it must be "paid_at_once" or "paid_at_the_end"'],
    ],
    ["a sport by no name", least({ sport: "Ice Hockey" }), ["rules.minimum_play.0.sport: it must be a name"]],
    ["a sport that is a number", least({ sport: 1 }), ["rules.minimum_play.0.sport: it must be a name"]],
    ["no least amount", least({ least: 0 }), ["rules.minimum_play.0.least: it must be a number above 0"]],
    [
      "an amount in words",
      least({ least: "5" }),
      ["rules.minimum_play.0.least: it must be a number above 0"],
    ],
    [
      "an amount that is none",
      least({ least: Number.NaN }),
      ["rules.minimum_play.0.least: it must be a number above 0"],
    ],
    ...[["moneyline", "runs"], [["moneyline"]], ["constructor"], "some"].map(
      (market_types): [string, object, readonly string[]] => [
        `market types ${JSON.stringify(market_types)}`,
        least({ market_types }),
        ['rules.minimum_play.0.market_types: it must be "all" or a list of market types'],
      ],
    ),
    [
      "two bands up to the same price",
      deductions([
        { up_to: "1.5", pence: 65 },
        { up_to: "1.50", pence: 60 },
      ]),
      ["rules.deductions.table.1: prices must rise from band to band"],
    ],
  ])("is refused with %s", (_what, section, wanted) => {
    expect(withSection(section)).toEqual(wanted);
  });

  test("is refused without a word on rounding", () => {
    expect(faultsOf({ void_result: "stake_returned" })).toEqual(["rules.rounding: it is missing"]);
  });

  test("may be as large as a number goes, and no larger", () => {
    const cards = (yellow: number, red: number) => ({ card_points: { yellow, red } });
    const rounds = (mma: number) => ({ round_seconds: { mma } });

    expect([withSection(windowOf(8784)), withSection(windowOf(8785)).length]).toEqual([[], 1]);
    expect([withSection(windowOf(0)), withSection(windowOf(0.5)).length]).toEqual([[], 1]);
    expect([withSection(deductions([], 100)), withSection(deductions([], 101)).length]).toEqual([[], 1]);
    expect([withSection(cards(100, 100)), withSection(cards(101, 101)).length]).toEqual([[], 2]);
    expect([withSection(rounds(3600)), withSection(rounds(3601)).length]).toEqual([[], 1]);
    expect([withSection(rounds(1)), withSection(rounds(0)).length]).toEqual([[], 1]);
    expect(withSection(least({ least: 0.5 }))).toEqual([]);
  });

  test("that is refused for one thing is told where each number ends", () => {
    expect(withSection(windowOf(9000))).toEqual([
      "rules.postponed.default.play_within_hours: it must be a whole number from 0 to 8784",
    ]);
  });

  test("says its parts of the pound exactly, and takes either word for when decided markets are paid", () => {
    const rules = readHouseRules({
      ...HOUSE_RULES_1,
      ...deductions(
        [
          { up_to: "1.5", pence: 0 },
          { up_to: "2", pence: 1 },
        ],
        1,
      ),
      decided_markets: "paid_at_the_end",
      overtime: { default: "counts", soccer: "excluded" },
    });

    expect(rules.deductions?.bands.map(({ deduction }) => deduction)).toEqual([
      fraction(0n),
      fraction(1n, 100n),
    ]);
    expect(rules.decidedMarkets).toBe("paid_at_the_end");
    expect([...(rules.overtime?.of ?? [])]).toEqual([["soccer", "excluded"]]);
  });
});
