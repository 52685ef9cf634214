import { type Fraction, fraction, multiply, ONE, roundHalfUp, subtract } from "../markets/mod.ts";

/** What a bet pays per unit staked if all its legs win: their prices multiplied, exactly. */
export function combinedPrice(prices: readonly Fraction[]): Fraction {
  return prices.reduce(multiply, ONE);
}

/** What a bet returns if all its legs win, stake included: rounded once, as it would be paid. */
export function potentialReturn(stakeMinor: bigint, price: Fraction): bigint {
  return roundHalfUp(multiply(fraction(stakeMinor), price));
}

/** The largest stake whose potential return is within a bound; never below zero. */
export function stakeForReturn(returnMaxMinor: bigint, price: Fraction): bigint {
  return largestStake(returnMaxMinor, price);
}

/** The largest stake by which the house can lose no more than a bound: the potential return less the stake. */
export function stakeForExposure(exposureMaxMinor: bigint, price: Fraction): bigint {
  return largestStake(exposureMaxMinor, subtract(price, ONE));
}

// Halves are rounded up: stake · factor must stay below bound + ½, so the stake is the last whole number before (2 · bound + 1) / (2 · factor).
function largestStake(boundMinor: bigint, { numerator, denominator }: Fraction): bigint {
  const limit = (2n * boundMinor + 1n) * denominator;
  const stake = (limit + 2n * numerator - 1n) / (2n * numerator) - 1n;
  return stake > 0n ? stake : 0n;
}
