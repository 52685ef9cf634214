import type { RawBoard, RawMarket } from "./board.ts";
import type { MarketView } from "./contract.ts";
import { type MarketKey, marketKeyOf } from "./market_key.ts";

/** Outcomes of a market that are no longer shown; a market is gone with the last of its outcomes. */
export interface RemovedOutcomes extends MarketKey {
  readonly outcomes: string[];
}

/** From one board's markets to another's. The order of markets, and of outcomes in one, says nothing. */
export interface MarketsDelta {
  /** Markets with those outcomes alone that are new or have changed, each whole. */
  readonly changed: MarketView[];
  readonly removed: RemovedOutcomes[];
}

/** What leads from the markets before to those after; empty lists if they show the same. */
export function diffMarkets(before: readonly MarketView[], after: readonly MarketView[]): MarketsDelta {
  const earlier = byKey(before);
  const later = byKey(after);
  const changed: MarketView[] = [];
  const removed: RemovedOutcomes[] = [];
  for (const [key, market] of later) {
    const known = earlier.get(key);
    const outcomes = known === undefined ? market.outcomes : changedOutcomes(known, market);
    if (outcomes.length > 0) changed.push({ ...market, outcomes });
  }
  for (const [key, market] of earlier) {
    const outcomes = goneOutcomes(market, later.get(key));
    if (outcomes.length > 0) removed.push({ ...keyOf(market), outcomes });
  }
  return { changed, removed };
}

/** The stored markets in which two boards of an event differ, as they were and as they are: of most boards, few. */
export function differingMarkets(
  before: RawBoard,
  after: RawBoard,
): { readonly before: readonly RawMarket[]; readonly after: readonly RawMarket[] } {
  if (before.digest === after.digest) return { before: [], after: [] };
  // A load takes over the markets that it finds unchanged: most are the very same.
  const [were, are] = [new Set(before.markets), new Set(after.markets)];
  const earlier = byKey(before.markets.filter((market) => !are.has(market)));
  const later = byKey(after.markets.filter((market) => !were.has(market)));
  const differs = (key: string) => {
    const [one, other] = [earlier.get(key), later.get(key)];
    return one === undefined || other === undefined || !isSameMarket(one, other);
  };
  const pick = (markets: ReadonlyMap<string, RawMarket>) =>
    [...markets].flatMap(([key, market]) => (differs(key) ? [market] : []));
  return { before: pick(earlier), after: pick(later) };
}

function isSameMarket({ outcomes: one }: RawMarket, { outcomes: other }: RawMarket): boolean {
  return (
    one.length === other.length &&
    one.every(({ outcome, price, suspended }, at) => {
      const twin = other[at];
      return (
        twin !== undefined &&
        twin.outcome === outcome &&
        twin.suspended === suspended &&
        twin.price.numerator === price.numerator &&
        twin.price.denominator === price.denominator
      );
    })
  );
}

function changedOutcomes(before: MarketView, after: MarketView): MarketView["outcomes"] {
  const known = new Map(before.outcomes.map((outcome) => [outcome.outcome, outcome]));
  return after.outcomes.filter((outcome) => {
    const was = known.get(outcome.outcome);
    return (
      was === undefined ||
      was.suspended !== outcome.suspended ||
      was.price !== outcome.price ||
      was.fraction.numerator !== outcome.fraction.numerator ||
      was.fraction.denominator !== outcome.fraction.denominator
    );
  });
}

function goneOutcomes(before: MarketView, after: MarketView | undefined): string[] {
  const left = new Set(after?.outcomes.map(({ outcome }) => outcome));
  return before.outcomes.flatMap(({ outcome }) => (left.has(outcome) ? [] : [outcome]));
}

function keyOf({ book, marketType, period, label, lineQuarters }: MarketKey): MarketKey {
  return { book, marketType, period, label, lineQuarters };
}

function byKey<M extends MarketKey>(markets: readonly M[]): Map<string, M> {
  return new Map(markets.map((market) => [marketKeyOf(market), market]));
}
