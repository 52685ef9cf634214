import type { EventFacts } from "../markets/mod.ts";
import { nextTurn } from "../resilience/mod.ts";
import { isRecord, type JsonRecord, textAt } from "./_json.ts";
import { readRecords } from "./_json_records.ts";
import { type FormatEvidence, formatOf, weigh } from "./_the_odds_api_format.ts";
import { readGame, sidesOf, sourceOf, sportOf, versionAt } from "./_the_odds_api_game.ts";
import { readBookmaker, type UnparsedPrice } from "./_the_odds_api_markets.ts";
import { countUnknown, type UnknownCounter } from "./_unknown_markets.ts";
import { FeedUnreadableError } from "./errors.ts";
import {
  createPriceMemory,
  type JudgedPrices,
  judgePrices,
  type PriceFormat,
  type PriceMemory,
  type RawPrice,
} from "./judge_prices.ts";
import type { PriceTally, QuarantineItem, ReadAnswer, ReadContext, SnapshotEvent } from "./snapshot.ts";
import { tallyOf } from "./tally.ts";

export { theOddsApiSource } from "./_the_odds_api_game.ts";

/** Judged between two turns of the event loop: a few milliseconds of work. */
const PRICES_PER_TURN = 2000;

/**
 * Reads one answer of The Odds API's v4 `/odds`, in either odds format.
 *
 * Full state each call: an event, book, market or outcome it does not name is not offered; books differ from event to event. The
 * version is the newest `last_update` of any book or market, in seconds. An answer in which no book priced anything (an empty
 * list is the usual one) has no version and tells no state.
 *
 * @throws {FeedUnreadableError} If it is not such an answer, one of `/scores` included.
 */
export const readTheOddsApi: ReadAnswer = async (body, context) => {
  const elements: OddsElement[] = [];
  const sportKeys = new Set<string>();
  const evidence: FormatEvidence = { american: 0, decimal: 0 };
  let version = 0;
  await readRecords(body, context.source, (element) => {
    const read = readElement(element, context);
    for (const { price } of read.raws) weigh(evidence, price);
    version = Math.max(version, read.version);
    sportKeys.add(read.sportKey);
    elements.push(read);
  });
  const source = sourceOf(context.source, sportKeys);
  const judging: Judging = {
    format: formatOf(evidence),
    version: BigInt(version),
    memory: createPriceMemory(),
    unknown: countUnknown(),
  };
  const readings: Reading[] = [];
  let sinceTurn = 0;
  for (const element of elements) {
    readings.push(judge(element, judging));
    sinceTurn += element.raws.length;
    if (sinceTurn > PRICES_PER_TURN) {
      sinceTurn = 0;
      await nextTurn();
    }
  }
  return {
    source,
    version: BigInt(version),
    scope: version === 0 ? "nothing" : "full",
    events: readings.flatMap(({ event }) => event ?? []),
    quarantined: readings.flatMap(({ quarantined }) => quarantined),
    counts: {
      events: elements.length,
      markets: elements.reduce((sum, { markets }) => sum + markets, 0),
      ...tallyOf(readings.map(({ tally }) => tally)),
    },
    unknownMarkets: judging.unknown.counts(),
  };
};

interface OddsElement {
  readonly id: string;
  readonly sportKey: string;
  /** `undefined` where the element cannot be told from another, or is of another format inside. */
  readonly facts: EventFacts | undefined;
  readonly raws: readonly UnparsedPrice[];
  readonly markets: number;
  readonly version: number;
}

function readElement(element: JsonRecord, { source, at }: ReadContext): OddsElement {
  if (!("bookmakers" in element)) throw new FeedUnreadableError(source, "a game has no bookmakers");
  const [id, sportKey] = [textAt(element, "id"), textAt(element, "sport_key")];
  const facts = readGame(element, { at, version: 0n });
  const bookmakers = element["bookmakers"];
  const books = Array.isArray(bookmakers) ? bookmakers.filter(isRecord) : [];
  const game = { sport: sportOf(sportKey), sides: sidesOf(element) };
  const read = books.map((book) => readBookmaker(book, game));
  const isReadable = Array.isArray(bookmakers) && read.every((prices) => prices !== undefined);
  return {
    id,
    sportKey,
    facts: isReadable ? facts : undefined,
    raws: read.flatMap((prices) => prices?.raws ?? []),
    markets: read.reduce((sum, prices) => sum + (prices?.markets ?? 0), 0),
    version: Math.max(0, ...books.map((book) => newestIn(book, at))),
  };
}

/** Books stamp the whole of their prices, since 2023 each market too. */
function newestIn(book: JsonRecord, at: Date): number {
  const markets = Array.isArray(book["markets"]) ? book["markets"].filter(isRecord) : [];
  return Math.max(...[book, ...markets].map((record) => versionAt(record, "last_update", at)));
}

interface Reading extends Pick<JudgedPrices, "quarantined" | "tally"> {
  readonly event: SnapshotEvent | undefined;
}

interface Judging {
  readonly format: PriceFormat | undefined;
  readonly version: bigint;
  readonly memory: PriceMemory;
  readonly unknown: UnknownCounter;
}

function judge({ id, facts, raws }: OddsElement, { format, version, memory, unknown }: Judging): Reading {
  unknown.add(raws);
  if (facts === undefined) return withoutEvent(id, raws);
  const { prices, ...judged } = judgePrices(
    facts.sourceEventId,
    raws.map((raw) => priced(raw, format)),
    memory,
  );
  return { event: { facts: { ...facts, sourceVersion: version }, prices }, ...judged };
}

/** A price whose format is not known is none, and the sample says so. */
function priced(raw: UnparsedPrice, format: PriceFormat | undefined): RawPrice {
  if (format !== undefined) return { ...raw, priceFormat: format };
  return { ...raw, priceFormat: "decimal", price: `${raw.price} (decimal or American?)` };
}

/** Prices of a game that cannot be told from another, or is of another format, belong to nothing: all are set aside. */
function withoutEvent(id: string, raws: readonly UnparsedPrice[]): Reading {
  const suspended = raws.filter(({ stopped }) => stopped).length;
  const unreadable = raws.length - suspended;
  const item: QuarantineItem = {
    sourceEventId: id,
    reason: "price_unreadable",
    item: "event",
    sample: { why: "the game has no readable id, sides, start and lists of prices", prices: unreadable },
  };
  const tally: PriceTally = {
    prices: raws.length,
    open: 0,
    suspended,
    quarantined: unreadable > 0 ? { price_unreadable: unreadable } : {},
  };
  return { event: undefined, quarantined: [item], tally };
}
