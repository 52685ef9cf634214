import type { Pool } from "../pool/mod.ts";
import { tenantOf } from "./directory.ts";
import { TenantUnknownError } from "./errors.ts";
import { selectTenant, updateTenantState } from "./queries.ts";
import type { Tenant } from "./tenant.ts";

export interface TenantStateDeps {
  /** Of a role that may write tenants. */
  readonly pool: Pick<Pool, "lease">;
  readonly at: Date;
}

export interface TenantStateChange {
  readonly tenant: Tenant;
  /** False when it was in that state already. */
  readonly changed: boolean;
}

/**
 * Shows a tenant's visitors nothing from now on: 404 with a problem type of its own. Nothing of it is deleted.
 *
 * @throws {TenantUnknownError}
 * @throws {CommitUnknownError} If the answer was lost; it is safe to ask again.
 */
export function suspendTenant(slug: string, deps: TenantStateDeps): Promise<TenantStateChange> {
  return setState(slug, "suspended", deps);
}

/**
 * Shows a suspended tenant again.
 *
 * @throws {TenantUnknownError}
 * @throws {CommitUnknownError} If the answer was lost; it is safe to ask again.
 */
export function resumeTenant(slug: string, deps: TenantStateDeps): Promise<TenantStateChange> {
  return setState(slug, "active", deps);
}

async function setState(
  slug: string,
  state: Tenant["state"],
  { pool, at }: TenantStateDeps,
): Promise<TenantStateChange> {
  await using lease = await pool.lease({ access: "write" });
  const { connection } = lease;
  const row = await selectTenant(connection, slug);
  if (row === undefined) throw new TenantUnknownError(slug);
  const changed = (await updateTenantState(connection, { tenantId: row.tenant_id, state, at })) > 0;
  await lease.commit();
  return { tenant: { ...tenantOf(row), state }, changed };
}
