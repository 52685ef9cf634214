import type { Connection } from "../pool/mod.ts";

export interface TenantRow {
  readonly tenant_id: string;
  readonly slug: string;
  readonly display_name: string;
  readonly state: "active" | "suspended";
  readonly hosts: readonly string[];
}

const SELECT_TENANTS = `
  select t.tenant_id, t.slug, t.display_name, t.state,
    array(select h.host from tenant_hosts h where h.tenant_id = t.tenant_id order by h.host) as hosts
  from tenants t
  order by t.slug`;

/** Every tenant, suspended ones too. */
export function selectTenants(connection: Connection): Promise<TenantRow[]> {
  return connection.query<TenantRow>(SELECT_TENANTS);
}

const SELECT_TENANT = `
  select t.tenant_id, t.slug, t.display_name, t.state,
    array(select h.host from tenant_hosts h where h.tenant_id = t.tenant_id order by h.host) as hosts
  from tenants t
  where t.slug = $1`;

/** The tenant of a slug, if there is one. */
export async function selectTenant(connection: Connection, slug: string): Promise<TenantRow | undefined> {
  const [row] = await connection.query<TenantRow>(SELECT_TENANT, [slug]);
  return row;
}

const INSERT_TENANT = `
  insert into tenants (tenant_id, slug, display_name, state, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $5)`;

/** Adds a tenant; 23505 when its slug is taken. */
export async function insertTenant(
  connection: Connection,
  {
    tenantId,
    slug,
    displayName,
    state,
    at,
  }: {
    readonly tenantId: string;
    readonly slug: string;
    readonly displayName: string;
    readonly state: string;
    readonly at: Date;
  },
): Promise<void> {
  await connection.execute(INSERT_TENANT, [tenantId, slug, displayName, state, at]);
}

const INSERT_TENANT_HOST = `
  insert into tenant_hosts (tenant_id, host)
  values ($1, $2)`;

/** Adds a host; 23505 when it is taken. */
export async function insertTenantHost(
  connection: Connection,
  { tenantId, host }: { readonly tenantId: string; readonly host: string },
): Promise<void> {
  await connection.execute(INSERT_TENANT_HOST, [tenantId, host]);
}

const UPDATE_TENANT_STATE = `
  update tenants
  set state = $2, updated_at = $3
  where tenant_id = $1
    and state <> $2`;

/** Puts a tenant into a state; 0 rows when it is in it. */
export function updateTenantState(
  connection: Connection,
  { tenantId, state, at }: { readonly tenantId: string; readonly state: string; readonly at: Date },
): Promise<number> {
  return connection.execute(UPDATE_TENANT_STATE, [tenantId, state, at]);
}
