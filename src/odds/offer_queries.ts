import type { Connection } from "../pool/mod.ts";
import { NEUTRAL_SETTINGS, offerOf, type TenantOffer } from "./offer.ts";
import type { OddsFormat, OfferSettings } from "./offer_contract.ts";

interface OfferRow {
  readonly version: bigint;
  readonly margin_bps: number;
  readonly margins: OfferSettings["margins"];
  readonly off_sports: string[];
  readonly off_competitions: string[];
  readonly off_market_types: string[];
  readonly off_books: string[];
  readonly odds_format: OddsFormat;
}

const SELECT_OFFER = `
  select version, margin_bps, margins, off_sports, off_competitions, off_market_types, off_books, odds_format
  from tenant_offers
  where tenant_id = $1`;

/** What the tenant of the transaction has set, or the neutral offer while it has set nothing. */
export async function selectTenantOffer(connection: Connection, tenantId: string): Promise<TenantOffer> {
  const [row] = await connection.query<OfferRow>(SELECT_OFFER, [tenantId]);
  return row === undefined
    ? offerOf(tenantId, NEUTRAL_SETTINGS)
    : offerOf(tenantId, settingsOf(row), Number(row.version));
}

export interface OfferWritten {
  readonly tenantId: string;
  readonly settings: OfferSettings;
  /** 0 for none. */
  readonly expected: number;
  readonly at: Date;
}

const INSERT_OFFER = `
  insert into tenant_offers (
    tenant_id, version, margin_bps, margins, off_sports, off_competitions, off_market_types, off_books,
    odds_format, updated_at
  )
  values ($1, 1, $2, $3::jsonb, $4::text[], $5::text[], $6::text[], $7::text[], $8, $9)
  on conflict (tenant_id) do nothing`;

/** Saves a tenant's first offer; 0 rows when it has one. */
export function insertOffer(
  connection: Connection,
  { tenantId, settings, at }: Omit<OfferWritten, "expected">,
): Promise<number> {
  return connection.execute(INSERT_OFFER, [tenantId, ...columnsOf(settings), at]);
}

const UPDATE_OFFER = `
  update tenant_offers
  set version = version + 1,
      margin_bps = $2,
      margins = $3::jsonb,
      off_sports = $4::text[],
      off_competitions = $5::text[],
      off_market_types = $6::text[],
      off_books = $7::text[],
      odds_format = $8,
      updated_at = $9
  where tenant_id = $1
    and version = $10`;

/** Saves the version after `expected`; 0 rows when another is there. */
export function updateOffer(
  connection: Connection,
  { tenantId, settings, expected, at }: OfferWritten,
): Promise<number> {
  return connection.execute(UPDATE_OFFER, [tenantId, ...columnsOf(settings), at, expected]);
}

export interface UnstoredName {
  readonly kind: "sport" | "competition" | "book";
  readonly name: string;
}

const SELECT_UNSTORED_NAMES = `
  select 'sport' as kind, name
  from unnest($1::text[]) as name
  where not exists (select from events where sport = name)
  union all
  select 'competition', name
  from unnest($2::text[]) as name
  where not exists (select from events where competition_id = name)
  union all
  select 'book', name
  from unnest($3::text[]) as name
  where not exists (select from prices where book = name)`;

/**
 * Names of an offer that nothing stored bears: misspelt, or of what is yet to come. Market types are the catalogue's and cannot be unknown.
 * Reads prices from end to end for each book that has none: for a command, not for a visitor.
 */
export function selectUnstoredNames(
  connection: Connection,
  { margins, off }: OfferSettings,
): Promise<UnstoredName[]> {
  const sports = new Set([...off.sports, ...margins.flatMap(({ sport }) => sport ?? [])]);
  return connection.query<UnstoredName>(SELECT_UNSTORED_NAMES, [[...sports], off.competitions, off.books]);
}

function settingsOf(row: OfferRow): OfferSettings {
  return {
    marginBps: row.margin_bps,
    margins: row.margins,
    off: {
      sports: row.off_sports,
      competitions: row.off_competitions,
      marketTypes: row.off_market_types,
      books: row.off_books,
    },
    oddsFormat: row.odds_format,
  };
}

function columnsOf({ marginBps, margins, off, oddsFormat }: OfferSettings) {
  const { sports, competitions, marketTypes, books } = off;
  return [marginBps, JSON.stringify(margins), sports, competitions, marketTypes, books, oddsFormat];
}
