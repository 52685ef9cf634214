import { compare, type Fraction, fraction, ONE, roundHalfUp, subtract } from "./fraction.ts";

// Twelve digits each way: no bookmaker writes more, and numerator and denominator stay within Postgres's bigint.
const DECIMAL = /^(\d{1,6})(?:\.(\d{1,6}))?$/;
const PLACES_SHOWN_MAX = 6;

/** The exact price behind a source's decimal digits, "1.62" being 81/50; `undefined` if the text is no decimal number. */
export function parseDecimalPrice(text: string): Fraction | undefined {
  const [, whole, decimals = ""] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

const AMERICAN = /^([+-]?)(\d{3,6})(?:\.(\d{1,2}))?$/;

/**
 * The exact price behind American digits, "-110" being 21/11 (110 wins 100) and "+150" 5/2; `undefined` if the text is no such
 * number. The least there is, 100 of either sign, is evens.
 */
export function parseAmericanPrice(text: string): Fraction | undefined {
  const [, sign, whole, decimals = ""] = AMERICAN.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const scale = 10n ** BigInt(decimals.length);
  const [size, hundred] = [BigInt(whole + decimals), 100n * scale];
  if (size < hundred) return undefined;
  return sign === "-" ? fraction(size + hundred, size) : fraction(size + hundred, hundred);
}

/** Whether a price offers anything: at 1 or below, a winner is not paid more than the stake. */
export function offersWinnings(price: Fraction): boolean {
  return compare(price, ONE) > 0;
}

/** Decimal digits for people, at least two places: exact up to six, beyond that to the nearest ("21/11" shows as "1.909091"). */
export function formatDecimalPrice(price: Fraction): string {
  const scaled = roundHalfUp(fraction(price.numerator * 10n ** BigInt(PLACES_SHOWN_MAX), price.denominator));
  const digits = scaled.toString().padStart(PLACES_SHOWN_MAX + 1, "0");
  const decimals = digits.slice(-PLACES_SHOWN_MAX).replace(/0{1,4}$/, "");
  return `${digits.slice(0, -PLACES_SHOWN_MAX)}.${decimals}`;
}

/**
 * American odds for people: what a hundred wins ("+150"), or what must be staked to win a hundred ("-162"). Rounded to whole units so
 * that the text never promises more than the price pays; what `parseAmericanPrice` reads from whole units comes back the same,
 * save that evens is always "+100".
 *
 * @throws {RangeError} If the price offers no winnings.
 */
export function formatAmericanPrice(price: Fraction): string {
  const { numerator, denominator } = winningsOf(price);
  if (numerator >= denominator) return `+${(100n * numerator) / denominator}`;
  return `-${(100n * denominator + numerator - 1n) / numerator}`;
}

/**
 * Fractional odds for people: winnings to stake in lowest terms, exactly ("31/50"; evens is "1/1").
 *
 * @throws {RangeError} If the price offers no winnings.
 */
export function formatFractionalPrice(price: Fraction): string {
  const { numerator, denominator } = winningsOf(price);
  return `${numerator}/${denominator}`;
}

/** What one unit staked wins beside itself. */
function winningsOf(price: Fraction): Fraction {
  const winnings = subtract(price, ONE);
  if (winnings.numerator > 0n) return winnings;
  throw new RangeError(
    `Cannot write a price as odds as it offers no winnings: it is ${price.numerator}/${price.denominator}`,
  );
}

/** What a book's prices of one complete market add up to: 1.05 is a margin of five per cent. Approximate, for bounds alone. */
export function overround(prices: readonly Fraction[]): number {
  return prices.reduce((sum, { numerator, denominator }) => sum + Number(denominator) / Number(numerator), 0);
}
