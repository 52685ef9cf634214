import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  add,
  compare,
  type Fraction,
  fraction,
  multiply,
  ONE,
  roundHalfUp,
  subtract,
  ZERO,
} from "../../src/markets/mod.ts";

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([numerator, denominator]) => fraction(numerator, denominator));

describe("fraction", () => {
  test("is in lowest terms with the sign above", () => {
    expect(fraction(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(fraction(0n, -7n)).toEqual(ZERO);
    expect(fraction(3n, -1n)).toEqual({ numerator: -3n, denominator: 1n });
  });

  test("refuses a zero denominator", () => {
    expect(() => fraction(1n, 0n)).toThrow(RangeError);
  });

  test("obeys the laws of arithmetic without any rounding", () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(a, ONE)).toEqual(a);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
      }),
    );
  });

  test("keeps one tenth three times apart from the floating sum", () => {
    const tenth = fraction(1n, 10n);

    expect(add(add(tenth, tenth), tenth)).toEqual(fraction(3n, 10n));
    expect(0.1 + 0.1 + 0.1).not.toBe(0.3);
  });
});

describe("roundHalfUp", () => {
  test("gives the nearest whole number, an exact half going up", () => {
    const rounded = (numerator: bigint, denominator: bigint): bigint =>
      roundHalfUp(fraction(numerator, denominator));

    expect([rounded(5n, 2n), rounded(7n, 3n), rounded(8n, 3n), rounded(-5n, 2n), rounded(-8n, 3n)]).toEqual([
      3n,
      2n,
      3n,
      -2n,
      -3n,
    ]);
  });

  test("never strays more than a half from its argument", () => {
    fc.assert(
      fc.property(fractions, (value: Fraction) => {
        const distance = subtract(fraction(roundHalfUp(value)), value);
        expect(compare(distance, fraction(1n, 2n))).toBeLessThanOrEqual(0);
        expect(compare(distance, fraction(-1n, 2n))).toBe(1);
      }),
    );
  });
});
