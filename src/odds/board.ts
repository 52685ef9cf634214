import {
  type Fraction,
  formatAmericanPrice,
  formatDecimalPrice,
  formatFractionalPrice,
} from "../markets/mod.ts";
import type { EventView, MarketView, Odds } from "./contract.ts";
import { priceFor } from "./margin.ts";
import { isMarketOff, type OfferProfile, type OfferSwitches } from "./offer.ts";
import type { OddsFormat } from "./offer_contract.ts";
import { isSuspended, type SuspensionScope } from "./suspensions.ts";

const FORMATS: Readonly<Record<OddsFormat, (price: Fraction) => string>> = {
  decimal: formatDecimalPrice,
  american: formatAmericanPrice,
  fractional: formatFractionalPrice,
};

/** One price as it is stored: before any tenant's margin. */
export interface RawOutcome {
  readonly outcome: string;
  readonly price: Fraction;
  readonly suspended: boolean;
}

/** A market of one book with its stored prices. */
export interface RawMarket extends Omit<MarketView, "line" | "outcomes"> {
  readonly outcomes: readonly RawOutcome[];
}

/** An event's stored prices, the same for every tenant: loaded once whoever asks. */
export interface RawBoard {
  readonly event: EventView;
  /** As in `events.source`. */
  readonly source: string;
  /** When the source last answered well, in milliseconds since 1970. */
  readonly confirmedAtMs: number | undefined;
  /** The source is silent: what it priced is not to be bet on, whatever its age. */
  readonly silent: boolean;
  readonly markets: readonly RawMarket[];
  /** Names these very markets: two boards of an event with the same digest show the same. */
  readonly digest: string;
}

/** A board of these markets, named by its digest. Equal prices become one value, so that what is made of a price is made once. */
export function rawBoardOf(board: Omit<RawBoard, "digest">): RawBoard {
  const known = new Map<string, Fraction>();
  const parts: unknown[] = [];
  const markets = board.markets.map(({ outcomes, ...market }) => {
    const { book, marketType, period, label, lineQuarters } = market;
    parts.push(book, marketType, period, label, lineQuarters, outcomes.length);
    return {
      ...market,
      outcomes: outcomes.map(({ outcome, price, suspended }) => {
        const text = `${price.numerator}/${price.denominator}`;
        const same = known.get(text) ?? price;
        known.set(text, same);
        parts.push(outcome, text, suspended);
        return { outcome, price: same, suspended };
      }),
    };
  });
  return { ...board, markets, digest: Bun.hash(JSON.stringify(parts)).toString(36) };
}

/** What is withheld besides what is stored as suspended. */
export interface Withheld {
  /** The prices' time is over: nothing of the board may be bet on. */
  readonly expired?: boolean;
  readonly switches?: OfferSwitches;
  /** Traders' suspensions that concern the event. */
  readonly suspensions?: readonly SuspensionScope[];
}

/** The markets of a board as a tenant with this profile shows them. Pure; the same for all who share profile and `withheld`. */
export function marketsFor(raw: RawBoard, profile: OfferProfile, withheld: Withheld = {}): MarketView[] {
  const { event, source } = raw;
  const { switches, expired = false, suspensions = [] } = withheld;
  const priceOf = createPricer(event.sport, profile);
  const isStopped = (market: Omit<RawMarket, "outcomes">, outcome: string) =>
    expired ||
    (suspensions.length > 0 &&
      isSuspended({ ...market, eventId: event.eventId, source, outcome }, suspensions));
  const shown =
    switches === undefined ? raw.markets : raw.markets.filter((market) => !isMarketOff(switches, market));
  return shown.map(({ outcomes, ...market }) => {
    const { book, marketType, period, label, lineQuarters } = market;
    return {
      book,
      marketType,
      period,
      label,
      lineQuarters,
      line: lineQuarters === null ? null : formatLine(lineQuarters),
      outcomes: outcomes.map(({ outcome, price: stored, suspended }) => {
        const { price, fraction, isOffered } = priceOf(marketType, stored);
        const stopped = suspended || !isOffered || isStopped(market, outcome);
        return { outcome, price, fraction, suspended: stopped };
      }),
    };
  });
}

interface PriceView extends Pick<MarketView["outcomes"][number], "price" | "fraction"> {
  readonly isOffered: boolean;
}

/** Stored prices as this profile shows them. A board of 660 prices has some 150 different ones: each is made once a margin. */
function createPricer(
  sport: string,
  profile: OfferProfile,
): (marketType: string, stored: Fraction) => PriceView {
  const made = new Map<string, Map<Fraction, PriceView>>();
  return (marketType, stored) => {
    const ofType = made.get(marketType) ?? new Map<Fraction, PriceView>();
    made.set(marketType, ofType);
    const known = ofType.get(stored);
    if (known !== undefined) return known;
    const offered = priceFor(profile, { sport, marketType }, stored);
    // Where a margin leaves nothing to win the stored price stands, suspended.
    const { numerator, denominator } = offered ?? stored;
    const view = {
      price: FORMATS[profile.oddsFormat](offered ?? stored),
      fraction: { numerator: `${numerator}`, denominator: `${denominator}` },
      isOffered: offered !== undefined,
    };
    ofType.set(stored, view);
    return view;
  };
}

/** The head of a board: all but its markets. */
export function headFor(
  { event, confirmedAtMs }: RawBoard,
  { oddsFormat }: OfferProfile,
  { expired, ageSeconds }: Pick<Odds, "expired" | "ageSeconds">,
): Omit<Odds, "markets"> {
  const confirmedAt = confirmedAtMs === undefined ? null : new Date(confirmedAtMs).toISOString();
  return { event, confirmedAt, expired, ageSeconds, oddsFormat };
}

/** A board as a tenant with this profile shows it while its prices hold. Pure. */
export function boardFor(raw: RawBoard, profile: OfferProfile, withheld: Withheld = {}): Odds {
  const head = headFor(raw, profile, { expired: withheld.expired === true, ageSeconds: null });
  return { ...head, markets: marketsFor(raw, profile, withheld) };
}

/** Milliseconds for which the prices may still be bet on; 0 when their time is over. */
export function remainingLifeMs(
  { event, confirmedAtMs, silent }: RawBoard,
  { epochMs, ageMaxMs }: { epochMs: number; ageMaxMs: number },
): number {
  if (confirmedAtMs === undefined || silent) return 0;
  return Math.max(0, Math.min(confirmedAtMs + ageMaxMs, opensUntil(event)) - epochMs);
}

/** Whole seconds since the source of these prices last answered well; `null` if it never did. */
export function ageSecondsOf({ confirmedAtMs }: RawBoard, epochMs: number): number | null {
  return confirmedAtMs === undefined ? null : Math.max(0, Math.floor((epochMs - confirmedAtMs) / 1000));
}

/** A line in quarters as people write it: −5 is "-1.25", 10 is "2.5". */
export function formatLine(lineQuarters: number): string {
  return String(lineQuarters / 4);
}

/**
 * Until when the event's own state lets anyone bet: its start, and long past once it is live or in any other state. Every source is of
 * prices before the start, and nobody is taken a bet at them afterwards.
 */
function opensUntil({ status, startsAt }: EventView): number {
  return status === "scheduled" || status === "delayed" ? Date.parse(startsAt) : Number.NEGATIVE_INFINITY;
}
