import type { QuarantineReason, Snapshot } from "../feeds/mod.ts";
import { UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";

/** What an answer held. */
export interface IngestCounts {
  readonly events: number;
  readonly markets: number;
  /** Price elements, each exactly one of open, suspended and quarantined. */
  readonly prices: number;
  readonly open: number;
  readonly suspended: number;
  /** By reason: price elements, and results that contradict themselves. */
  readonly quarantined: Readonly<Partial<Record<QuarantineReason, number>>>;
  /** Markets that the catalogue does not know, by the source's own name: one for each event and book that has it. */
  readonly unknownMarkets: Readonly<Record<string, number>>;
  /** Events whose end is told. */
  readonly results: number;
}

/** Counts a snapshot as people and scripts are told of it. */
export function countsOf(snapshot: Snapshot): IngestCounts {
  const { events, markets, prices, open, suspended, quarantined } = snapshot.counts;
  const contradicted = snapshot.quarantined.filter(({ reason }) => reason === "result_contradicted").length;
  return {
    events,
    markets,
    prices,
    open,
    suspended,
    quarantined: contradicted === 0 ? quarantined : { ...quarantined, result_contradicted: contradicted },
    unknownMarkets: unknownMarketsIn(snapshot),
    results: snapshot.events.filter(({ result }) => result !== undefined).length,
  };
}

/** The most frequent first, so that what is shown first matters most. */
function unknownMarketsIn({ events }: Snapshot): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { prices = [] } of events) {
    const seen = new Set<string>();
    for (const { marketType, book, label } of prices) {
      if (marketType !== UNKNOWN_MARKET_TYPE || seen.has(`${book}\u001f${label}`)) continue;
      seen.add(`${book}\u001f${label}`);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
