import { formatDecimalPrice, fraction } from "../markets/mod.ts";
import type { EventList, EventView, Odds, ResultList, Sports } from "./contract.ts";
import { encodeCursor } from "./cursor.ts";
import type { CompetitionRow, EventRow, PricedEventRow, PriceRow, ResultRow } from "./queries.ts";

/** A fixture as visitors see it. */
export function viewEvent(row: EventRow): EventView {
  return { ...fixtureOf(row), status: row.status };
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

/** Every price of an event, while they hold. */
export function viewOdds(event: PricedEventRow, prices: readonly PriceRow[]): Odds {
  const markets = [...Map.groupBy(prices, marketKey).values()].map(viewMarket);
  return {
    event: viewEvent(event),
    confirmedAt: event.last_good_at?.toISOString() ?? null,
    expired: false,
    ageSeconds: null,
    markets,
  };
}

/** The same prices past their age: shown, and none of them bettable. */
export function expireOdds(odds: Odds, ageSeconds: number | null): Odds {
  const markets = odds.markets.map((market) => ({
    ...market,
    outcomes: market.outcomes.map((outcome) => ({ ...outcome, suspended: true })),
  }));
  return { ...odds, expired: true, ageSeconds, markets };
}

/** A line in quarters as people write it: −5 is "-1.25", 10 is "2.5". */
export function formatLine(lineQuarters: number): string {
  return String(lineQuarters / 4);
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

function marketKey(row: PriceRow): string {
  return JSON.stringify([row.book, row.market_type, row.period, row.label, row.line_quarters]);
}

function viewMarket(rows: readonly PriceRow[]): Odds["markets"][number] {
  const [first] = rows;
  if (first === undefined) throw new RangeError("Cannot show a market as it has no price");
  return {
    book: first.book,
    marketType: first.market_type,
    period: first.period,
    label: first.label,
    lineQuarters: first.line_quarters,
    line: first.line_quarters === null ? null : formatLine(first.line_quarters),
    outcomes: rows.map(viewOutcome),
  };
}

function viewOutcome(row: PriceRow): Odds["markets"][number]["outcomes"][number] {
  const price = fraction(row.price_numerator, row.price_denominator);
  return {
    outcome: row.outcome,
    price: formatDecimalPrice(price),
    fraction: { numerator: price.numerator.toString(), denominator: price.denominator.toString() },
    suspended: row.suspended,
  };
}
