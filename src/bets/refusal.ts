import type { Fraction } from "../markets/mod.ts";
import { isSuspended, type SuspensionScope } from "../odds/mod.ts";
import type { BetLeg, BetTerms } from "./bet.ts";
import { isBettable } from "./bettable.ts";
import { BetRefusedError, type LegRefusalCode } from "./errors.ts";
import type { Offer } from "./offer_queries.ts";
import { isPriceAccepted } from "./price_change.ts";
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
  readonly terms: BetTerms;
  /** Of the house rules that the bet is frozen with. */
  readonly rulesVersion: number;
}

export interface LegRefusal {
  readonly code: LegRefusalCode;
  readonly facts?: Readonly<Record<string, string>>;
  readonly price?: Fraction;
}

/**
 * Why a leg is not taken, or `undefined` if it may be. Pure.
 *
 * What ends betting for good is named before what may pass: closed, started, suspended, stale, another price.
 */
export function refusalOf(
  asked: RequestedLeg,
  { offer, suspensions, at, limits, terms, rulesVersion }: Circumstances,
): LegRefusal | undefined {
  if (offer === undefined) return { code: "selection_unknown" };
  if (!isBettable({ ...offer.leg, sport: offer.sport, source: offer.source, rulesVersion }))
    return { code: "market_not_bettable" };
  if (offer.resulted || !["scheduled", "delayed"].includes(offer.status)) {
    return { code: "offline_event", facts: { eventStatus: offer.status } };
  }
  if (at >= offer.leg.startsAt) {
    return { code: "past_cutoff_time", facts: { startsAt: offer.leg.startsAt.toISOString() } };
  }
  const { price } = offer.leg;
  const stopped = isSuspended({ ...offer.leg, source: offer.source }, suspensions);
  if (offer.suspended || offer.silentSince !== null || stopped) return { code: "betting_suspended" };
  if (offer.lastGoodAt === null || at.getTime() - offer.lastGoodAt.getTime() > limits.priceAgeMaxMs) {
    return { code: "price_stale" };
  }
  if (!isPriceAccepted(terms, { shown: asked.price, offered: price })) return { code: "line_changed", price };
  return undefined;
}

/**
 * The legs as they are offered, to be frozen. Pure.
 *
 * @throws {BetRefusedError} With the code of the one leg that cannot be taken, or `invalid_legs` if several cannot; all legs are named.
 */
export function judgeLegs(
  asked: readonly RequestedLeg[],
  { offers, ...rest }: Omit<Circumstances, "offer"> & { readonly offers: readonly (Offer | undefined)[] },
): BetLeg[] {
  const judged = asked.map((leg, index) => {
    const offer = offers[index];
    return { leg, index, offer, refusal: refusalOf(leg, { ...rest, offer }) };
  });
  const refused = judged.flatMap(({ refusal }) => refusal ?? []);
  const [first] = refused;
  if (first === undefined) return judged.flatMap(({ offer }) => offer?.leg ?? []);
  const legs = judged.map(({ leg, index, offer, refusal }) => ({
    legNumber: index + 1,
    eventId: leg.eventId,
    code: refusal?.code ?? null,
    ...(offer !== undefined && { price: offer.leg.price }),
  }));
  if (refused.length > 1) throw new BetRefusedError("invalid_legs", { legs });
  throw new BetRefusedError(first.code, { legs, ...(first.facts && { facts: first.facts }) });
}
