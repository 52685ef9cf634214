import { isEventOff, isMarketOff, priceFor, type TenantOffer } from "../odds/mod.ts";
import type { Offer } from "./offer_queries.ts";

/**
 * What is stored, as the tenant offers it: by the very rules by which its prices are shown, so that the price shown is the price bet
 * on. Pure.
 *
 * @returns `undefined` for what the tenant does not show; suspended where its margin leaves nothing to win.
 */
export function offeredBy({ profile, switches }: TenantOffer, stored: Offer | undefined): Offer | undefined {
  if (stored === undefined || isEventOff(switches, stored) || isMarketOff(switches, stored.leg))
    return undefined;
  const { leg, sport } = stored;
  const price = priceFor(profile, { sport, marketType: leg.marketType }, leg.price);
  return price === undefined ? { ...stored, suspended: true } : { ...stored, leg: { ...leg, price } };
}
