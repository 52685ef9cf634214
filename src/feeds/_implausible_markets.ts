import { marketTypeEntry, type OfferedPrice, overround } from "../markets/mod.ts";

/** The open prices of one book's market at one line. */
export type OpenMarket = readonly OfferedPrice[];

// Complete open markets of the stored boards add up to 0.99–1.25; a book that pays out more than it takes, or takes half
// as much again, has mistaken a price.
const OVERROUND_FROM = 0.95;
const OVERROUND_TO = 1.5;

/** Whether a complete market's prices together cannot be meant. An incomplete one cannot be judged. */
export function isOutOfBounds(market: OpenMarket): boolean {
  const entry = marketTypeEntry(market[0]?.marketType ?? "");
  if (entry === undefined || typeof entry.outcomes === "string" || entry.winners === null) return false;
  if (!isComplete(market, entry.outcomes.length)) return false;
  const sum = overround(market.map(({ price }) => price)) / entry.winners;
  return sum < OVERROUND_FROM || sum > OVERROUND_TO;
}

/** What a handicap's size can be held against: the total of the same thing. */
const TOTALS_BY_HANDICAP: Readonly<Record<string, readonly string[]>> = {
  asian_handicap: ["total", "asian_total"],
  games_handicap: ["games_total"],
};
/** Each side of a market that stands at its fair line has about half of the chance. */
const BALANCED_FROM = 0.35;

/**
 * The markets in which spread and total stand in each other's place: nobody is expected to win by more than both together score, so
 * that a handicap at its fair line never exceeds the total at its own. Where no line of a type is near its fair one (a book that
 * prices 2.5 goals alone, whoever plays), nothing is said.
 */
export function swappedMarkets(markets: readonly OpenMarket[]): OpenMarket[] {
  const handicaps = markets.filter(
    ([first]) => first !== undefined && first.marketType in TOTALS_BY_HANDICAP,
  );
  const places = Map.groupBy(handicaps, ([first]) => (first === undefined ? "" : placeOf(first)));
  return [...places.values()].flatMap((group) => {
    const [first] = group[0] ?? [];
    if (first === undefined) return [];
    const types = TOTALS_BY_HANDICAP[first.marketType] ?? [];
    const totals = markets.filter(([total]) => total !== undefined && isTotalOf(total, first, types));
    return isSwapped(group, totals) ? [...group, ...totals] : [];
  });
}

function placeOf({ book, marketType, period }: OfferedPrice): string {
  return [book, marketType, period].join("\u001f");
}

function isTotalOf(total: OfferedPrice, { book, period }: OfferedPrice, types: readonly string[]): boolean {
  return total.book === book && total.period === period && types.includes(total.marketType);
}

function isSwapped(handicaps: readonly OpenMarket[], totals: readonly OpenMarket[]): boolean {
  const spreads = handicaps.filter(isBalanced).map(sizeOf);
  const sums = totals.filter(isBalanced).map(sizeOf);
  return spreads.length > 0 && sums.length > 0 && Math.min(...spreads) > Math.max(...sums);
}

function sizeOf([first]: OpenMarket): number {
  return Math.abs(first?.lineQuarters ?? 0);
}

function isBalanced(market: OpenMarket): boolean {
  if (!isComplete(market, 2)) return false;
  const chances = market.map(({ price }) => Number(price.denominator) / Number(price.numerator));
  const sum = chances.reduce((whole, chance) => whole + chance, 0);
  return chances.every((chance) => chance / sum >= BALANCED_FROM);
}

function isComplete(market: OpenMarket, outcomes: number): boolean {
  return market.length === outcomes && new Set(market.map(({ outcome }) => outcome)).size === outcomes;
}
