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

export interface PriceRow {
  readonly book: string;
  readonly market_type: string;
  readonly period: string;
  readonly label: string;
  readonly line_quarters: number | null;
  readonly outcome: string;
  readonly price_numerator: bigint;
  readonly price_denominator: bigint;
  readonly suspended: boolean;
}

const SELECT_PRICES = `
  select book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended
  from prices
  where event_id = $1
  order by market_type collate "C", period collate "C", label collate "C", line_quarters nulls first, book collate "C",
    outcome collate "C"`;

/** Every price of an event, each market's in a row. */
export function selectPrices(connection: Connection, eventId: string): Promise<PriceRow[]> {
  return connection.query<PriceRow>(SELECT_PRICES, [eventId]);
}

const SELECT_EVENTS_OF = `
  select e.event_id, e.sport, e.competition_id, e.competition, e.home, e.away, e.starts_at, e.status,
    (extract(epoch from e.starts_at) * 1000000)::bigint as starts_micros, e.source,
    f.last_good_at, f.silent_since
  from events e
  left join feeds f on f.source = e.source
  where e.event_id = any ($1::uuid[])`;

/** These events, each with the freshness of its source. */
export function selectEventsOf(
  connection: Connection,
  eventIds: readonly string[],
): Promise<PricedEventRow[]> {
  return connection.query<PricedEventRow>(SELECT_EVENTS_OF, [eventIds]);
}

export interface EventPriceRow extends PriceRow {
  readonly event_id: string;
}

const SELECT_PRICES_OF = `
  select event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended
  from prices
  where event_id = any ($1::uuid[])
  order by market_type collate "C", period collate "C", label collate "C", line_quarters nulls first, book collate "C",
    outcome collate "C"`;

/** Every price of these events, within an event each market's in a row. Ordered by bytes, which is cheaper than by the rules of a language. */
export function selectPricesOf(
  connection: Connection,
  eventIds: readonly string[],
): Promise<EventPriceRow[]> {
  return connection.query<EventPriceRow>(SELECT_PRICES_OF, [eventIds]);
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
