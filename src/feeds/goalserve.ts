import { contradictionsOf, eventOf, type GoalserveMatch, readMatch } from "./_goalserve_event.ts";
import { isGoalserveSport, marketSport } from "./_goalserve_markets.ts";
import { marketsOf, readMarket } from "./_goalserve_odds.ts";
import {
  categoriesOf,
  MATCH_PLACES,
  type MatchPlace,
  placesIn,
  scoresOf,
  sportOf,
} from "./_goalserve_outline.ts";
import { createTranslator, type Translator } from "./_goalserve_translator.ts";
import { isRecord, type JsonRecord, textAt } from "./_json.ts";
import { readJsonStream } from "./_json_stream.ts";
import { remembering } from "./_price_memory.ts";
import { countUnknown, type UnknownCounter } from "./_unknown_markets.ts";
import { FeedUnreadableError } from "./errors.ts";
import { createPriceMemory, judgePrices, type PriceMemory, type RawPrice } from "./judge_prices.ts";
import type { QuarantineItem, ReadContext, Snapshot, SnapshotEvent } from "./snapshot.ts";
import { tallyOf } from "./tally.ts";

const VENDOR = "goalserve";

/** The name of one of the vendor's sports as a source of its own: match ids are counted by sport. */
export function goalserveSource(sport: string): string {
  return `${VENDOR}/${sport}`;
}

/**
 * Reads one answer of GoalServe's `getodds` (bare, or in the container the stored files have), match by match as it comes.
 *
 * Full state each call: what is not named is not offered. `ts` is a version, never a clock (it lags by hours). The answer
 * without data has ts "0" and no match. A `source` without a sport is completed by the sport the answer says it is of.
 *
 * @throws {FeedUnreadableError} If it is not such an answer, of that sport, from its first byte to its last.
 */
export async function readGoalserve(
  body: AsyncIterable<Uint8Array>,
  context: ReadContext,
): Promise<Snapshot> {
  const unknown = countUnknown();
  const memory = createPriceMemory();
  const translators = remembering(createTranslator);
  const readings: MatchReading[] = [];
  const read = (match: unknown, watched: string | undefined): MatchReading => {
    const sport = askedSport(context, watched);
    return readOdds(isRecord(match) ? match : {}, {
      sport,
      source: context.source,
      translators,
      memory,
      unknown,
    });
  };
  const outline = await readJsonStream(body, {
    source: context.source,
    ...MATCH_PLACES,
    watch: "sport",
    take: (match, index, watched) => {
      readings[index] = read(match, watched);
    },
  });
  const { sport, source, version, places } = answerOf(outline, context);
  const found = places.map((place) => ({
    place,
    reading: typeof place.match === "number" ? readings[place.match] : read(place.match, sport),
  }));
  const taken = found.flatMap(({ reading }) => reading ?? []);
  return {
    source,
    version,
    scope: version === 0n ? "nothing" : "full",
    events: found.flatMap(({ place: { category }, reading }) => {
      if (reading?.facts === undefined) return [];
      return [eventOf(reading.facts, { sport, version, category, prices: reading.prices })];
    }),
    quarantined: taken.flatMap(({ quarantined }) => quarantined),
    counts: {
      events: taken.length,
      markets: taken.reduce((sum, { markets }) => sum + markets, 0),
      ...tallyOf(taken.map(({ tally }) => tally)),
    },
    unknownMarkets: unknown.counts(),
  };
}

/**
 * The sport by which markets are understood: what the caller asked for, or else what the answer says before its first match.
 *
 * @throws {FeedUnreadableError} If nobody has said it.
 */
function askedSport({ source, sport }: ReadContext, watched: string | undefined): string {
  const asked = sport ?? (source.startsWith(`${VENDOR}/`) ? source.slice(VENDOR.length + 1) : "");
  const told = (watched ?? "").toLowerCase();
  const known = isGoalserveSport(asked) || told === "" ? asked : told;
  if (known === "") throw new FeedUnreadableError(source, "no sport is named before its first match");
  return known;
}

interface Answer {
  readonly sport: string;
  readonly source: string;
  readonly version: bigint;
  readonly places: readonly MatchPlace[];
}

/** What an answer says as a whole. */
function answerOf(outline: unknown, context: ReadContext): Answer {
  const scores = scoresOf(outline);
  const told = sportOf(outline);
  const sport = askedSport(context, told);
  const source = context.source.startsWith(`${VENDOR}/`) ? context.source : goalserveSource(sport);
  if (told !== sport && isGoalserveSport(told))
    throw new FeedUnreadableError(source, "it is of another sport");
  const categories = categoriesOf(scores);
  if (categories === undefined) throw new FeedUnreadableError(source, "it has no categories");
  const text = textAt(scores, "ts");
  if (!/^\d{1,18}$/.test(text)) throw new FeedUnreadableError(source, "its version is no number");
  const places = categories.flatMap(placesIn);
  const version = BigInt(text);
  if (version === 0n && places.length > 0) throw new FeedUnreadableError(source, "its version is missing");
  return { sport, source, version, places };
}

interface MatchReading extends Pick<ReturnType<typeof judgePrices>, "quarantined" | "tally"> {
  /** `undefined` for a match that cannot be told from another. */
  readonly facts: GoalserveMatch | undefined;
  readonly prices: NonNullable<SnapshotEvent["prices"]>;
  readonly markets: number;
}

interface OddsContext {
  readonly sport: string;
  readonly source: string;
  readonly translators: (sport: string) => Translator;
  readonly memory: PriceMemory;
  readonly unknown: UnknownCounter;
}

function readOdds(
  match: JsonRecord,
  { sport, source, translators, memory, unknown }: OddsContext,
): MatchReading {
  const facts = readMatch(match, sport);
  const markets = marketsOf(match);
  const translator = translators(marketSport(sport, textAt(match, "type")));
  const teams = facts ?? { home: "", away: "" };
  const raws = markets.flatMap((market) => readMarket(market, { source, teams, translator }));
  unknown.add(raws);
  const judged =
    facts === undefined ? withoutEvent(textAt(match, "id"), raws) : judgePrices(facts.id, raws, memory);
  const contradictions = facts === undefined ? [] : contradictionsOf(facts);
  const quarantined = [...judged.quarantined, ...contradictions];
  return { facts, markets: markets.length, ...judged, quarantined };
}

/** Prices of a match that cannot be told from another belong to nothing: all of them are set aside. */
function withoutEvent(id: string, raws: readonly RawPrice[]): Omit<MatchReading, "facts" | "markets"> {
  const stopped = raws.filter((raw) => raw.stopped).length;
  const unreadable = raws.length - stopped;
  const item: QuarantineItem = {
    sourceEventId: id,
    reason: "price_unreadable",
    item: "event",
    sample: { why: "the match has no readable id, sides and start", prices: unreadable },
  };
  return {
    prices: [],
    quarantined: unreadable > 0 ? [item] : [],
    tally: {
      prices: raws.length,
      open: 0,
      suspended: stopped,
      quarantined: unreadable > 0 ? { price_unreadable: unreadable } : {},
    },
  };
}
