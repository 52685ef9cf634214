import { describe, expect, test } from "bun:test";
import { MARKET_TYPES, marketTypeEntry, UNKNOWN_MARKET_TYPE } from "../../src/markets/mod.ts";

describe("marketTypeEntry", () => {
  test("knows nothing of what is unknown, nor of what every object inherits", () => {
    expect(marketTypeEntry(UNKNOWN_MARKET_TYPE)).toBeUndefined();
    expect(marketTypeEntry("constructor")).toBeUndefined();
  });

  test("names a handicap's outcomes by side and gives every type distinct outcomes", () => {
    for (const [marketType, { outcomes }] of Object.entries(MARKET_TYPES)) {
      expect(marketTypeEntry(marketType)?.outcomes).toEqual(outcomes);
      if (outcomes !== "score") expect(new Set<string>(outcomes).size).toBe(outcomes.length);
    }
    expect(marketTypeEntry("half_time_full_time")?.outcomes).toHaveLength(9);
  });
});
