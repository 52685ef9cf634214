import type { Connection, Pool } from "../pool/mod.ts";
import { OfferInvalidError, OfferVersionConflictError } from "./errors.ts";
import { offerOf, type TenantOffer } from "./offer.ts";
import type { OfferSettings } from "./offer_contract.ts";
import { readOffer } from "./offer_faults.ts";
import { insertOffer, selectTenantOffer, updateOffer } from "./offer_queries.ts";

export interface OfferToSave {
  readonly tenantId: string;
  /** What to save, whole or in part, made of what is saved now. What it leaves out is as if it had never been set. */
  readonly change: (before: OfferSettings) => unknown;
  /** The version this was made from, 0 when none was saved; without it, whichever is there now. */
  readonly expectedVersion?: number;
}

export interface SaveOfferDeps {
  /** Of a role that may write offers. */
  readonly pool: Pick<Pool, "lease">;
  readonly at: Date;
}

/**
 * Saves a tenant's offer in place of the one before, under the next version. Every machine hears of it with the commit, and bets are
 * taken at the new prices from then on.
 *
 * @throws {OfferInvalidError} Naming every fault; nothing is saved.
 * @throws {OfferVersionConflictError} If the version is another by now.
 * @throws {CommitUnknownError} If the answer was lost; read the version back.
 */
export async function saveOffer(
  { tenantId, change, expectedVersion }: OfferToSave,
  { pool, at }: SaveOfferDeps,
): Promise<TenantOffer> {
  await using lease = await pool.lease({ access: "write", tenantId });
  const { connection } = lease;
  const found = await selectTenantOffer(connection, tenantId);
  const expected = expectedVersion ?? found.version;
  if (found.version !== expected) throw new OfferVersionConflictError({ expected, found: found.version });
  const read = readOffer(change(found.settings));
  if ("faults" in read) throw new OfferInvalidError(read.faults);
  await replace(connection, { tenantId, settings: read.settings, expected, at });
  await lease.commit();
  return offerOf(tenantId, read.settings, expected + 1);
}

/** Optimistic: whoever changed the row since it was read wins, and we say so. */
async function replace(connection: Connection, offer: Parameters<typeof updateOffer>[1]): Promise<void> {
  const { expected, tenantId } = offer;
  const changed =
    expected === 0 ? await insertOffer(connection, offer) : await updateOffer(connection, offer);
  if (changed === 1) return;
  const { version } = await selectTenantOffer(connection, tenantId);
  throw new OfferVersionConflictError({ expected, found: version });
}
