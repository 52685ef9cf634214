import { compare } from "../markets/mod.ts";
import { isBettable } from "./bettable.ts";
import { BetRefusedError } from "./errors.ts";
import type { Offer } from "./offer_queries.ts";
import type { RequestedLeg } from "./request.ts";

/** What the house decides about when a bet may be taken. */
export interface PlacementLimits {
  /** Prices whose source had no good poll for longer than this cannot be bet on. */
  readonly priceAgeMaxMs: number;
}

/**
 * Why a leg is not taken, or `undefined` if it may be. Pure.
 *
 * What ends betting for good is named before what may pass: closed, started, suspended, stale, another price.
 */
export function refusalOf(
  asked: RequestedLeg,
  {
    offer,
    at,
    limits,
  }: { readonly offer: Offer | undefined; readonly at: Date; readonly limits: PlacementLimits },
): BetRefusedError | undefined {
  if (offer === undefined) return new BetRefusedError("selection_unknown");
  if (!isBettable({ ...offer.leg, sport: offer.sport })) return new BetRefusedError("market_not_bettable");
  if (offer.resulted || !["scheduled", "delayed"].includes(offer.status)) {
    return new BetRefusedError("event_closed", { facts: { status: offer.status } });
  }
  if (at >= offer.leg.startsAt) {
    return new BetRefusedError("past_cutoff", { facts: { startsAt: offer.leg.startsAt.toISOString() } });
  }
  if (offer.suspended) return new BetRefusedError("suspended");
  if (offer.lastGoodAt === null || at.getTime() - offer.lastGoodAt.getTime() > limits.priceAgeMaxMs) {
    return new BetRefusedError("price_stale");
  }
  if (compare(offer.leg.price, asked.price) !== 0) {
    return new BetRefusedError("price_changed", {
      facts: { price: `${offer.leg.price.numerator}/${offer.leg.price.denominator}` },
    });
  }
  return undefined;
}
