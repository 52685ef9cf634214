import { type GoalserveMatch, readMatch } from "./_goalserve_event.ts";
import { readMarket } from "./_goalserve_odds.ts";
import type { TeamNames } from "./_goalserve_outcomes.ts";
import { isRecord, type JsonRecord, listAt, recordAt, textAt } from "./_json.ts";
import { FeedUnreadableError } from "./errors.ts";
import { judgePrices, type RawPrice } from "./judge_prices.ts";
import type { QuarantineItem, ReadContext, Snapshot, SnapshotEvent } from "./snapshot.ts";
import { tallyOf } from "./tally.ts";

const VENDOR = "goalserve";
/** The vendor's sport names where ours differ. */
const SPORTS: Readonly<Record<string, string>> = { football: "american_football" };

/** The name of one of the vendor's sports as a source of its own: match ids are counted by sport. */
export function goalserveSource(sport: string): string {
  return `${VENDOR}/${sport}`;
}

/**
 * Reads one answer of GoalServe's `getodds` (bare, or in the container the stored files have).
 *
 * Full state each call: what is not named is not offered. `ts` is a version, never a clock (it lags by hours). The answer
 * without data has ts "0" and no match.
 *
 * @throws {FeedUnreadableError} If it is not such an answer; cricket's, which has another shape, included.
 */
export async function readGoalserve(
  body: AsyncIterable<Uint8Array>,
  { source: asked, sport: askedSport }: ReadContext,
): Promise<Snapshot> {
  const document = await documentOf(body, asked);
  const root = isRecord(document) ? document : {};
  const container = isRecord(root["odds_data"]) ? root["odds_data"] : root;
  const scores = recordAt(container, "scores");
  const sport =
    askedSport ?? (textAt(scores, "sport") || textAt(recordAt(root, "metadata"), "sport")).toLowerCase();
  const source = goalserveSource(sport);
  if (sport === "") throw new FeedUnreadableError(VENDOR, "it has no scores with a sport");
  if (sport === "cricket") throw new FeedUnreadableError(source, "cricket's odds have a shape of their own");
  const version = versionOf(scores, source);
  const matches = [...matchesOf(scores)];
  if (version === 0n && matches.length > 0) throw new FeedUnreadableError(source, "its version is missing");
  const readings = matches.map((match) => readOdds({ ...match, sport, source, version }));
  return {
    source,
    version,
    scope: version === 0n ? "nothing" : "full",
    events: readings.flatMap(({ event }) => event ?? []),
    quarantined: readings.flatMap(({ quarantined }) => quarantined),
    counts: {
      events: matches.length,
      markets: readings.reduce((sum, { markets }) => sum + markets, 0),
      ...tallyOf(readings.map(({ tally }) => tally)),
    },
  };
}

async function documentOf(body: AsyncIterable<Uint8Array>, source: string): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body) text += decoder.decode(bytes, { stream: true });
  try {
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    throw new FeedUnreadableError(source, "it is no JSON", { cause });
  }
}

function versionOf(scores: JsonRecord, source: string): bigint {
  const text = textAt(scores, "ts");
  if (!/^\d{1,18}$/.test(text)) throw new FeedUnreadableError(source, "its version is no number");
  if (!("categories" in scores) && !("category" in scores))
    throw new FeedUnreadableError(source, "it has no categories");
  return BigInt(text);
}

interface FoundMatch {
  readonly match: JsonRecord;
  readonly category: JsonRecord;
}

/** Every match with its category, whichever of the vendor's two containers holds them. */
function* matchesOf(scores: JsonRecord): Generator<FoundMatch> {
  const categories = "categories" in scores ? listAt(scores, "categories") : listAt(scores, "category");
  for (const category of categories) {
    const inner = recordAt(category, "matches");
    const matches = "match" in inner ? listAt(inner, "match") : listAt(category, "matches");
    for (const match of matches) yield { match, category };
  }
}

interface MatchReading extends Pick<ReturnType<typeof judgePrices>, "quarantined" | "tally"> {
  readonly event: SnapshotEvent | undefined;
  readonly markets: number;
}

interface Context extends FoundMatch {
  readonly sport: string;
  readonly source: string;
  readonly version: bigint;
}

function readOdds(context: Context): MatchReading {
  const { match, sport, source } = context;
  const facts = readMatch(match, sport);
  const markets = listAt(match, "odds");
  const raws = markets.flatMap((market) => readMarket(market, { sport, source, teams: facts ?? NOBODY }));
  if (facts === undefined)
    return { event: undefined, markets: markets.length, ...withoutEvent(textAt(match, "id"), raws) };
  const { prices, ...judged } = judgePrices(facts.id, raws);
  return { event: eventOf(facts, prices, context), markets: markets.length, ...judged };
}

const NOBODY: TeamNames = { home: "", away: "" };

function eventOf(
  facts: GoalserveMatch,
  prices: SnapshotEvent["prices"],
  { category, sport, version }: Context,
): SnapshotEvent {
  const { id, result, ...rest } = facts;
  const own = SPORTS[sport] ?? sport;
  const competition = {
    competitionId: `${own}-${textAt(category, "id")}`,
    competition: textAt(category, "name"),
  };
  const event = { ...rest, ...competition, sourceEventId: id, sport: own, sourceVersion: version };
  return { facts: event, prices, ...(result === undefined ? {} : { result }) };
}

/** Prices of a match that cannot be told from another belong to nothing: all of them are set aside. */
function withoutEvent(id: string, raws: readonly RawPrice[]): Pick<MatchReading, "quarantined" | "tally"> {
  const stopped = raws.filter((raw) => raw.stopped).length;
  const unreadable = raws.length - stopped;
  const item: QuarantineItem = {
    sourceEventId: id,
    reason: "price_unreadable",
    item: "event",
    sample: { why: "the match has no readable id, sides and start", prices: unreadable },
  };
  return {
    quarantined: unreadable > 0 ? [item] : [],
    tally: {
      prices: raws.length,
      open: 0,
      suspended: stopped,
      quarantined: unreadable > 0 ? { price_unreadable: unreadable } : {},
    },
  };
}
