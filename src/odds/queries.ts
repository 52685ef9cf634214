import type { EventStatus } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Position } from "./cursor.ts";

export interface EventRow {
  readonly event_id: string;
  readonly sport: string;
  readonly competition_id: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly starts_at: Date;
  readonly starts_micros: bigint;
  readonly status: EventStatus;
}

/** Which events, and from where on. Absent filters let everything through. */
export interface EventFilter {
  readonly sport: string | null;
  readonly competitionId: string | null;
  readonly offSports: readonly string[];
  readonly offCompetitions: readonly string[];
  readonly from: Date;
  readonly to: Date | null;
  readonly after: Position | null;
  readonly limit: number;
}

const SELECT_EVENTS = `
  select event_id, sport, competition_id, competition, home, away, starts_at, status,
    (extract(epoch from starts_at) * 1000000)::bigint as starts_micros
  from events
  where starts_at >= $1
    and ($2::timestamptz is null or starts_at < $2)
    and ($3::text is null or sport = $3)
    and ($4::text is null or competition_id = $4)
    and ($5::bigint is null
      or (starts_at, event_id) > (timestamptz 'epoch' + $5::bigint * interval '1 microsecond', $6::uuid))
    and sport <> all ($7::text[])
    and competition_id <> all ($8::text[])
  order by starts_at, event_id
  limit $9`;

/** Events by start, after a position. */
export function selectEvents(connection: Connection, filter: EventFilter): Promise<EventRow[]> {
  const { from, to, sport, competitionId, after, offSports, offCompetitions, limit } = filter;
  const position = [after?.micros ?? null, after?.eventId ?? null];
  const values = [from, to, sport, competitionId, ...position, offSports, offCompetitions, limit];
  return connection.query<EventRow>(SELECT_EVENTS, values);
}

const SELECT_OPEN_EVENTS = `
  select event_id,
    (extract(epoch from starts_at) * 1000000)::bigint as starts_micros
  from events
  where competition_id = $1
    and starts_at >= $2
    and status in ('scheduled', 'delayed', 'live', 'interrupted')
    and ($3::bigint is null
      or (starts_at, event_id) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid))
  order by starts_at, event_id
  limit $5`;

export type OpenEventRow = Pick<EventRow, "event_id" | "starts_micros">;

/** A competition's events to come or under way, by start, after a position. */
export function selectOpenEvents(
  connection: Connection,
  {
    competitionId,
    from,
    after,
    limit,
  }: { readonly competitionId: string } & Pick<EventFilter, "from" | "after" | "limit">,
): Promise<OpenEventRow[]> {
  const values = [competitionId, from, after?.micros ?? null, after?.eventId ?? null, limit];
  return connection.query<OpenEventRow>(SELECT_OPEN_EVENTS, values);
}

export interface CompetitionRow {
  readonly sport: string;
  readonly competition_id: string;
  readonly competition: string;
  readonly events: bigint;
}

const SELECT_COMPETITIONS = `
  select sport, competition_id, max(competition) as competition, count(*) as events
  from events
  where starts_at >= $1
    and status in ('scheduled', 'delayed', 'live', 'interrupted')
  group by sport, competition_id
  order by sport, competition, competition_id`;

/** Competitions with events to come or under way, of those that start at `from` or later. */
export function selectCompetitions(connection: Connection, from: Date): Promise<CompetitionRow[]> {
  return connection.query<CompetitionRow>(SELECT_COMPETITIONS, [from]);
}

export interface PricedEventRow extends EventRow {
  readonly source: string;
  /** When the source of the event last answered well. */
  readonly last_good_at: Date | null;
  /** Since when it has been silent past its limit, if it is. */
  readonly silent_since: Date | null;
}

const SELECT_EVENT = `
  select e.event_id, e.sport, e.competition_id, e.competition, e.home, e.away, e.starts_at, e.status,
    (extract(epoch from e.starts_at) * 1000000)::bigint as starts_micros, e.source,
    f.last_good_at, f.silent_since
  from events e
  left join feeds f on f.source = e.source
  where e.event_id = $1`;

/** One event with the freshness of its source. */
export async function selectEvent(
  connection: Connection,
  eventId: string,
): Promise<PricedEventRow | undefined> {
  const [row] = await connection.query<PricedEventRow>(SELECT_EVENT, [eventId]);
  return row;
}

export interface StoredEventRow extends PricedEventRow {
  /**
   * How many prices it has, and these a line each, in whatever order: book, market type, period, label, line in quarters, outcome, numerator, denominator,
   * suspended, as Postgres writes a row as text. `null` when it has none.
   */
  readonly prices: string | null;
}

const SELECT_STORED_EVENTS = `
  select e.event_id, e.sport, e.competition_id, e.competition, e.home, e.away, e.starts_at, e.status,
    (extract(epoch from e.starts_at) * 1000000)::bigint as starts_micros, e.source,
    f.last_good_at, f.silent_since,
    (
      select count(*) || e'\\n' || string_agg(
        row(p.book, p.market_type, p.period, p.label, p.line_quarters, p.outcome,
          p.price_numerator, p.price_denominator, p.suspended)::text,
        e'\\n')
      from prices p
      where p.event_id = e.event_id
    ) as prices
  from events e
  left join feeds f on f.source = e.source
  where e.event_id = any ($1::uuid[])`;

/**
 * These events with all their prices and the freshness of their sources.
 *
 * One value for all the prices of an event, as a driver spends its time by values: 20 events of 150 prices take 6 ms, 2 of them the
 * driver's, where sorted rows of ten columns took 22 and 10. A subquery for each event, as a planner that sees a join of twenty of them
 * would rather read the whole table.
 */
export function selectStoredEvents(
  connection: Connection,
  eventIds: readonly string[],
): Promise<StoredEventRow[]> {
  return connection.query<StoredEventRow>(SELECT_STORED_EVENTS, [eventIds]);
}

export interface ResultRow extends Omit<EventRow, "status" | "starts_micros"> {
  readonly version: number;
  readonly state: "final" | "void";
  readonly home_score: number | null;
  readonly away_score: number | null;
  readonly half_home_score: number | null;
  readonly half_away_score: number | null;
  readonly recorded_at: Date;
  readonly recorded_micros: bigint;
}

/** Which results, and from where on. */
export type ResultFilter = Omit<EventFilter, "from" | "to">;

const SELECT_RESULTS = `
  select r.event_id, e.sport, e.competition_id, e.competition, e.home, e.away, e.starts_at,
    r.version, r.state, r.home_score, r.away_score, r.half_home_score, r.half_away_score, r.recorded_at,
    (extract(epoch from r.recorded_at) * 1000000)::bigint as recorded_micros
  from results r
  join events e on e.event_id = r.event_id
  where ($1::bigint is null
      or (r.recorded_at, r.event_id) < (timestamptz 'epoch' + $1::bigint * interval '1 microsecond', $2::uuid))
    and ($3::text is null or e.sport = $3)
    and ($4::text is null or e.competition_id = $4)
    and e.sport <> all ($5::text[])
    and e.competition_id <> all ($6::text[])
    and not exists (
      select from results later where later.event_id = r.event_id and later.version > r.version)
  order by r.recorded_at desc, r.event_id desc
  limit $7`;

/** Results in their latest version, the latest first. */
export function selectResults(connection: Connection, filter: ResultFilter): Promise<ResultRow[]> {
  const { after, sport, competitionId, offSports, offCompetitions, limit } = filter;
  return connection.query<ResultRow>(SELECT_RESULTS, [
    after?.micros ?? null,
    after?.eventId ?? null,
    sport,
    competitionId,
    offSports,
    offCompetitions,
    limit,
  ]);
}
