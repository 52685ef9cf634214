import type { GradedLeg, OpenBet } from "../bets/mod.ts";
import { type Fraction, fraction, multiply, ZERO } from "../markets/mod.ts";
import type { Grade } from "./grade.ts";
import { returnFactor } from "./payout.ts";

/**
 * What a bet returns, exactly, now that one more of its legs is graded; `undefined` while that is not decided. Pure.
 *
 * One lost leg decides it, whatever becomes of the others. Else it is decided when all legs are graded: the factors of its legs
 * multiplied, nothing rounded on the way.
 */
export function decideBet(
  { stakeMinor, price, legCount }: Pick<OpenBet, "stakeMinor" | "price" | "legCount">,
  {
    grade,
    earlier,
  }: { readonly grade: Grade; readonly earlier: readonly Pick<GradedLeg, "price" | "grade">[] },
): Fraction | undefined {
  const factors = [returnFactor(price, grade), ...earlier.map((leg) => returnFactor(leg.price, leg.grade))];
  if (factors.some(({ numerator }) => numerator === 0n)) return ZERO;
  if (factors.length < legCount) return undefined;
  return factors.reduce(multiply, fraction(stakeMinor));
}
