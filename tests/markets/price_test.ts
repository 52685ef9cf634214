import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  compare,
  formatDecimalPrice,
  fraction,
  offersWinnings,
  overround,
  parseDecimalPrice,
} from "../../src/markets/mod.ts";

const decimals = fc
  .tuple(
    fc.integer({ min: 0, max: 999_999 }),
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 0, max: 999_999 }),
  )
  .map(([whole, places, digits]) => ({ whole, places, digits: digits % 10 ** places }))
  .map(({ whole, places, digits }) =>
    places === 0 ? `${whole}` : `${whole}.${String(digits).padStart(places, "0")}`,
  );

describe("parseDecimalPrice", () => {
  test("keeps the source's digits exactly", () => {
    expect(parseDecimalPrice("1.62")).toEqual({ numerator: 81n, denominator: 50n });
    expect(parseDecimalPrice("101.00")).toEqual({ numerator: 101n, denominator: 1n });
    expect(parseDecimalPrice(" 1.62 ")).toEqual({ numerator: 81n, denominator: 50n });
    expect(parseDecimalPrice("3")).toEqual({ numerator: 3n, denominator: 1n });
  });

  test.each(["", "-", "1,62", "1.", ".5", "1e3", "-1.5", "1.2.3", "NaN", "0x10", "9999999.0"])(
    "reads nothing into %p",
    (text) => {
      expect(parseDecimalPrice(text)).toBeUndefined();
    },
  );

  test("reads every decimal so that its value is the digits over their power of ten", () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const places = text.split(".")[1]?.length ?? 0;
        const price = parseDecimalPrice(text);
        expect(price).toEqual(fraction(BigInt(text.replace(".", "")), 10n ** BigInt(places)));
      }),
    );
  });
});

describe("formatDecimalPrice", () => {
  test("shows at least two places and never loses a digit of the source", () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const price = parseDecimalPrice(text);
        if (price === undefined) throw new TypeError(`unreadable ${text}`);
        const shown = formatDecimalPrice(price);
        expect(shown).toMatch(/^\d+\.\d{2,6}$/);
        expect(parseDecimalPrice(shown)).toEqual(price);
      }),
    );
  });

  test("rounds what has no end to the nearest", () => {
    expect(formatDecimalPrice(fraction(21n, 11n))).toBe("1.909091");
    expect(formatDecimalPrice(fraction(9n, 4n))).toBe("2.25");
    expect(formatDecimalPrice(fraction(1n, 10n))).toBe("0.10");
  });
});

describe("offersWinnings", () => {
  test("holds only above one, by the smallest step too", () => {
    expect(offersWinnings(fraction(1n))).toBe(false);
    expect(offersWinnings(fraction(1_000_001n, 1_000_000n))).toBe(true);
    expect(offersWinnings(fraction(0n))).toBe(false);
  });

  test("agrees with the digits", () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const price = parseDecimalPrice(text);
        if (price === undefined) throw new TypeError(`unreadable ${text}`);
        expect(offersWinnings(price)).toBe(compare(price, fraction(1n)) === 1);
        expect(offersWinnings(price)).toBe(Number(text) > 1);
      }),
    );
  });
});

test("overround adds the reciprocals", () => {
  expect(overround([fraction(2n), fraction(2n)])).toBe(1);
  expect(overround([fraction(225n, 100n), fraction(37n, 10n), fraction(3n)])).toBeCloseTo(1.048, 3);
});
