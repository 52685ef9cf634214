/** An exact rational number in lowest terms; the sign is the numerator's, the denominator is above zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The exact number `numerator / denominator`, in lowest terms.
 *
 * @throws {RangeError} If the denominator is zero.
 */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) {
    throw new RangeError(`Cannot make a fraction as its denominator is zero: numerator is ${numerator}`);
  }
  const divisor = greatestCommonDivisor(absolute(numerator), absolute(denominator));
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const HALF: Fraction = { numerator: 1n, denominator: 2n };
export const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** The exact sum. */
export function add(left: Fraction, right: Fraction): Fraction {
  return fraction(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

/** The exact difference, `left − right`. */
export function subtract(left: Fraction, right: Fraction): Fraction {
  return add(left, { numerator: -right.numerator, denominator: right.denominator });
}

/** The exact product. */
export function multiply(left: Fraction, right: Fraction): Fraction {
  return fraction(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** Below zero if `left` is smaller, zero if they are equal, above zero if it is larger. */
export function compare(left: Fraction, right: Fraction): -1 | 0 | 1 {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The nearest whole number; an exact half goes up, towards positive infinity, so −5/2 gives −2. */
export function roundHalfUp(value: Fraction): bigint {
  return floorDivide(2n * value.numerator + value.denominator, 2n * value.denominator);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestCommonDivisor(right, left % right);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
