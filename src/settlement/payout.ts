import { add, type Fraction, fraction, multiply, ONE, roundHalfUp, subtract } from "../markets/mod.ts";
import type { Grade } from "./grade.ts";

/**
 * What one outcome returns per unit staked, exactly: v + (1 − v) · r · h · (1 + (price − 1)(1 − d)).
 *
 * v, r and h are Sportradar's settlement fields, d the deduction from winnings (Rule 4).
 */
export function returnFactor(price: Fraction, grade: Omit<Grade, "reason">): Fraction {
  const winnings = multiply(subtract(price, ONE), subtract(ONE, grade.deduction));
  const paid = multiply(multiply(fraction(BigInt(grade.result)), grade.deadHeat), add(ONE, winnings));
  return add(grade.voided, multiply(subtract(ONE, grade.voided), paid));
}

/** What a stake in minor units returns, exactly: a fraction of a minor unit is kept until the one rounding. */
export function exactReturn(stakeMinor: bigint, price: Fraction, grade: Omit<Grade, "reason">): Fraction {
  return multiply(fraction(stakeMinor), returnFactor(price, grade));
}

/** The nearest minor unit, halves to the player: rounded here and nowhere else. */
export function roundReturn(exact: Fraction): bigint {
  return roundHalfUp(exact);
}
