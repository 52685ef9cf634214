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
