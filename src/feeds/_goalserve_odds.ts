import { type Market, marketTypeEntry, UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import { goalserveMarket } from "./_goalserve_markets.ts";
import { outcomeOf, type TeamNames } from "./_goalserve_outcomes.ts";
import { type JsonRecord, listAt, textAt } from "./_json.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { RawPrice } from "./judge_prices.ts";

export interface MarketContext {
  /** The vendor's own name of it. */
  readonly sport: string;
  readonly source: string;
  readonly teams: TeamNames;
}

/**
 * Every price element of one market, of all its books.
 *
 * @throws {FeedUnreadableError} If it has no books: it would pass for a market without prices, and is another format.
 */
export function readMarket(market: JsonRecord, context: MarketContext): RawPrice[] {
  if (!("bookmakers" in market)) throw new FeedUnreadableError(context.source, "a market has no bookmakers");
  return listAt(market, "bookmakers").flatMap((bookmaker) => readBook(market, bookmaker, context));
}

interface Element {
  /** `total`, `handicap` or whatever the source calls a line; "" for a price without one. */
  readonly kind: string;
  readonly line: string | undefined;
  readonly label: string;
  readonly price: string;
  readonly stopped: boolean;
}

/** One book's prices of one market, known only if every one of its labels and lines is what the type allows. */
function readBook(market: JsonRecord, bookmaker: JsonRecord, { sport, teams }: MarketContext): RawPrice[] {
  const name = textAt(market, "value");
  const stopped = isStopped(market) || isStopped(bookmaker);
  const elements = listAt(bookmaker, "odds").flatMap((entry) => elementsOf(entry, stopped));
  const known = goalserveMarket(sport, textAt(market, "id"), name);
  const fits = known !== undefined && elements.every((element) => isOf(known.marketType, element, teams));
  const translated: Market = fits
    ? { ...known, label: "" }
    : { marketType: UNKNOWN_MARKET_TYPE, period: UNKNOWN_MARKET_TYPE, label: name };
  return elements.map((element) => ({
    market: translated,
    book: textAt(bookmaker, "name").toLowerCase() || textAt(bookmaker, "id"),
    line: element.line,
    outcome: outcomeOf(translated.marketType, element.label, teams) ?? element.label,
    price: element.price,
    stopped: element.stopped,
    sourceMarket: name,
  }));
}

/** An entry is a price, or a line with prices of its own. A stop at any of the four levels stops what is below it. */
function elementsOf(entry: JsonRecord, stopped: boolean): Element[] {
  if (!("odds" in entry)) return [elementOf(entry, { kind: "", line: undefined, stopped })];
  const line = {
    kind: textAt(entry, "type") || "line",
    line: textAt(entry, "name"),
    stopped: stopped || isStopped(entry),
  };
  return listAt(entry, "odds").map((price) => elementOf(price, line));
}

function elementOf(
  price: JsonRecord,
  { kind, line, stopped }: Pick<Element, "kind" | "line" | "stopped">,
): Element {
  return {
    kind,
    line,
    label: textAt(price, "name"),
    price: textAt(price, "value"),
    stopped: stopped || isStopped(price),
  };
}

/** The flags are strings, "True" in most sports and "true" in tennis. */
function isStopped(level: JsonRecord): boolean {
  return textAt(level, "stop").toLowerCase() === "true";
}

function isOf(marketType: string, { kind, label }: Element, teams: TeamNames): boolean {
  const wanted = marketTypeEntry(marketType)?.line;
  return (wanted === "none" ? "" : wanted) === kind && outcomeOf(marketType, label, teams) !== undefined;
}
