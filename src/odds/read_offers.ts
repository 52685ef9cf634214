import type { Outcome, Reads } from "../reads/mod.ts";
import { createOfferCodec } from "./codecs.ts";
import type { TenantOffer } from "./offer.ts";
import { selectTenantOffer } from "./offer_queries.ts";

/** What each tenant has set about prices and about what it shows. */
export interface Offers {
  /**
   * The tenant's offer: neutral when it has set nothing, and never a guess.
   *
   * @throws {DatabaseUnavailableError} If it was never loaded: nobody knows then at which prices the tenant offers anything.
   */
  read(tenantId: string): Promise<Outcome<TenantOffer>>;
  /** The tenant's offer was changed, or with `*` any may have been. */
  onChanged(tenantId: string): void;
}

/** Whoever changes an offer is heard; this is for what was not. */
const OFFER_FRESH_MS = 60_000;

/** Opens the offers over the read pipeline: each is read in its own tenant's name. */
export function openOffers({ reads }: { readonly reads: Reads }): Offers {
  const reader = reads.define<TenantOffer>({
    name: "offers",
    freshMs: OFFER_FRESH_MS,
    staleMs: Number.POSITIVE_INFINITY,
    // Small, and without it no price of the tenant can be shown.
    criticality: "live",
    entriesMax: 10_000,
    tenantId: (tenantId) => tenantId,
    load: (tenantId, connection) => selectTenantOffer(connection, tenantId),
    snapshot: createOfferCodec(),
    weigh: ({ settings }) => 1000 + 4 * JSON.stringify(settings).length,
  });
  return {
    read: async (tenantId) => ownOf(tenantId, await reader.read(tenantId)),
    onChanged(tenantId) {
      if (tenantId === "*") reader.expireAll();
      else reader.expire(tenantId);
    },
  };
}

/** Another tenant's margin must never be applied, whatever went wrong before: the value says whose it is. */
function ownOf(tenantId: string, outcome: Outcome<TenantOffer>): Outcome<TenantOffer> {
  if (outcome.value.tenantId === tenantId) return outcome;
  throw new RangeError("Cannot apply the offer as it is another tenant's");
}
