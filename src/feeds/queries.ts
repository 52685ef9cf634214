import type { EventStatus } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";

// The seed keeps these locks apart from those of events, which migration 0008 draws with 7.
const LOCK_FEED = "select pg_advisory_xact_lock(hashtextextended($1, 8))";

/** One writer a source at a time; until the end of the transaction. */
export async function lockFeed(connection: Connection, source: string): Promise<void> {
  await connection.query(LOCK_FEED, [source]);
}

const SELECT_FEED_VERSION = "select source_version from feeds where source = $1";

/** The newest version taken of a source, or `undefined` before its first poll. */
export async function selectFeedVersion(connection: Connection, source: string): Promise<bigint | undefined> {
  const [row] = await connection.query<{ source_version: bigint }>(SELECT_FEED_VERSION, [source]);
  return row?.source_version;
}

const UPSERT_FEED = `
  insert into feeds (source, last_poll_at, last_good_at, source_version)
  values ($1, $2, $3, $4)
  on conflict (source) do update
  set last_poll_at = greatest(feeds.last_poll_at, excluded.last_poll_at),
      last_good_at = greatest(feeds.last_good_at, excluded.last_good_at),
      source_version = greatest(feeds.source_version, excluded.source_version)`;

export interface FeedPollRow {
  readonly source: string;
  readonly at: Date;
  /** The version of the state that was taken; `undefined` if none was. */
  readonly version: bigint | undefined;
}

/** Notes that a source was polled, and whether a state of it was taken. None of its times ever moves backwards. */
export async function upsertFeed(
  connection: Connection,
  { source, at, version }: FeedPollRow,
): Promise<void> {
  await connection.execute(UPSERT_FEED, [source, at, version === undefined ? null : at, version ?? 0n]);
}

export interface StoredEventRow {
  readonly event_id: string;
  readonly source_event_id: string;
  readonly sport: string;
  readonly competition_id: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly starts_at: Date;
  readonly status: EventStatus;
  readonly source_version: bigint;
  /** Minutes of play so far, where the source counts them. */
  readonly clock_minutes: number | null;
  /** What the prices were when a snapshot was last written of it; null if anybody else may have changed them since. */
  readonly prices_digest: bigint | null;
  /** A result is recorded: a feed neither reopens nor renames it. */
  readonly closed: boolean;
}

const SELECT_EVENTS = `
  select
    event_id, source_event_id, sport, competition_id, competition, home, away, starts_at, status, source_version,
    clock_minutes, prices_digest,
    exists (select from results where results.event_id = events.event_id) as closed
  from events
  where source = $1
    and source_event_id = any ($2::text[])`;

/** The stored events of one source among `sourceEventIds`. */
export function selectEvents(
  connection: Connection,
  source: string,
  sourceEventIds: readonly string[],
): Promise<StoredEventRow[]> {
  return connection.query<StoredEventRow>(SELECT_EVENTS, [source, sourceEventIds]);
}

const SELECT_UNFINISHED = `
  select source_event_id
  from events
  where source = $1
    and starts_at <= $2
    and status in ('scheduled', 'delayed', 'live', 'interrupted')
  order by starts_at, event_id
  limit $3`;

/** The source ids of events that have begun and not ended, the longest ago first. */
export async function selectUnfinished(
  connection: Connection,
  source: string,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await connection.query<{ source_event_id: string }>(SELECT_UNFINISHED, [source, at, limit]);
  return rows.map((row) => row.source_event_id);
}

const UPSERT_EVENTS = `
  insert into events (
    event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
    clock_minutes, source_version, updated_at)
  select
    event_id, $1, source_event_id, sport, competition_id, competition, home, away, starts_at, status, clock_minutes,
    $2, $3
  from unnest(
    $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[],
    $13::smallint[])
    as incoming (
      event_id, source_event_id, sport, competition_id, competition, home, away, starts_at, status, clock_minutes)
  on conflict (source, source_event_id) do update
  set sport = excluded.sport,
      competition_id = excluded.competition_id,
      competition = excluded.competition,
      home = excluded.home,
      away = excluded.away,
      starts_at = excluded.starts_at,
      status = excluded.status,
      clock_minutes = excluded.clock_minutes,
      source_version = excluded.source_version,
      updated_at = excluded.updated_at`;

export type EventValues = Omit<StoredEventRow, "source_version" | "prices_digest" | "closed">;

export interface WriteStamp {
  readonly source: string;
  readonly version: bigint;
  /** Business time. */
  readonly at: Date;
}

/** Inserts events, or replaces what changed of them; the id of a stored event stays what it is. */
export function upsertEvents(
  connection: Connection,
  rows: readonly EventValues[],
  { source, version, at }: WriteStamp,
): Promise<number> {
  const columns = [
    rows.map((row) => row.event_id),
    rows.map((row) => row.source_event_id),
    rows.map((row) => row.sport),
    rows.map((row) => row.competition_id),
    rows.map((row) => row.competition),
    rows.map((row) => row.home),
    rows.map((row) => row.away),
    rows.map((row) => row.starts_at),
    rows.map((row) => row.status),
    rows.map((row) => row.clock_minutes),
  ];
  return connection.execute(UPSERT_EVENTS, [source, version, at, ...columns]);
}

const LOCK_EVENT_ROWS = `
  select event_id
  from events
  where event_id = any ($1::uuid[])
  order by event_id
  for no key update`;

/** Locks rows of events, in the order in which everybody does, and before their prices. */
export async function lockEventRows(connection: Connection, eventIds: readonly string[]): Promise<void> {
  await connection.query(LOCK_EVENT_ROWS, [eventIds]);
}

const SET_DIGESTS = `
  update events
  set prices_digest = incoming.prices_digest
  from unnest($1::uuid[], $2::bigint[]) as incoming (event_id, prices_digest)
  where events.event_id = incoming.event_id
    and events.prices_digest is distinct from incoming.prices_digest`;

export interface EventDigest {
  readonly eventId: string;
  readonly digest: bigint;
}

/** Notes that the prices of these events are now as a snapshot with these digests has them. */
export async function setDigests(connection: Connection, rows: readonly EventDigest[]): Promise<void> {
  await connection.execute(SET_DIGESTS, [
    rows.map(({ eventId }) => eventId),
    rows.map(({ digest }) => digest),
  ]);
}

const RECORD_ODDS_CHANGES = `
  select count(record_change('odds', key))
  from unnest($1::text[]) as changed (key)`;

/** Above it, everybody reloads what they look at: that costs less than telling them one by one. */
const CHANGES_MAX = 200;

/**
 * Tells every machine which events changed in their prices or facts, or that many did. The last statement before the commit: from
 * here on, whoever else changes anything waits.
 */
export async function recordOddsChanges(connection: Connection, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await connection.query(RECORD_ODDS_CHANGES, [eventIds.length > CHANGES_MAX ? ["*"] : eventIds]);
}
