import type { Connection } from "../pool/mod.ts";

export interface BrandingRow {
  readonly tenant_id: string;
  readonly slug: string;
  readonly display_name: string;
  /** `null` while the tenant has saved none, as is `document`. */
  readonly version: bigint | null;
  readonly document: unknown;
}

const SELECT_BRANDINGS = `
  select t.tenant_id, t.slug, t.display_name, b.version, b.document
  from tenants t
  left join branding b on b.tenant_id = t.tenant_id
  where t.tenant_id = any($1::uuid[])`;

/** The brandings of these tenants; one that does not exist has no row. */
export function selectBrandings(
  connection: Connection,
  tenantIds: readonly string[],
): Promise<BrandingRow[]> {
  return connection.query<BrandingRow>(SELECT_BRANDINGS, [tenantIds]);
}
