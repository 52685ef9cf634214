import type { Connection } from "../pool/mod.ts";
import { columnsOf, type PriceWords } from "./price_words.ts";
import type { WriteStamp } from "./queries.ts";

// Only what is written under this setting leaves the digests of events as they are: migration 0010.
const BEGIN_PRICE_WRITING = "select set_config('app.price_writer', 'feeds', true)";

/**
 * Says of the rest of the transaction that it looks after `events.prices_digest` itself: it writes prices as a snapshot has them, or
 * sets the digest to null. Whoever writes prices without saying so makes the digests of all events forgotten.
 */
export async function beginPriceWriting(connection: Connection): Promise<void> {
  await connection.query(BEGIN_PRICE_WRITING);
}

const PRICE_WORDS = `
  concat_ws(E'\\x1f', coalesce(line_quarters::text, ''), book, market_type, period, label, outcome, price_numerator,
    price_denominator, case when suspended then 't' else 'f' end)`;

const SELECT_PRICE_WORDS = `
  select event_id, ${PRICE_WORDS} as words
  from prices
  where event_id = any ($1::uuid[])`;

export interface PriceWordsRow {
  readonly event_id: string;
  readonly words: PriceWords;
}

/** Every stored price of these events, in words. */
export function selectPriceWords(
  connection: Connection,
  eventIds: readonly string[],
): Promise<PriceWordsRow[]> {
  return connection.query<PriceWordsRow>(SELECT_PRICE_WORDS, [eventIds]);
}

const COPY_PRICES = `
  copy prices (
    event_id, line_quarters, book, market_type, period, label, outcome, price_numerator, price_denominator, suspended,
    updated_at)
  from stdin with (delimiter E'\\x1f')`;

/** Inserts prices of which none is stored, as `copyLine` writes them. Returns how many. */
export function copyPrices(connection: Connection, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  return connection.copyIn(COPY_PRICES, chunks);
}

/** What a price is, in the tables `prices` and `price_history` alike. */
export const PRICE_COLUMNS = `
  event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended`;

const HISTORY_OF_NEW = `
  insert into price_history (${PRICE_COLUMNS}, changed_at, source_version)
  select ${PRICE_COLUMNS}, $2, $3
  from prices
  where event_id = any ($1::uuid[])
    and keeps_price_history($2)`;

/** Begins the history of events whose prices were all inserted just now. */
export async function insertHistoryOfNew(
  connection: Connection,
  eventIds: readonly string[],
  { at, version }: WriteStamp,
): Promise<void> {
  await connection.execute(HISTORY_OF_NEW, [eventIds, at, version]);
}

const UPSERT_PRICES = `
  with written as (
    insert into prices (
      event_id, line_quarters, book, market_type, period, label, outcome, price_numerator, price_denominator, suspended,
      updated_at)
    select
      event_id, line_quarters, book, market_type, period, label, outcome, price_numerator, price_denominator, suspended,
      $1
    from unnest(
      $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[],
      $11::bigint[], $12::boolean[])
      as incoming (
        event_id, line_quarters, book, market_type, period, label, outcome, price_numerator, price_denominator,
        suspended)
    on conflict (event_id, book, market_type, period, label, line_quarters, outcome) do update
    set price_numerator = excluded.price_numerator,
        price_denominator = excluded.price_denominator,
        suspended = excluded.suspended,
        updated_at = excluded.updated_at
    returning ${PRICE_COLUMNS}
  ), kept as (
    insert into price_history (${PRICE_COLUMNS}, changed_at, source_version)
    select ${PRICE_COLUMNS}, $1, $2
    from written
    where keeps_price_history($1)
  )
  select count(*)::integer as rows
  from written`;

export interface ChangedPrice {
  readonly eventId: string;
  readonly words: PriceWords;
}

/** Inserts prices or replaces what changed of them. At most 5,000 rows: larger statements hold up the event loop. */
export async function upsertPrices(
  connection: Connection,
  changes: readonly ChangedPrice[],
  { at, version }: WriteStamp,
): Promise<number> {
  const { lines, others } = columnsOf(changes.map(({ words }) => words));
  const eventIds = changes.map(({ eventId }) => eventId);
  const [row] = await connection.query<{ rows: number }>(UPSERT_PRICES, [
    at,
    version,
    eventIds,
    lines,
    ...others,
  ]);
  return row?.rows ?? 0;
}

const LOCK_ABSENT_EVENTS = `
  select event_id
  from events
  where source = $1
    and event_id <> all ($2::uuid[])
    and exists (select from prices where prices.event_id = events.event_id and not suspended)
  order by event_id
  for no key update`;

/** The events the source no longer names that are still offered, locked as everybody locks an event: before its prices. */
export async function lockAbsentEvents(
  connection: Connection,
  source: string,
  named: readonly string[],
): Promise<string[]> {
  const rows = await connection.query<{ event_id: string }>(LOCK_ABSENT_EVENTS, [source, named]);
  return rows.map((row) => row.event_id);
}

const SUSPEND_PRICES = `
  with closed as (
    update prices
    set suspended = true,
        updated_at = $3
    where event_id = any ($1::uuid[])
      and not suspended
    returning ${PRICE_COLUMNS}
  ), kept as (
    insert into price_history (${PRICE_COLUMNS}, changed_at, source_version)
    select ${PRICE_COLUMNS}, $3, $2
    from closed
    where keeps_price_history($3)
  ), forgotten as (
    update events
    set prices_digest = null,
        source_version = $2,
        updated_at = $3
    where event_id = any ($1::uuid[])
  )
  select count(*)::integer as rows
  from closed`;

/** Suspends what is open of events, whose digests are forgotten with it. Returns how many prices. */
export async function suspendPrices(
  connection: Connection,
  eventIds: readonly string[],
  { at, version }: Pick<WriteStamp, "at" | "version">,
): Promise<number> {
  const [row] = await connection.query<{ rows: number }>(SUSPEND_PRICES, [eventIds, version, at]);
  return row?.rows ?? 0;
}
