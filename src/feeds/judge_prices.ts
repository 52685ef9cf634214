import {
  type Market,
  marketTypeEntry,
  type OfferedPrice,
  offersWinnings,
  overround,
  parseAmericanPrice,
  parseDecimalPrice,
  parseLineQuarters,
} from "../markets/mod.ts";
import type { PriceTally, QuarantineItem, QuarantineReason } from "./snapshot.ts";

export type PriceFormat = "decimal" | "american";

/** One price element as its source wrote it, its market already translated. */
export interface RawPrice {
  readonly market: Market;
  readonly book: string;
  /** `undefined` where the source has no line. */
  readonly line: string | undefined;
  readonly outcome: string;
  readonly price: string;
  /** Decimal unless given. */
  readonly priceFormat?: PriceFormat;
  /** Any flag of any level says stop. */
  readonly stopped: boolean;
  /** The source's own name of the market, for whoever looks into the quarantine. */
  readonly sourceMarket: string;
}

export interface JudgedPrices {
  readonly prices: readonly OfferedPrice[];
  readonly quarantined: readonly QuarantineItem[];
  readonly tally: PriceTally;
}

interface Candidate {
  readonly raw: RawPrice;
  readonly offered: OfferedPrice;
}

interface Refused {
  readonly raw: RawPrice;
  readonly reason: QuarantineReason;
  /** Where it could be offered after all, if a trader finds that it is right. */
  readonly offered?: OfferedPrice;
}

// Complete open markets of the stored boards add up to 0.99–1.25; a book that pays out more than it takes, or takes half
// as much again, has mistaken a price.
const OVERROUND_FROM = 0.95;
const OVERROUND_TO = 1.5;

/**
 * Sorts the price elements of one event into open, suspended and quarantined.
 *
 * A stop flag wins: the source itself has withdrawn that price, so there is nothing to protect and nothing for a trader to
 * judge. Only what would be offered is judged. Neither a quarantined price nor a stopped one that cannot be read is among
 * `prices`: where an earlier one is stored, its absence suspends it.
 */
export function judgePrices(sourceEventId: string, raws: readonly RawPrice[]): JudgedPrices {
  const candidates: Candidate[] = [];
  const refused: Refused[] = [];
  for (const raw of raws) {
    const verdict = judge(raw);
    if (typeof verdict === "object") candidates.push({ raw, offered: verdict });
    else if (!raw.stopped) refused.push({ raw, reason: verdict });
  }
  const implausible = new Set(implausibleMarkets(candidates.filter(({ raw }) => !raw.stopped)));
  for (const candidate of implausible) refused.push({ ...candidate, reason: "overround_out_of_bounds" });
  const sound = candidates.filter((candidate) => !implausible.has(candidate));
  const open = sound.filter(({ raw }) => !raw.stopped).length;
  return {
    prices: mergeByIdentity(sound.map(({ offered }) => offered)),
    quarantined: refused.map((one) => quarantineItem(sourceEventId, one)),
    tally: {
      prices: raws.length,
      open,
      suspended: raws.length - open - refused.length,
      quarantined: countByReason(refused),
    },
  };
}

/** The price in the normal form, or why it cannot be offered. */
function judge(raw: RawPrice): OfferedPrice | QuarantineReason {
  const price = raw.priceFormat === "american" ? parseAmericanPrice(raw.price) : parseDecimalPrice(raw.price);
  if (price === undefined) return "price_unreadable";
  if (!offersWinnings(price)) return "price_not_above_one";
  const lineQuarters = raw.line === undefined ? null : parseLineQuarters(raw.line);
  if (lineQuarters === undefined) return "line_not_quarter";
  // A count to pass is above zero: a line that is not stood in the other column.
  const isTotal = marketTypeEntry(raw.market.marketType)?.line === "total";
  if (isTotal && lineQuarters !== null && lineQuarters <= 0) return "spread_total_swapped";
  const { market, book, outcome, stopped } = raw;
  return { ...market, book, lineQuarters, outcome, price, suspended: stopped };
}

/** The open prices of those complete markets whose sum is out of bounds. An incomplete market cannot be judged. */
function implausibleMarkets(open: readonly Candidate[]): Candidate[] {
  const markets = Map.groupBy(open, ({ offered }) => marketKey(offered));
  return [...markets.values()].filter(isOutOfBounds).flat();
}

function isOutOfBounds(market: readonly Candidate[]): boolean {
  const entry = marketTypeEntry(market[0]?.offered.marketType ?? "");
  if (entry === undefined || entry.outcomes === "score" || market.length !== entry.outcomes.length)
    return false;
  if (new Set(market.map(({ offered }) => offered.outcome)).size !== market.length) return false;
  const sum = overround(market.map(({ offered }) => offered.price)) / entry.winners;
  return sum < OVERROUND_FROM || sum > OVERROUND_TO;
}

/**
 * One price an identity. Where a source names one twice at different prices (markets it tells apart by position alone), which
 * of them is offered cannot be known: it is kept, suspended.
 */
function mergeByIdentity(prices: readonly OfferedPrice[]): OfferedPrice[] {
  const merged = new Map<string, OfferedPrice>();
  for (const price of prices) {
    const key = identityOf(price);
    const other = merged.get(key);
    merged.set(key, other === undefined ? price : mergeTwo(other, price));
  }
  return [...merged.values()];
}

function mergeTwo(first: OfferedPrice, second: OfferedPrice): OfferedPrice {
  const same =
    first.price.numerator === second.price.numerator && first.price.denominator === second.price.denominator;
  return { ...first, suspended: !same || first.suspended || second.suspended };
}

type PriceIdentity = Omit<OfferedPrice, "price" | "suspended">;

function marketKey({ book, marketType, period, label, lineQuarters }: PriceIdentity): string {
  return [book, marketType, period, label, lineQuarters ?? ""].join("\u001f");
}

/** What makes a price the same price at the next poll: never its position. */
export function identityOf(price: PriceIdentity): string {
  return `${marketKey(price)}\u001f${price.outcome}`;
}

function quarantineItem(sourceEventId: string, { raw, reason, offered }: Refused): QuarantineItem {
  const { market, book, line = "", outcome, price, sourceMarket } = raw;
  const name = [book, market.marketType, market.period, market.label, line, outcome];
  return {
    sourceEventId,
    reason,
    item: name.join("/"),
    sample: { market: sourceMarket, line, outcome, price },
    ...(offered === undefined ? {} : { held: { kind: "price", price: offered } }),
  };
}

function countByReason(refused: readonly { reason: QuarantineReason }[]): PriceTally["quarantined"] {
  const counts: Partial<Record<QuarantineReason, number>> = {};
  for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
