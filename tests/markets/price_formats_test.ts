import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  add,
  compare,
  type Fraction,
  formatAmericanPrice,
  formatFractionalPrice,
  fraction,
  ONE,
  parseAmericanPrice,
  parseDecimalPrice,
} from "../../src/markets/mod.ts";

const prices = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 7n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([winnings, stake]) => add(ONE, fraction(winnings, stake)));

function decimal(text: string): Fraction {
  const price = parseDecimalPrice(text);
  if (price === undefined) throw new TypeError(`unreadable ${text}`);
  return price;
}

describe("formatAmericanPrice", () => {
  test.each([
    ["2.50", "+150"],
    ["2", "+100"],
    ["1.99", "-102"],
    ["1.90", "-112"],
    ["1.50", "-200"],
    ["1.01", "-10000"],
    ["501", "+50000"],
    ["4.33", "+333"],
  ])("writes decimal %s as %s", (text, american) => {
    expect(formatAmericanPrice(decimal(text))).toBe(american);
  });

  test("gives back every whole number that it reads, evens as +100", () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 999_999 }), fc.constantFrom("+", "-"), (size, sign) => {
        expect(formatAmericanPrice(parseAmericanPrice(`${sign}${size}`) ?? ONE)).toBe(`${sign}${size}`);
      }),
    );
    expect(formatAmericanPrice(parseAmericanPrice("-100") ?? ONE)).toBe("+100");
  });

  test("never promises more than the price pays, and at most one unit less", () => {
    fc.assert(
      fc.property(prices, (price) => {
        fc.pre(compare(price, fraction(5001n, 5000n)) > 0 && compare(price, fraction(9999n)) < 0);
        const shown = formatAmericanPrice(price);
        const promised = parseAmericanPrice(shown) ?? ONE;
        expect(compare(promised, price)).toBeLessThanOrEqual(0);
        const size = Number(shown.slice(1));
        const better = shown.startsWith("-") ? `-${size - 1}` : `+${size + 1}`;
        expect(
          compare(parseAmericanPrice(size === 100 ? "+101" : better) ?? ONE, price),
        ).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("formatFractionalPrice", () => {
  test.each([
    ["1.62", "31/50"],
    ["2.00", "1/1"],
    ["4.33", "333/100"],
    ["30.00", "29/1"],
    ["1.125", "1/8"],
  ])("writes decimal %s as %s", (text, fractional) => {
    expect(formatFractionalPrice(decimal(text))).toBe(fractional);
  });

  test("loses nothing of any price, traded as a fraction, in American or in digits", () => {
    fc.assert(
      fc.property(prices, (price) => {
        const [winnings = "", stake = ""] = formatFractionalPrice(price).split("/");
        expect(add(ONE, fraction(BigInt(winnings), BigInt(stake)))).toEqual(price);
      }),
    );
    expect(formatFractionalPrice(parseAmericanPrice("-110") ?? ONE)).toBe("10/11");
  });
});

test.each([fraction(1n), fraction(1n, 2n), fraction(0n), fraction(-3n)])(
  "no odds are written for %p",
  (price) => {
    expect(() => formatAmericanPrice(price)).toThrow(RangeError);
    expect(() => formatFractionalPrice(price)).toThrow(RangeError);
  },
);
