import type { TenantRow } from "./queries.ts";
import { isTenantSlug, type Tenant } from "./tenant.ts";

/** Who exists, under which names: one immutable value, replaced whole. */
export interface Directory {
  readonly bySlug: ReadonlyMap<string, Tenant>;
  readonly byHost: ReadonlyMap<string, Tenant>;
  readonly byId: ReadonlyMap<string, Tenant>;
  /** Slugs in the table that paths need for themselves: their tenants cannot be reached. */
  readonly refused: readonly string[];
}

/** The directory of these rows. */
export function buildDirectory(rows: readonly TenantRow[]): Directory {
  const tenants = rows.filter((row) => isTenantSlug(row.slug)).map(tenantOf);
  return Object.freeze({
    bySlug: new Map(tenants.map((tenant) => [tenant.slug, tenant])),
    byHost: new Map(tenants.flatMap((tenant) => tenant.hosts.map((host) => [host, tenant] as const))),
    byId: new Map(tenants.map((tenant) => [tenant.tenantId, tenant])),
    refused: rows.filter((row) => !isTenantSlug(row.slug)).map((row) => row.slug),
  });
}

function tenantOf(row: TenantRow): Tenant {
  return Object.freeze({
    tenantId: row.tenant_id,
    slug: row.slug,
    displayName: row.display_name,
    state: row.state,
    hosts: Object.freeze([...row.hosts]),
  });
}
