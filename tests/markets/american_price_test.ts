import { expect, test } from "bun:test";
import fc from "fast-check";
import { compare, fraction, ONE, parseAmericanPrice, subtract } from "../../src/markets/mod.ts";

test.each([
  ["-110", 21n, 11n],
  ["110", 21n, 10n],
  ["+150", 5n, 2n],
  ["-100", 2n, 1n],
  ["100", 2n, 1n],
  ["-150", 5n, 3n],
  ["-102.5", 81n, 41n],
  ["240", 17n, 5n],
  [" -110 ", 21n, 11n],
])("parseAmericanPrice reads %s as the exact fraction", (text, numerator, denominator) => {
  expect(parseAmericanPrice(text)).toEqual({ numerator, denominator });
});

test.each([
  "",
  "99",
  "-99.9",
  "+099",
  "-099.99",
  "0",
  "1.91",
  "-1.5",
  "1e308",
  "NaN",
  "--110",
  "1000000000",
  "evens",
])("parseAmericanPrice refuses %p", (text) => {
  expect(parseAmericanPrice(text)).toBeUndefined();
});

test("parseAmericanPrice: a favourite stakes its size to win a hundred, an outsider a hundred to win its size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999_999 }), (size) => {
      const favourite = parseAmericanPrice(`-${size}`) ?? ONE;
      const outsider = parseAmericanPrice(`${size}`) ?? ONE;
      expect(compare(subtract(favourite, ONE), fraction(100n, BigInt(size)))).toBe(0);
      expect(compare(subtract(outsider, ONE), fraction(BigInt(size), 100n))).toBe(0);
    }),
  );
});
