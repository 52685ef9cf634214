import { add, type Fraction, fraction, multiply, ONE, roundHalfUp, subtract } from "../markets/mod.ts";
import type { Grade } from "./graders/mod.ts";

/** What pays: a grade without its reason. */
export type Factors = Omit<Grade, "reason">;

/** A leg that is decided. */
export interface GradedLeg {
  readonly price: Fraction;
  readonly grade: Factors;
}

/** What one stake makes, exactly and in whole minor units. */
export interface Return {
  readonly exact: Fraction;
  readonly returnMinor: bigint;
}

/**
 * What one outcome returns per unit staked, exactly: v + (1 − v) · r · h · (1 + (price − 1)(1 − d)).
 *
 * v, r and h are Sportradar's settlement fields, d the deduction from winnings (Rule 4).
 */
export function returnFactor(price: Fraction, grade: Factors): Fraction {
  const winnings = multiply(subtract(price, ONE), subtract(ONE, grade.deduction));
  const paid = multiply(multiply(fraction(BigInt(grade.result)), grade.deadHeat), add(ONE, winnings));
  return add(grade.voided, multiply(subtract(ONE, grade.voided), paid));
}

/**
 * What an accumulator returns per unit staked, exactly: its legs' factors multiplied. A void leg counts 1, a half-won one half of its
 * winnings, and one that is lost makes it nothing.
 */
export function accumulatorFactor(legs: readonly GradedLeg[]): Fraction {
  return legs.reduce((product, { price, grade }) => multiply(product, returnFactor(price, grade)), ONE);
}

/** What a stake in minor units returns, exactly: a fraction of a minor unit is kept until the one rounding. */
export function exactReturn(stakeMinor: bigint, price: Fraction, grade: Factors): Fraction {
  return multiply(fraction(stakeMinor), returnFactor(price, grade));
}

/** What a bet of one line returns: a single, or an accumulator of several legs. */
export function returnOf(stakeMinor: bigint, legs: readonly GradedLeg[]): Return {
  const exact = multiply(fraction(stakeMinor), accumulatorFactor(legs));
  return { exact, returnMinor: roundReturn(exact) };
}

/** The nearest minor unit, halves to the player: rounded here and nowhere else. */
export function roundReturn(exact: Fraction): bigint {
  return roundHalfUp(exact);
}

/** Whether some legs alone have lost an accumulator, whatever becomes of those that are still open. */
export function isLostAlready(graded: readonly GradedLeg[]): boolean {
  return graded.some(({ price, grade }) => returnFactor(price, grade).numerator === 0n);
}

/** What a bet of so many legs has come to: lost, as soon as one of them is; else open until every leg is graded. */
export function returnSoFar(
  stakeMinor: bigint,
  { graded, legCount }: { readonly graded: readonly GradedLeg[]; readonly legCount: number },
): Return | "open" {
  if (isLostAlready(graded)) return { exact: fraction(0n), returnMinor: 0n };
  return graded.length < legCount ? "open" : returnOf(stakeMinor, graded);
}
