import type { Connection } from "../pool/mod.ts";
import { tenantOf } from "./directory.ts";
import { TenantUnknownError } from "./errors.ts";
import { selectTenant, selectTenants } from "./queries.ts";
import type { Tenant } from "./tenant.ts";

/** Every tenant as it is saved, by slug, also those that paths cannot reach. */
export async function listTenants(connection: Connection): Promise<Tenant[]> {
  return (await selectTenants(connection)).map(tenantOf);
}

/**
 * The tenant of that slug as it is saved.
 *
 * @throws {TenantUnknownError}
 */
export async function findTenant(connection: Connection, slug: string): Promise<Tenant> {
  const row = await selectTenant(connection, slug);
  if (row === undefined) throw new TenantUnknownError(slug);
  return tenantOf(row);
}
