import type { QuarantineReason, Snapshot } from "../feeds/mod.ts";

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
  /** Price elements of markets that the catalogue does not know, by the source's own name. */
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

/** The most frequent first; those beyond the names that a reader keeps are one number. */
function unknownMarketsIn({ unknownMarkets }: Snapshot): Record<string, number> {
  if (unknownMarkets === undefined) return {};
  const { byName, beyond } = unknownMarkets;
  const names = [...byName].sort(([, one], [, other]) => other - one);
  return Object.fromEntries(beyond === 0 ? names : [...names, [OTHERS, beyond]]);
}

const OTHERS = "(others)";
