import { compare } from "../markets/mod.ts";
import { isSuspended, type SuspensionScope } from "../odds/mod.ts";
import { isBettable } from "./bettable.ts";
import { BetRefusedError } from "./errors.ts";
import type { Offer } from "./offer_queries.ts";
import type { RequestedLeg } from "./request.ts";

/** What the house decides about when a bet may be taken. */
export interface PlacementLimits {
  /** Prices whose source had no good poll for longer than this cannot be bet on. */
  readonly priceAgeMaxMs: number;
}

/** All that a leg is held against. */
export interface Circumstances {
  readonly offer: Offer | undefined;
  /** Traders' suspensions in force for the tenant. */
  readonly suspensions: readonly SuspensionScope[];
  /** The moment of the placement. */
  readonly at: Date;
  readonly limits: PlacementLimits;
}

/**
 * Why a leg is not taken, or `undefined` if it may be. Pure.
 *
 * What ends betting for good is named before what may pass: closed, started, suspended, stale, another price.
 */
export function refusalOf(
  asked: RequestedLeg,
  { offer, suspensions, at, limits }: Circumstances,
): BetRefusedError | undefined {
  if (offer === undefined) return new BetRefusedError("selection_unknown");
  if (!isBettable({ ...offer.leg, sport: offer.sport, source: offer.source }))
    return new BetRefusedError("market_not_bettable");
  if (offer.resulted || !["scheduled", "delayed"].includes(offer.status)) {
    return new BetRefusedError("event_closed", { facts: { status: offer.status } });
  }
  if (at >= offer.leg.startsAt) {
    return new BetRefusedError("past_cutoff", { facts: { startsAt: offer.leg.startsAt.toISOString() } });
  }
  const stopped = isSuspended({ ...offer.leg, source: offer.source }, suspensions);
  if (offer.suspended || offer.silentSince !== null || stopped) return new BetRefusedError("suspended");
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
