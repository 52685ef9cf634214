import type { RequestedLeg } from "../bets/mod.ts";
import { fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";

const INSERT_TENANT = `
  insert into tenants (tenant_id, slug, display_name, created_at, updated_at)
  values ($1, $2, $3, $4, $4)
  on conflict (slug) do nothing`;

/** Adds a tenant unless its slug is taken. */
export async function insertTenant(
  connection: Connection,
  tenant: {
    readonly tenantId: string;
    readonly slug: string;
    readonly displayName: string;
    readonly at: Date;
  },
): Promise<void> {
  await connection.execute(INSERT_TENANT, [tenant.tenantId, tenant.slug, tenant.displayName, tenant.at]);
}

const SELECT_TENANT_IDS = `
  select tenant_id, slug
  from tenants
  where slug = any($1::text[])`;

export interface TenantIdRow {
  readonly tenant_id: string;
  readonly slug: string;
}

/** The ids of the tenants with these slugs, as far as they exist. */
export function selectTenantIds(connection: Connection, slugs: readonly string[]): Promise<TenantIdRow[]> {
  return connection.query<TenantIdRow>(SELECT_TENANT_IDS, [slugs]);
}

const INSERT_BRANDING = `
  insert into branding (tenant_id, version, document, updated_at)
  values ($1, 1, $2::jsonb, $3)
  on conflict (tenant_id) do nothing`;

/** Saves a tenant's first theme unless it has one. */
export async function insertBranding(
  connection: Connection,
  branding: { readonly tenantId: string; readonly document: object; readonly at: Date },
): Promise<void> {
  await connection.execute(INSERT_BRANDING, [
    branding.tenantId,
    JSON.stringify(branding.document),
    branding.at,
  ]);
}

const SELECT_PLAYER_IDS = `
  select player_id
  from players
  where tenant_id = $1
    and currency = $2
    and state = 'verified'
  order by player_id
  limit $3`;

/** The tenant's oldest verified players with that currency. */
export function selectPlayerIds(
  connection: Connection,
  {
    currency,
    limit,
    tenantId,
  }: { readonly tenantId: string; readonly currency: string; readonly limit: number },
): Promise<{ readonly player_id: string }[]> {
  return connection.query(SELECT_PLAYER_IDS, [tenantId, currency, limit]);
}

const SELECT_BETTABLE = `
  select
    prices.event_id as "eventId",
    prices.book,
    prices.market_type as "marketType",
    prices.period,
    prices.label,
    prices.line_quarters as "lineQuarters",
    prices.outcome,
    prices.price_numerator as "priceNumerator",
    prices.price_denominator as "priceDenominator"
  from events
  join prices on prices.event_id = events.event_id
  where events.status = 'scheduled'
    and events.starts_at > $1
    and events.sport = 'soccer'
    and prices.market_type = '1x2'
    and prices.period = 'regulation'
    and not prices.suspended
  order by events.starts_at, events.event_id, prices.book, prices.outcome
  limit $2`;

type BettableRow = Omit<RequestedLeg, "price"> & {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
};

/** Outcomes of the next matches that may still be bet on, with the prices stored. */
export async function selectBettable(
  connection: Connection,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<RequestedLeg[]> {
  const rows = await connection.query<BettableRow>(SELECT_BETTABLE, [at, limit]);
  return rows.map(({ priceDenominator, priceNumerator, ...leg }) => ({
    ...leg,
    price: fraction(priceNumerator, priceDenominator),
  }));
}
