import { type KnownMarketType, MARKET_TYPES } from "../markets/mod.ts";
import type { TeamNames } from "./_goalserve_outcomes.ts";
import type { Translator } from "./_goalserve_translator.ts";
import { isRecord, type JsonRecord, listAt, textAt } from "./_json.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { RawPrice } from "./judge_prices.ts";

export interface MarketContext {
  readonly source: string;
  readonly teams: TeamNames;
  readonly translator: Translator;
}

/** The markets of a match: a list in its odds, or in cricket the types within them. */
export function marketsOf(match: JsonRecord): readonly JsonRecord[] {
  const odds = match["odds"];
  return isRecord(odds) && "type" in odds ? listAt(odds, "type") : listAt(match, "odds");
}

/**
 * Every price element of one market, of all its books.
 *
 * @throws {FeedUnreadableError} If it has no books: it would pass for a market without prices, and is another format.
 */
export function readMarket(market: JsonRecord, context: MarketContext): RawPrice[] {
  const field = ["bookmakers", "bookmaker"].find((name) => name in market);
  if (field === undefined) throw new FeedUnreadableError(context.source, "a market has no bookmakers");
  return listAt(market, field).flatMap((book) => readBook(market, book, context));
}

interface Element {
  /** `total`, `handicap` or whatever the source calls a line; "" for a price without one. */
  readonly kind: string;
  readonly line: string | undefined;
  readonly label: string;
  /** Decimal digits. Cricket's American ones beside them are these, rounded. */
  readonly price: string;
  readonly stopped: boolean;
}

/** One book's prices of one market, known only if every one of its labels and lines is what the type allows. */
function readBook(
  market: JsonRecord,
  book: JsonRecord,
  { teams, translator }: MarketContext,
): readonly RawPrice[] {
  const name = textAt(market, "value");
  const elements = elementsOf(book, isStopped(market) || isStopped(book));
  const { known, unknown } = translator.market(textAt(market, "id"), name);
  const outcomes = known && outcomesOf(known.marketType, elements, { teams, translator });
  const translated = known === undefined || outcomes === undefined ? unknown : known;
  const bookName = translator.shared(textAt(book, "name").toLowerCase() || textAt(book, "id"));
  return elements.map(({ line, label, price, stopped }, index) => ({
    market: translated,
    book: bookName,
    line,
    outcome: translator.shared(outcomes?.[index] ?? label),
    price,
    stopped,
    sourceMarket: translated === unknown ? unknown.label : name,
  }));
}

/** The outcome of each element, if every one is what a type allows. */
function outcomesOf(
  marketType: KnownMarketType,
  elements: readonly Element[],
  { teams, translator }: Pick<MarketContext, "teams" | "translator">,
): string[] | undefined {
  const { line: wanted } = MARKET_TYPES[marketType];
  const outcomes: string[] = [];
  for (const { kind, line, label } of elements) {
    const fits = wanted === "none" ? kind === "" : kind === wanted && line !== undefined;
    const outcome = fits ? translator.outcome(marketType, label, teams) : undefined;
    if (outcome === undefined) return undefined;
    outcomes.push(outcome);
  }
  return outcomes;
}

/** What stands in a book beside its prices and lines. */
const BOOK_FIELDS: ReadonlySet<string> = new Set(["id", "name", "stop", "ts", "odd", "odds"]);

/**
 * Every price of a book. An entry of `odds` is a price, or a line with prices of its own; cricket has prices in `odd` and lines
 * under the name of their kind. A stop at any of the four levels stops what is below it.
 */
function elementsOf(book: JsonRecord, stopped: boolean): Element[] {
  const elements: Element[] = [];
  for (const entry of listAt(book, "odds")) {
    if ("odds" in entry) takeLine(entry, { kind: textAt(entry, "type"), prices: "odds", stopped }, elements);
    else takePrice(entry, { kind: "", line: undefined, stopped }, elements);
  }
  for (const price of listAt(book, "odd")) takePrice(price, { kind: "", line: undefined, stopped }, elements);
  for (const kind of Object.keys(book)) {
    if (BOOK_FIELDS.has(kind)) continue;
    for (const entry of listAt(book, kind)) takeLine(entry, { kind, prices: "odd", stopped }, elements);
  }
  return elements;
}

/** A line named by a sign alone is none: what it is stands in the labels ("1/-7.5 wkts/-43.5 runs"). */
const NO_LINE = /^[+-]?$/;

interface LineField {
  readonly kind: string;
  readonly prices: "odd" | "odds";
  readonly stopped: boolean;
}

function takeLine(entry: JsonRecord, { kind, prices, stopped }: LineField, into: Element[]): void {
  const name = textAt(entry, "name");
  const line = {
    kind: kind === "" ? "line" : kind,
    line: NO_LINE.test(name) ? undefined : name,
    stopped: stopped || isStopped(entry),
  };
  for (const price of listAt(entry, prices)) takePrice(price, line, into);
}

function takePrice(
  price: JsonRecord,
  { kind, line, stopped }: Pick<Element, "kind" | "line" | "stopped">,
  into: Element[],
): void {
  into.push({
    kind,
    line,
    label: textAt(price, "name"),
    price: textAt(price, "value"),
    stopped: stopped || isStopped(price),
  });
}

/** The flags are strings: "True" and "False" in most sports, "false" in tennis. */
function isStopped(level: JsonRecord): boolean {
  return textAt(level, "stop").toLowerCase() === "true";
}
