import { expect, test } from "bun:test";
import fc from "fast-check";
import { type Fraction, fraction, HALF, ONE, ZERO } from "../../src/markets/mod.ts";
import { exactReturn, roundReturn } from "../../src/settlement/mod.ts";

interface Terms {
  readonly result?: 0 | 1;
  readonly voided?: Fraction;
  readonly deadHeat?: Fraction;
  readonly deduction?: Fraction;
}

function returned(stakeMinor: bigint, price: Fraction, terms: Terms = {}): bigint {
  const grade = { result: 1 as const, voided: ZERO, deadHeat: ONE, deduction: ZERO, ...terms };
  return roundReturn(exactReturn(stakeMinor, price, grade));
}

test("a return is what the published rules say, to the minor unit", () => {
  expect(returned(1000n, fraction(195n, 100n))).toBe(1950n);
  expect(returned(1000n, fraction(195n, 100n), { result: 0 })).toBe(0n);
  expect(returned(1000n, fraction(195n, 100n), { result: 0, voided: ONE })).toBe(1000n);
  // Half won and half lost: half the stake back, the other half paid or lost.
  expect(returned(1000n, fraction(195n, 100n), { voided: HALF })).toBe(1475n);
  expect(returned(1000n, fraction(195n, 100n), { result: 0, voided: HALF })).toBe(500n);
  // Two tie for one place at 2.5; three tie for the last of five at 4.0: 400 ÷ 3, not 400 × 0.33.
  expect(returned(5000n, fraction(5n, 2n), { deadHeat: HALF })).toBe(6250n);
  expect(returned(10_000n, fraction(4n), { deadHeat: fraction(1n, 3n) })).toBe(13_333n);
  // A withdrawn runner takes 25 or 80 pence in the pound of the winnings, never of the stake.
  expect(returned(1000n, fraction(9n), { deduction: fraction(1n, 4n) })).toBe(7000n);
  expect(returned(1000n, fraction(9n, 4n), { deduction: fraction(4n, 5n) })).toBe(1250n);
  // −110 and 11/6 are paid exactly, not as the 1.91 and 1.83 that are shown.
  expect(returned(10_000n, fraction(21n, 11n))).toBe(19_091n);
  expect(returned(10_000n, fraction(11n, 6n))).toBe(18_333n);
});

test("a half of a minor unit goes to the player, less than a half to the house", () => {
  expect(returned(1n, fraction(3n, 2n))).toBe(2n);
  expect(returned(3n, fraction(3n, 2n))).toBe(5n);
  expect(returned(1n, fraction(1499n, 1000n))).toBe(1n);
  // The stake of a half-void bet is split exactly: an odd minor unit is not rounded per half.
  expect(returned(1001n, fraction(19n, 10n), { voided: HALF })).toBe(1451n);
});

const price = fc
  .tuple(fc.bigInt(1n, 10n ** 9n), fc.bigInt(1n, 10n ** 6n))
  .map(([over, below]) => fraction(below + over, below));
const part = fc.tuple(fc.bigInt(0n, 20n), fc.bigInt(1n, 20n)).map(([top, more]) => fraction(top, top + more));
const terms = fc.record({
  result: fc.constantFrom(0 as const, 1 as const),
  voided: fc.constantFrom(ZERO, HALF, ONE),
  deadHeat: fc.tuple(fc.bigInt(1n, 20n), fc.bigInt(0n, 20n)).map(([top, more]) => fraction(top, top + more)),
  deduction: part,
});

test("the formula agrees with integers put over one denominator by another route", () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), price, terms, (stake, odds, grade) => {
      const { voided: v, deadHeat: h, deduction: d } = grade;
      // Stake back for the void part; for the rest, if won, stake and kept winnings, shared by h. All over one denominator.
      const below = v.denominator * h.denominator * odds.denominator * d.denominator;
      const refund = v.numerator * h.denominator * odds.denominator * d.denominator;
      const live = v.denominator - v.numerator;
      const kept = d.denominator - d.numerator;
      const profit = odds.numerator - odds.denominator;
      const paid =
        grade.result === 1 ? live * h.numerator * (odds.denominator * d.denominator + profit * kept) : 0n;
      const top = stake * (refund + paid);
      const nearest = top / below + ((top % below) * 2n >= below ? 1n : 0n);

      const exact = exactReturn(stake, odds, grade);

      expect(exact.numerator * below).toBe(top * exact.denominator);
      expect(roundReturn(exact)).toBe(nearest);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test("a return is never below zero, never above stake times price, and grows with the stake", () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), price, terms, (stake, odds, grade) => {
      const now = roundReturn(exactReturn(stake, odds, grade));
      const most = roundReturn(
        exactReturn(stake, odds, { ...grade, result: 1, voided: ZERO, deadHeat: ONE, deduction: ZERO }),
      );

      expect(now >= 0n && now <= most).toBe(true);
      expect(roundReturn(exactReturn(stake + 1n, odds, grade)) >= now).toBe(true);
    }),
    { numRuns: 1000, seed: 8 },
  );
});
