import type { Connection } from "../pool/mod.ts";
import { beginPriceWriting, PRICE_COLUMNS } from "./price_queries.ts";

/** A result as stored. Scores are home and away by the source's field names, never by position; a void has none. */
export interface ResultRow {
  readonly event_id: string;
  readonly version: number;
  readonly state: "final" | "void";
  readonly home_score: number | null;
  readonly away_score: number | null;
  readonly half_home_score: number | null;
  readonly half_away_score: number | null;
  readonly source: string;
  readonly recorded_at: Date;
}

const RESULT_COLUMNS = `
  event_id, version, state, home_score, away_score, half_home_score, half_away_score, source, recorded_at`;

const SELECT_LATEST_RESULTS = `
  select distinct on (event_id) ${RESULT_COLUMNS}
  from results
  where event_id = any ($1::uuid[])
  order by event_id, version desc`;

/** The newest version of the result of each of these events that has one. */
export function selectLatestResults(
  connection: Connection,
  eventIds: readonly string[],
): Promise<ResultRow[]> {
  return connection.query<ResultRow>(SELECT_LATEST_RESULTS, [eventIds]);
}

const SELECT_RESULTS_SINCE = `
  select ${RESULT_COLUMNS}
  from results
  where (recorded_at, event_id, version) > ($1::timestamptz, $2::uuid, $3::integer)
  order by recorded_at, event_id, version
  limit $4`;

export interface ResultCursor {
  readonly recordedAt: Date;
  readonly eventId: string;
  readonly version: number;
}

/**
 * Results after a cursor, in the order they were recorded, every version of them.
 *
 * `recorded_at` is business time, taken before the commit: a reader that must miss nothing goes back by the longest
 * transaction, or asks by event instead (`selectLatestResults`).
 */
export function selectResultsSince(
  connection: Connection,
  { recordedAt, eventId, version }: ResultCursor,
  limit: number,
): Promise<ResultRow[]> {
  return connection.query<ResultRow>(SELECT_RESULTS_SINCE, [recordedAt, eventId, version, limit]);
}

const LOCK_EVENTS = `
  select event_lock(event_id)
  from (select event_id from unnest($1::uuid[]) as wanted (event_id) order by event_id) as ordered`;

/** As `lockEvent` for each of them, in the order of their ids. */
export async function lockEvents(connection: Connection, eventIds: readonly string[]): Promise<void> {
  await connection.query(LOCK_EVENTS, [eventIds]);
}

const LOCK_EVENT = "select event_lock($1)";

/** Keeps every placement on this event out, and waits for those under way; until the end of the transaction. */
export async function lockEvent(connection: Connection, eventId: string): Promise<void> {
  await connection.query(LOCK_EVENT, [eventId]);
}

const SELECT_EVENT_SOURCE = "select source, source_event_id, sport from events where event_id = $1";

export interface EventSourceRow {
  readonly source: string;
  readonly source_event_id: string;
  readonly sport: string;
}

/** Whose event this is, or `undefined` if there is none. */
export async function selectEventSource(
  connection: Connection,
  eventId: string,
): Promise<EventSourceRow | undefined> {
  const [row] = await connection.query<EventSourceRow>(SELECT_EVENT_SOURCE, [eventId]);
  return row;
}

const SELECT_EVENT_SPORT = "select sport from events where event_id = $1";

/** Our name of the sport of an event, or `undefined` if there is no such event. */
export async function selectEventSport(connection: Connection, eventId: string): Promise<string | undefined> {
  const [row] = await connection.query<{ readonly sport: string }>(SELECT_EVENT_SPORT, [eventId]);
  return row?.sport;
}

const INSERT_RESULT = `
  insert into results (${RESULT_COLUMNS})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  returning version`;

/**
 * Appends one version, under the number of the statement it came with: one of the same source and time. Where there is none, migration
 * 0021 makes it, under a free number. Says which it is.
 */
export async function insertResult(connection: Connection, row: ResultRow): Promise<number> {
  const [inserted] = await connection.query<{ readonly version: number }>(INSERT_RESULT, [
    row.event_id,
    row.version,
    row.state,
    row.home_score,
    row.away_score,
    row.half_home_score,
    row.half_away_score,
    row.source,
    row.recorded_at,
  ]);
  return inserted?.version ?? row.version;
}

const CLOSE_EVENT = `
  with closed as (
    update prices
    set suspended = true,
        updated_at = $3
    where event_id = $1
      and not suspended
    returning ${PRICE_COLUMNS}
  ), kept as (
    insert into price_history (${PRICE_COLUMNS}, changed_at, source_version)
    select ${PRICE_COLUMNS}, $3, (select source_version from events where events.event_id = $1)
    from closed
    where keeps_price_history($3)
  )
  update events
  set status = $2,
      prices_digest = null,
      updated_at = $3
  where event_id = $1
    and (status <> $2 or prices_digest is not null)`;

export interface EventClosing {
  readonly eventId: string;
  readonly status: "ended" | "cancelled";
  readonly at: Date;
}

/** Gives a decided event its last status and suspends what is still open of it. */
export async function closeEvent(
  connection: Connection,
  { eventId, status, at }: EventClosing,
): Promise<void> {
  await beginPriceWriting(connection);
  await connection.execute(CLOSE_EVENT, [eventId, status, at]);
}
