import type { TestDatabase } from "../harness/mod.ts";

/** A tenant as a test wants it. */
export interface TenantWanted {
  readonly slug: string;
  readonly displayName?: string;
  readonly state?: "active" | "suspended";
  readonly hosts?: readonly string[];
  /** Saved as its branding, however odd; none is saved when it is left out. */
  readonly document?: unknown;
}

const AT = new Date(Date.UTC(2025, 8, 19, 12));

/** Saves a tenant as its owner would, and gives its id. */
export async function arrangeTenant(database: TestDatabase, wanted: TenantWanted): Promise<string> {
  const { slug, displayName = slug.toUpperCase(), state = "active", hosts = [], document } = wanted;
  const tenantId = Bun.randomUUIDv7();
  await database.owner(
    `insert into tenants (tenant_id, slug, display_name, state, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)`,
    [tenantId, slug, displayName, state, AT],
  );
  for (const host of hosts) {
    await database.owner(`insert into tenant_hosts (host, tenant_id) values ($1, $2)`, [host, tenantId]);
  }
  if (document !== undefined) {
    await database.owner(
      `insert into branding (tenant_id, version, document, updated_at) values ($1, 1, $2, $3)`,
      [tenantId, JSON.stringify(document), AT],
    );
  }
  return tenantId;
}

/** Lays a change over a saved brand, as an operator's SQL would. */
export async function changeBrand(database: TestDatabase, tenantId: string, change: unknown): Promise<void> {
  await database.owner(
    `update branding set document = document || $2::jsonb, version = version + 1 where tenant_id = $1`,
    [tenantId, JSON.stringify(change)],
  );
}
