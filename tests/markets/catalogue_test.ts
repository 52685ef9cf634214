import { describe, expect, test } from "bun:test";
import {
  isOutcomeOf,
  MARKET_TYPES,
  type MarketTypeEntry,
  marketTypeEntry,
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
