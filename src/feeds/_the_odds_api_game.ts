import type { EventFacts, EventStatus } from "../markets/mod.ts";
import { type JsonRecord, textAt } from "./_json.ts";
import { FeedUnreadableError } from "./errors.ts";

export const VENDOR = "the_odds_api";

/** Our names of the vendor's sports, which it writes as the first word of a sport key ("icehockey_nhl"). */
const SPORTS: Readonly<Record<string, string>> = {
  americanfootball: "american_football",
  aussierules: "australian_rules",
  icehockey: "ice_hockey",
  rugbyleague: "rugby_league",
  rugbyunion: "rugby",
};

const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,6})?Z$/;
const UNIX_SECONDS = /^\d{9,11}$/;
/** The vendor stamps in real UTC. A stamp further ahead is a broken clock, and as a version it would refuse all that follows. */
const AHEAD_MAX_SECONDS = 86_400;

/** Our name of the sport that a key of the vendor belongs to. */
export function sportOf(sportKey: string): string {
  const [word = ""] = sportKey.split("_");
  return SPORTS[word] ?? word;
}

export interface Sides {
  readonly home: string;
  readonly away: string;
}

/**
 * The game that an element of `/odds` or `/scores` speaks of; `undefined` if it has no id, start or two sides that can be told
 * apart (an outright has none): its outcomes go by the sides' names.
 *
 * Both endpoints show the vendor's one `commence_time`, which moves to the real kick-off: the newest answer is right. Neither
 * has a word for the state of a game that is not completed: it is live from its start, as both list what is coming or under way.
 */
export function readGame(
  element: JsonRecord,
  { at, version }: { readonly at: Date; readonly version: bigint },
): EventFacts | undefined {
  const [id, sportKey] = [textAt(element, "id"), textAt(element, "sport_key")];
  const { home, away } = sidesOf(element);
  const seconds = secondsAt(element, "commence_time");
  if (id === "" || sportKey === "" || seconds === undefined) return undefined;
  if (home === "" || away === "" || home === away) return undefined;
  const startsAt = new Date(seconds * 1000);
  const status: EventStatus = startsAt > at ? "scheduled" : "live";
  return {
    sourceEventId: id,
    sport: sportOf(sportKey),
    competitionId: sportKey,
    competition: textAt(element, "sport_title") || sportKey,
    home,
    away,
    startsAt,
    status,
    sourceVersion: version,
  };
}

/** Both sides by their own fields; the lists of an element are ordered by nothing. */
export function sidesOf(element: JsonRecord): Sides {
  return { home: textAt(element, "home_team"), away: textAt(element, "away_team") };
}

/** Seconds since 1970 from either of the vendor's two date formats, ISO 8601 or a number. */
export function secondsAt(record: JsonRecord, key: string): number | undefined {
  const text = textAt(record, key);
  if (UNIX_SECONDS.test(text)) return Number(text);
  const [, year, month, day, hour, minute, second] = TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(iso);
  // Date rolls February 31st over into March; what was written is no time then.
  return Number.isNaN(date.getTime()) || date.toISOString() !== iso ? undefined : date.getTime() / 1000;
}

/** What a stamp of the vendor counts towards a version: seconds, or 0 if there is none or it is from the future. */
export function versionAt(record: JsonRecord, key: string, at: Date): number {
  const seconds = secondsAt(record, key) ?? 0;
  return seconds > at.getTime() / 1000 + AHEAD_MAX_SECONDS ? 0 : seconds;
}

const KEY = /^[a-z0-9_]{1,100}$/;

/**
 * The source an answer belongs to: what was polled, or, for a reader that was not told, what the elements themselves say.
 *
 * @throws {FeedUnreadableError} If nobody says.
 */
export function sourceOf(asked: string, sportKeys: ReadonlySet<string>): string {
  const [vendor, key = ""] = asked.split("/");
  if (vendor === VENDOR && KEY.test(key)) return theOddsApiSource(key);
  const [only = "", ...others] = sportKeys;
  if (others.length > 0)
    throw new FeedUnreadableError(asked, "it holds several sports and none was asked for");
  if (only === "") return VENDOR;
  if (!KEY.test(only)) throw new FeedUnreadableError(asked, "its sport key is none of the vendor's");
  return theOddsApiSource(only);
}

/** The name of one of the vendor's sport keys, as `americanfootball_nfl`, as a source of its own. */
export function theOddsApiSource(sportKey: string): string {
  return `${VENDOR}/${sportKey}`;
}
