import type { QuarantineItem, Snapshot, SnapshotEvent } from "../feeds/mod.ts";
import type { OfferedPrice } from "../markets/mod.ts";
import type { ReplayedMarket } from "./_replay_markets.ts";

/** A match that was played, with what was set aside of it. */
export interface Match {
  readonly event: SnapshotEvent;
  readonly quarantined: readonly QuarantineItem[];
}

/** The matches of one day in UTC, in the order of their starts. */
export interface MatchDay {
  readonly firstStart: Date;
  readonly lastStart: Date;
  readonly matches: readonly Match[];
}

export interface Season {
  readonly days: readonly MatchDay[];
  readonly counts: SeasonCounts;
}

/** What became of the rows of the file: each is a match or one of the others. */
export interface SeasonCounts {
  readonly rows: number;
  readonly matches: number;
  /** Not played, or not yet. */
  readonly withoutScore: number;
  /** Without a readable day, time and sides, or with more or fewer fields than the header. */
  readonly unreadable: number;
  /** The same match once more; the last of them counts. */
  readonly repeated: number;
}

const CONTRADICTED = "result_contradicted";

/** The season of a file, in the order in which it was played. Pure. */
export function seasonOf({ events, quarantined, counts }: Snapshot): Season {
  const asides = Map.groupBy(quarantined, ({ sourceEventId }) => sourceEventId);
  const distinct = new Map(events.map((event) => [event.facts.sourceEventId, event]));
  const known = [...distinct].map(([id, event]) => ({ event, quarantined: asides.get(id) ?? [] }));
  const matches = known
    .filter((match) => match.event.result !== undefined || isContradicted(match))
    .sort((one, other) => startOf(one) - startOf(other));
  const byDay = Map.groupBy(matches, ({ event }) => event.facts.startsAt.toISOString().slice(0, 10));
  return {
    days: [...byDay.values()].flatMap(dayOf),
    counts: {
      rows: counts.events,
      matches: matches.length,
      withoutScore: known.length - matches.length,
      unreadable: counts.events - events.length,
      repeated: events.length - known.length,
    },
  };
}

function dayOf(matches: readonly Match[]): MatchDay[] {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ firstStart: first.event.facts.startsAt, lastStart: last.event.facts.startsAt, matches }];
}

function startOf({ event }: Match): number {
  return event.facts.startsAt.getTime();
}

function isContradicted({ quarantined }: Match): boolean {
  return quarantined.some(({ reason }) => reason === CONTRADICTED);
}

/**
 * The price that is bet on, or why there is no bet: what was set aside by the reason it was set aside for, else that it is not there.
 * Pure.
 */
export function pickOf(
  match: Match,
  market: ReplayedMarket,
): { readonly price: OfferedPrice } | { readonly skipped: string } {
  const { book, marketType, outcome } = market;
  if (isContradicted(match)) return { skipped: CONTRADICTED };
  if (book === undefined) return { skipped: "column_missing" };
  const price = match.event.prices?.find(
    (one) => one.book === book && one.marketType === marketType && one.outcome === outcome,
  );
  if (price !== undefined) return price.suspended ? { skipped: "suspended" } : { price };
  const aside = match.quarantined.find(
    ({ item }) => item.startsWith(`${book}/${marketType}/`) && item.endsWith(`/${outcome}`),
  );
  return { skipped: aside?.reason ?? "price_blank" };
}
