import { contradictionsOf, eventOf, type GoalserveMatch, readMatch } from "./_goalserve_event.ts";
import {
  categoriesOf,
  MATCH_PLACES,
  type MatchPlace,
  placeOf,
  placesIn,
  scoresOf,
  sportOf,
} from "./_goalserve_outline.ts";
import { attributeAt, isRecord, textAt } from "./_json.ts";
import { readJsonStream } from "./_json_stream.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { ReadAnswer } from "./snapshot.ts";

const SUFFIX = "/scores";
const NO_PRICES = { markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} } as const;

/**
 * Reads one answer of GoalServe's score feed of one sport: how matches stand and ended, with not a word about prices. Attributes may be
 * named with an @, matches stand in categories or in a plain list of `{league, source, match}`, of which other sports' are left out.
 *
 * Its versions are a count of their own beside those of the odds: the answer's `updated`, else the time of the poll. Only a
 * soccer match at full time with both scores has a result; a status nobody understands is `unknown`, which settles nothing.
 *
 * @throws {FeedUnreadableError} If it is not such an answer, an answer with odds included.
 */
export const readGoalserveScores: ReadAnswer = async (body, { source: asked, at, sport: told }) => {
  const source = asked.endsWith(SUFFIX) ? asked.slice(0, -SUFFIX.length) : asked;
  const sport = told ?? source.slice(source.indexOf("/") + 1);
  const readings: (GoalserveMatch | undefined)[] = [];
  const read = (match: unknown): GoalserveMatch | undefined => {
    if (!isRecord(match)) return undefined;
    if ("odds" in match) throw new FeedUnreadableError(asked, "it is no answer of scores: a match has odds");
    return readMatch(match, sport);
  };
  const outline = await readJsonStream(body, {
    source: asked,
    ...MATCH_PLACES,
    take: (match, index) => {
      readings[index] = read(match);
    },
  });
  const version = versionOf(outline, at);
  const found = placesOf(outline, { asked, sport }).flatMap(({ match, category }) => {
    const facts = typeof match === "number" ? readings[match] : read(match);
    return [{ facts, category }];
  });
  return {
    source,
    feed: `${source}${SUFFIX}`,
    version,
    scope: found.length === 0 ? "nothing" : "named",
    events: found.flatMap(({ facts, category }) =>
      facts === undefined ? [] : [eventOf(facts, { sport, version, category, prices: undefined })],
    ),
    quarantined: found.flatMap(({ facts }) => (facts === undefined ? [] : contradictionsOf(facts))),
    counts: { events: found.length, ...NO_PRICES },
  };
};

const UPDATED = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})$/;

/** Seconds: of when the answer says it was made, by whichever clock, or of the poll. */
function versionOf(outline: unknown, at: Date): bigint {
  const [, day, month, year, ...time] = UPDATED.exec(attributeAt(scoresOf(outline), "updated")) ?? [];
  const updated = Date.parse(`${year}-${month}-${day}T${time.join(":")}Z`);
  return BigInt(Math.floor((Number.isNaN(updated) ? at.getTime() : updated) / 1000));
}

interface AskedFor {
  readonly asked: string;
  readonly sport: string;
}

function placesOf(outline: unknown, { asked, sport }: AskedFor): MatchPlace[] {
  if (Array.isArray(outline)) return outline.flatMap((entry) => placeInList(entry, { asked, sport }));
  const categories = categoriesOf(scoresOf(outline));
  if (categories === undefined) throw new FeedUnreadableError(asked, "it has no categories");
  if (sportOf(outline) !== sport && sportOf(outline) !== "")
    throw new FeedUnreadableError(asked, "it is of another sport");
  return categories.flatMap(placesIn);
}

/** The path a match was taken from, as in "sport_soccernew/home". */
const SPORT_IN_PATH = /^sport_([a-z]+?)(?:new)?\//;

function placeInList(entry: unknown, { asked, sport }: AskedFor): MatchPlace[] {
  if (!isRecord(entry) || !("match" in entry)) throw new FeedUnreadableError(asked, "an entry has no match");
  const [, from] = SPORT_IN_PATH.exec(textAt(entry, "source")) ?? [];
  if (from !== sport) return [];
  const league = textAt(entry, "league");
  return placeOf(entry["match"], { id: league, name: league });
}
