import { type Representation, representJson } from "../http/mod.ts";
import type { RawBoard } from "./board.ts";
import type { Competitions, EventList, EventView, ResultList, Sports } from "./contract.ts";
import { encodeCursor } from "./cursor.ts";
import type { StoredPrices } from "./price_lines.ts";
import type { CompetitionRow, EventRow, OpenEventRow, PricedEventRow, ResultRow } from "./queries.ts";

/** A fixture as visitors see it. */
export function viewEvent(row: EventRow): EventView {
  return { ...fixtureOf(row), status: row.status };
}

/** A fixture with its answer, finished. */
export interface ShownEvent {
  readonly event: EventView;
  readonly representation: Representation;
}

/** The same with its answer. */
export function viewShownEvent(row: EventRow): ShownEvent {
  const event = viewEvent(row);
  return { event, representation: representJson(event) };
}

/** Which events stand on a page. */
export interface EventPage {
  readonly eventIds: readonly string[];
  readonly next: string | null;
}

/** The events of a page, from one row more than it has. */
export function viewEventPage(rows: readonly OpenEventRow[], limit: number): EventPage {
  return {
    eventIds: rows.slice(0, limit).map((row) => row.event_id),
    next: nextOf(rows, limit, (row) => row.starts_micros),
  };
}

/** A page from one row more than it shows: that one says whether there is a next page. */
export function viewEvents(rows: readonly EventRow[], limit: number): EventList {
  return {
    items: rows.slice(0, limit).map(viewEvent),
    next: nextOf(rows, limit, (row) => row.starts_micros),
  };
}

/** Competitions, gathered under their sports. */
export function viewSports(rows: readonly CompetitionRow[]): Sports {
  const items = [...Map.groupBy(rows, (row) => row.sport)].map(([sport, competitions]) => ({
    sport,
    events: competitions.reduce((sum, row) => sum + Number(row.events), 0),
    competitions: competitions.map((row) => ({
      competitionId: row.competition_id,
      competition: row.competition,
      events: Number(row.events),
    })),
  }));
  return { items };
}

/** Competitions one by one, of one sport or of all. */
export function viewCompetitions(rows: readonly CompetitionRow[], sport: string | null): Competitions {
  const wanted = sport === null ? rows : rows.filter((row) => row.sport === sport);
  return {
    items: wanted.map((row) => ({
      sport: row.sport,
      competitionId: row.competition_id,
      competition: row.competition,
      events: Number(row.events),
    })),
  };
}

/** A page of results, from one row more than it shows. */
export function viewResults(rows: readonly ResultRow[], limit: number): ResultList {
  const items = rows.slice(0, limit).map((row) => ({
    ...fixtureOf(row),
    version: row.version,
    state: row.state,
    homeScore: row.home_score,
    awayScore: row.away_score,
    halfHomeScore: row.half_home_score,
    halfAwayScore: row.half_away_score,
    recordedAt: row.recorded_at.toISOString(),
  }));
  return { items, next: nextOf(rows, limit, (row) => row.recorded_micros) };
}

/** An event with its stored prices. */
export function viewRawBoard(
  event: PricedEventRow,
  { digest, markets }: Pick<StoredPrices, "digest" | "markets">,
): RawBoard {
  return {
    event: viewEvent(event),
    source: event.source,
    confirmedAtMs: event.last_good_at?.getTime(),
    silent: event.silent_since !== null,
    markets,
    digest,
  };
}

function fixtureOf(row: Omit<EventRow, "status" | "starts_micros">) {
  return {
    eventId: row.event_id,
    sport: row.sport,
    competitionId: row.competition_id,
    competition: row.competition,
    home: row.home,
    away: row.away,
    startsAt: row.starts_at.toISOString(),
  };
}

function nextOf<R extends { readonly event_id: string }>(
  rows: readonly R[],
  limit: number,
  micros: (row: R) => bigint,
): string | null {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined
    ? encodeCursor({ micros: micros(last), eventId: last.event_id })
    : null;
}
