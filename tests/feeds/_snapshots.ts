import type { Snapshot, SnapshotEvent } from "../../src/feeds/mod.ts";
import { fraction, type OfferedPrice } from "../../src/markets/mod.ts";
import { NOON } from "./_store.ts";

/** Snapshots made by hand, without an adapter. */
export function snapshotOf(events: readonly SnapshotEvent[], over: Partial<Snapshot> = {}): Snapshot {
  const prices = events.reduce((sum, event) => sum + (event.prices?.length ?? 0), 0);
  return {
    source: "made/soccer",
    version: 100n,
    scope: "full",
    events,
    quarantined: [],
    counts: { events: events.length, markets: 0, prices, open: prices, suspended: 0, quarantined: {} },
    ...over,
  };
}

export function eventOf(
  id: string,
  prices: readonly OfferedPrice[] | undefined,
  facts: Partial<SnapshotEvent["facts"]> = {},
): SnapshotEvent {
  return {
    facts: {
      sourceEventId: id,
      sport: "soccer",
      competitionId: "soccer-1",
      competition: "First League",
      home: "Harbour Rovers",
      away: "Millbrook",
      startsAt: new Date(NOON.getTime() + 3_600_000),
      status: "scheduled",
      sourceVersion: 100n,
      ...facts,
    },
    prices,
  };
}

export function priceOf(outcome: string, cents: number, over: Partial<OfferedPrice> = {}): OfferedPrice {
  return {
    book: "bet365",
    marketType: "unknown",
    period: "unknown",
    label: "First Scorer",
    lineQuarters: null,
    outcome,
    price: fraction(BigInt(cents), 100n),
    suspended: false,
    ...over,
  };
}

/** `count` prices of as many outcomes. */
export function pricesOf(count: number, cents = 250): OfferedPrice[] {
  return Array.from({ length: count }, (_, index) => priceOf(`P. ${index}`, cents));
}
