import type { OfferedPrice } from "../markets/mod.ts";
import { identityOf } from "./judge_prices.ts";
import type { EventValues, PriceRow, StoredEventRow } from "./queries.ts";
import type { ResultFacts, SnapshotEvent } from "./snapshot.ts";

export interface Stored {
  readonly events: readonly StoredEventRow[];
  readonly prices: readonly PriceRow[];
}

/** What must be written so that the stored events are as their source has them now. */
export interface Difference {
  /** New events, and those of which anything changed, a price included. */
  readonly events: readonly EventValues[];
  /** New and changed prices, and those to suspend as the source no longer names them. */
  readonly prices: readonly PriceRow[];
  /** Ordered by event id, the order in which everybody locks events. */
  readonly results: readonly { readonly eventId: string; readonly facts: ResultFacts }[];
  readonly eventIds: string[];
}

/** Compares whole events of one source with what is stored of them; `newId` names an event that is new. Pure but for that. */
export function diffEvents(
  events: readonly SnapshotEvent[],
  stored: Stored,
  newId: () => string,
): Difference {
  const storedEvents = new Map(stored.events.map((row) => [row.source_event_id, row]));
  const storedPrices = Map.groupBy(stored.prices, (row) => row.event_id);
  const differences = distinct(events).flatMap((event) => {
    const row = storedEvents.get(event.facts.sourceEventId);
    // Nobody was offered it: how it goes concerns nobody.
    if (row === undefined && event.prices === undefined) return [];
    return diffEvent(event, {
      row,
      eventId: row?.event_id ?? newId(),
      prices: (row && storedPrices.get(row.event_id)) ?? [],
    });
  });
  return {
    events: differences.flatMap(({ changed, values }) => (changed ? [values] : [])),
    prices: differences.flatMap(({ prices }) => prices),
    results: differences
      .flatMap(({ values, facts }) => (facts ? [{ eventId: values.event_id, facts }] : []))
      .sort((one, other) => (one.eventId < other.eventId ? -1 : 1)),
    eventIds: differences.map(({ values }) => values.event_id),
  };
}

/** A source that names an event twice means the later one. */
function distinct(events: readonly SnapshotEvent[]): SnapshotEvent[] {
  return [...new Map(events.map((event) => [event.facts.sourceEventId, event])).values()];
}

interface StoredEvent {
  readonly row: StoredEventRow | undefined;
  readonly eventId: string;
  readonly prices: readonly PriceRow[];
}

interface EventDifference {
  readonly values: EventValues;
  readonly changed: boolean;
  readonly prices: readonly PriceRow[];
  readonly facts: ResultFacts | undefined;
}

function diffEvent(event: SnapshotEvent, { row, eventId, prices }: StoredEvent): EventDifference {
  // A decided event is not reopened by a board that still shows it.
  const closed = row?.closed === true;
  const values = closed ? row : valuesOf(event, eventId);
  const wanted = closed ? [] : event.prices?.map((price) => priceRow(price, eventId));
  const changes = wanted === undefined ? [] : diffPrices(wanted, prices);
  const changed = row === undefined || changes.length > 0 || !sameValues(values, row);
  return { values, changed, prices: changes, facts: event.result };
}

function valuesOf({ facts }: SnapshotEvent, eventId: string): EventValues {
  return {
    event_id: eventId,
    source_event_id: facts.sourceEventId,
    sport: facts.sport,
    competition_id: facts.competitionId,
    competition: facts.competition,
    home: facts.home,
    away: facts.away,
    starts_at: facts.startsAt,
    status: facts.status,
    clock_minutes: facts.clockMinutes ?? null,
  };
}

function sameValues(one: EventValues, other: EventValues): boolean {
  return (
    one.sport === other.sport &&
    one.competition_id === other.competition_id &&
    one.competition === other.competition &&
    one.home === other.home &&
    one.away === other.away &&
    one.starts_at.getTime() === other.starts_at.getTime() &&
    one.status === other.status &&
    one.clock_minutes === other.clock_minutes
  );
}

/** What is new or different, and what is stored open but absent: by the rule of full-state sources that is not offered any more. */
function diffPrices(wanted: readonly PriceRow[], stored: readonly PriceRow[]): PriceRow[] {
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  const changes: PriceRow[] = [];
  for (const row of wanted) {
    const key = keyOf(row);
    const before = left.get(key);
    left.delete(key);
    if (before === undefined || !samePrice(row, before)) changes.push(row);
  }
  for (const row of left.values()) if (!row.suspended) changes.push({ ...row, suspended: true });
  return changes;
}

function samePrice(one: PriceRow, other: PriceRow): boolean {
  return (
    one.suspended === other.suspended &&
    one.price_numerator === other.price_numerator &&
    one.price_denominator === other.price_denominator
  );
}

function keyOf(row: PriceRow): string {
  const { book, period, label, outcome } = row;
  return identityOf({
    book,
    period,
    label,
    outcome,
    marketType: row.market_type,
    lineQuarters: row.line_quarters,
  });
}

function priceRow(price: OfferedPrice, eventId: string): PriceRow {
  return {
    event_id: eventId,
    book: price.book,
    market_type: price.marketType,
    period: price.period,
    label: price.label,
    line_quarters: price.lineQuarters,
    outcome: price.outcome,
    price_numerator: price.price.numerator,
    price_denominator: price.price.denominator,
    suspended: price.suspended,
  };
}
