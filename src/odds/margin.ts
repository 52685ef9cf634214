import { type Fraction, fraction } from "../markets/mod.ts";
import { marginBpsOf, type OfferProfile } from "./offer.ts";

/** A basis point is a ten-thousandth. */
const BPS = 10_000n;
/** Prices with a margin are whole hundredths: what is shown in decimal is then exactly what is offered. */
const TICKS = 100n;

/**
 * A price less the house's margin: `floor₁₀₀( 1 + (price − 1) × (1 − margin) )`, in exact arithmetic.
 *
 * The margin is taken from what a winner would win, not from the stake, so that no favourite is priced out by the formula itself; the
 * result is rounded down to a whole hundredth, against nobody's expectation of what is on the screen. Never above the price it is made
 * of, and never the other way round for two prices. Without a margin it is the price itself, however fine.
 *
 * @param marginBps Basis points, 0 to 10,000.
 * @returns `undefined` if nothing is left to win: the price is then shown suspended.
 */
export function withMargin(price: Fraction, marginBps: number): Fraction | undefined {
  if (marginBps === 0) return price;
  // In whole numbers, reduced once at the end: this runs for every price of a board.
  const { numerator, denominator } = price;
  const won = ((numerator - denominator) * (BPS - BigInt(marginBps)) * TICKS) / (denominator * BPS);
  return won > 0n ? fraction(TICKS + won, TICKS) : undefined;
}

/** The price at which a tenant with this profile offers a selection, shown and bet on alike; `undefined` if it offers none. */
export function priceFor(
  profile: OfferProfile,
  market: { readonly sport: string; readonly marketType: string },
  price: Fraction,
): Fraction | undefined {
  return withMargin(price, marginBpsOf(profile, market));
}
