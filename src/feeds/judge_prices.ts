import { type Market, marketTypeEntry, type OfferedPrice } from "../markets/mod.ts";
import { isOutOfBounds, swappedMarkets } from "./_implausible_markets.ts";
import { createPriceMemory, type PriceFormat, type PriceMemory } from "./_price_memory.ts";
import type { PriceTally, QuarantineItem, QuarantineReason } from "./snapshot.ts";

export { createPriceMemory, type PriceFormat, type PriceMemory } from "./_price_memory.ts";

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

/**
 * Sorts the price elements of one event into open, suspended and quarantined.
 *
 * A stop flag wins: the source itself has withdrawn that price, so there is nothing to protect and nothing for a trader to
 * judge. Only what would be offered is judged. Neither a quarantined price nor a stopped one that cannot be read is among
 * `prices`: where an earlier one is stored, its absence suspends it. `memory` is for the events of one answer to share.
 */
export function judgePrices(
  sourceEventId: string,
  raws: readonly RawPrice[],
  memory: PriceMemory = createPriceMemory(),
): JudgedPrices {
  const candidates: Candidate[] = [];
  const refused: Refused[] = [];
  for (const raw of raws) {
    const verdict = judge(raw, memory);
    if (typeof verdict === "object") candidates.push({ raw, offered: verdict });
    else if (!raw.stopped) refused.push({ raw, reason: verdict });
  }
  const prices: OfferedPrice[] = [];
  let open = 0;
  const markets = groupByMarket(candidates);
  const reasons = implausibleMarkets(markets);
  for (const market of markets) {
    const reason = reasons.get(market);
    const sound = reason === undefined ? market : market.filter(({ raw }) => raw.stopped);
    if (reason !== undefined)
      for (const one of market) if (!one.raw.stopped) refused.push({ ...one, reason });
    for (const { raw } of sound) if (!raw.stopped) open += 1;
    mergeByOutcome(sound, prices);
  }
  return {
    prices,
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
function judge(raw: RawPrice, memory: PriceMemory): OfferedPrice | QuarantineReason {
  const price = memory.price(raw.price, raw.priceFormat);
  if (typeof price === "string") return price;
  const lineQuarters = memory.line(raw.line);
  if (typeof lineQuarters === "string") return lineQuarters;
  const { market, book, outcome, stopped } = raw;
  const { marketType, period, label } = market;
  // A count to pass is above zero: a line that is not stood in the other column.
  if (lineQuarters !== null && lineQuarters <= 0 && marketTypeEntry(marketType)?.line === "total")
    return "spread_total_swapped";
  return { marketType, period, label, lineQuarters, outcome, book, price, suspended: stopped };
}

/** Candidates of one book's market at one line, in the order in which they first stand; most stand together. */
function groupByMarket(candidates: readonly Candidate[]): Candidate[][] {
  const markets = new Map<string, Candidate[]>();
  let [last, group]: [Candidate | undefined, Candidate[]] = [undefined, []];
  for (const candidate of candidates) {
    if (last === undefined || !isOfSameMarket(candidate, last)) {
      const key = marketKey(candidate.offered);
      group = markets.get(key) ?? [];
      if (group.length === 0) markets.set(key, group);
    }
    group.push(candidate);
    last = candidate;
  }
  return [...markets.values()];
}

function isOfSameMarket({ raw, offered }: Candidate, other: Candidate): boolean {
  return (
    raw.market === other.raw.market &&
    raw.book === other.raw.book &&
    offered.lineQuarters === other.offered.lineQuarters
  );
}

/** The markets whose open prices cannot be meant together, and why. */
function implausibleMarkets(
  markets: readonly (readonly Candidate[])[],
): ReadonlyMap<readonly Candidate[], QuarantineReason> {
  const open = markets.map((market) => market.flatMap(({ raw, offered }) => (raw.stopped ? [] : [offered])));
  const swapped = new Set(swappedMarkets(open));
  const reasons = new Map<readonly Candidate[], QuarantineReason>();
  for (const [index, market] of markets.entries()) {
    const offered = open[index] ?? [];
    if (swapped.has(offered)) reasons.set(market, "spread_total_swapped");
    else if (isOutOfBounds(offered)) reasons.set(market, "overround_out_of_bounds");
  }
  return reasons;
}

/**
 * One price an outcome. Where a source names one twice at different prices (markets it tells apart by position alone), which
 * of them is offered cannot be known: it is kept, suspended.
 */
function mergeByOutcome(market: readonly Candidate[], into: OfferedPrice[]): void {
  const places = new Map<string, number>();
  for (const { offered } of market) {
    const place = places.get(offered.outcome);
    const other = place === undefined ? undefined : into[place];
    if (place !== undefined && other !== undefined) into[place] = mergeTwo(other, offered);
    else places.set(offered.outcome, into.push(offered) - 1);
  }
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
