import type { Connection } from "../pool/mod.ts";

const MAKE_PRICE_HISTORY = `
  select count(*) filter (where make_price_history(day::date))::integer as made
  from generate_series($1::date, $1::date + $2::integer, interval '1 day') as day`;

/** Makes what partitions are missing from `day` (as in 2025-12-31) on, for so many days ahead. Returns how many. */
export async function makePriceHistory(connection: Connection, day: string, ahead: number): Promise<number> {
  const [row] = await connection.query<{ made: number }>(MAKE_PRICE_HISTORY, [day, ahead]);
  return row?.made ?? 0;
}

const DROP_PRICE_HISTORY = "select drop_price_history($1::date) as dropped";

/** Drops the partitions of the days before `day`. Returns how many. */
export async function dropPriceHistory(connection: Connection, day: string): Promise<number> {
  const [row] = await connection.query<{ dropped: number }>(DROP_PRICE_HISTORY, [day]);
  return row?.dropped ?? 0;
}

export interface PriceChangeRow {
  readonly event_id: string;
  readonly book: string;
  readonly market_type: string;
  readonly period: string;
  readonly label: string;
  readonly line_quarters: number | null;
  readonly outcome: string;
  readonly price_numerator: bigint;
  readonly price_denominator: bigint;
  readonly suspended: boolean;
  readonly changed_at: Date;
  readonly source_version: bigint;
}

const SELECT_PRICE_HISTORY = `
  select
    event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended,
    changed_at, source_version
  from price_history
  where event_id = $1
    and changed_at >= $2
  order by changed_at, book, market_type, period, label, line_quarters, outcome
  limit $3`;

/** What was written of the prices of one event since a moment, the oldest first. */
export function selectPriceHistory(
  connection: Connection,
  eventId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<PriceChangeRow[]> {
  return connection.query<PriceChangeRow>(SELECT_PRICE_HISTORY, [eventId, since, limit]);
}
