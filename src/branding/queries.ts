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

const SELECT_BRANDING_VERSION = `
  select version
  from branding
  where tenant_id = $1`;

/** The version saved last; `undefined` while none is. */
export async function selectBrandingVersion(
  connection: Connection,
  tenantId: string,
): Promise<bigint | undefined> {
  const [row] = await connection.query<{ version: bigint }>(SELECT_BRANDING_VERSION, [tenantId]);
  return row?.version;
}

const SELECT_BRANDING_VERSIONS = `
  select tenant_id, version
  from branding`;

/** The versions of all brands that are saved. */
export function selectBrandingVersions(
  connection: Connection,
): Promise<{ readonly tenant_id: string; readonly version: bigint }[]> {
  return connection.query(SELECT_BRANDING_VERSIONS);
}

const SELECT_BETTING = `
  select document -> 'betting' as betting
  from branding
  where tenant_id = $1`;

/** What the saved brand says of betting, unchecked; `undefined` while none is saved. */
export async function selectBetting(connection: Connection, tenantId: string): Promise<unknown> {
  const [row] = await connection.query<{ readonly betting: unknown }>(SELECT_BETTING, [tenantId]);
  return row?.betting;
}

interface BrandingWritten {
  readonly tenantId: string;
  /** JSON. */
  readonly document: string;
  readonly at: Date;
}

const INSERT_BRANDING = `
  insert into branding (tenant_id, version, document, updated_at)
  values ($1, 1, $2::jsonb, $3)
  on conflict (tenant_id) do nothing`;

/** Saves a tenant's first brand; 0 rows when it has one. */
export function insertBranding(
  connection: Connection,
  { tenantId, document, at }: BrandingWritten,
): Promise<number> {
  return connection.execute(INSERT_BRANDING, [tenantId, document, at]);
}

const UPDATE_BRANDING = `
  update branding
  set version = version + 1, document = $3::jsonb, updated_at = $4
  where tenant_id = $1
    and version = $2`;

/** Saves the version after `expected`; 0 rows when another is there. */
export function updateBranding(
  connection: Connection,
  { tenantId, expected, document, at }: BrandingWritten & { readonly expected: bigint },
): Promise<number> {
  return connection.execute(UPDATE_BRANDING, [tenantId, expected, document, at]);
}

export interface TermsRow {
  readonly currency: string | null;
  /** As it was saved; `null` when it was not. */
  readonly compliance: unknown;
}

const SELECT_TERMS = `
  select document -> 'betting' ->> 'currency' as currency, document -> 'compliance' as compliance
  from branding
  where tenant_id = $1`;

/** What a tenant's brand says of money; `undefined` while none is saved. */
export async function selectTerms(connection: Connection, tenantId: string): Promise<TermsRow | undefined> {
  const [row] = await connection.query<TermsRow>(SELECT_TERMS, [tenantId]);
  return row;
}

const SELECT_ACTIVE_TERMS = `
  select
    tenants.slug,
    branding.document -> 'betting' ->> 'currency' as currency,
    branding.document -> 'compliance' as compliance
  from tenants
  left join branding using (tenant_id)
  where tenants.state = 'active'
  order by tenants.slug`;

/** The same of every active tenant. */
export function selectActiveTerms(connection: Connection): Promise<(TermsRow & { readonly slug: string })[]> {
  return connection.query(SELECT_ACTIVE_TERMS);
}
