import type { EventStatus } from "../markets/mod.ts";
import { type JsonRecord, recordAt, textAt } from "./_json.ts";
import type { ResultFacts, Score } from "./snapshot.ts";

/** What a match says of itself apart from its odds. */
export interface GoalserveMatch {
  readonly id: string;
  readonly home: string;
  readonly away: string;
  readonly startsAt: Date;
  readonly status: EventStatus;
  readonly clockMinutes?: number;
  readonly result: ResultFacts | undefined;
}

// The field's name changes with the sport; its meaning does not, and its position means nothing.
const HOME_FIELDS = ["localteam", "hometeam", "player_1"];
const AWAY_FIELDS = ["visitorteam", "awayteam", "player_2"];
const DATE = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const TIME = /^(\d{1,2}):(\d{2})$/;

/** A match without its odds, or `undefined` if it has no id, side or start: it could not be told from another. */
export function readMatch(match: JsonRecord, sport: string): GoalserveMatch | undefined {
  const id = textAt(match, "id");
  const home = sideOf(match, HOME_FIELDS);
  const away = sideOf(match, AWAY_FIELDS);
  const startsAt = startOf(match);
  if (id === "" || startsAt === undefined) return undefined;
  const [homeName, awayName] = [textAt(home, "name"), textAt(away, "name")];
  if (homeName === "" || awayName === "") return undefined;
  const words = textAt(match, "status");
  const result = resultOf({ sport, words, home, away, half: recordAt(match, "ht") });
  const clockMinutes = clockOf(words, sport);
  const facts = { id, home: homeName, away: awayName, startsAt, status: statusOf(words, sport), result };
  return clockMinutes === undefined ? facts : { ...facts, clockMinutes };
}

function sideOf(match: JsonRecord, fields: readonly string[]): JsonRecord {
  const field = fields.find((name) => Object.hasOwn(match, name));
  return field === undefined ? {} : recordAt(match, field);
}

/** Kick-off, written in UTC in two fields; `date` is either a date or, beside `formatted_date`, a few words without a year. */
function startOf(match: JsonRecord): Date | undefined {
  const date = DATE.exec(textAt(match, "formatted_date")) ?? DATE.exec(textAt(match, "date"));
  const time = TIME.exec(textAt(match, "time"));
  if (date === null || time === null) return undefined;
  const [, day = "", month = "", year = ""] = date;
  const [, hour = "", minute = ""] = time;
  const text = `${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:00.000Z`;
  const startsAt = new Date(text);
  // Date rolls 31.02. over into March; what was written is no date then.
  return Number.isNaN(startsAt.getTime()) || startsAt.toISOString() !== text ? undefined : startsAt;
}

const STATUS_WORDS: Readonly<Record<EventStatus, readonly string[]>> = {
  scheduled: ["not started"],
  delayed: ["delayed"],
  live: ["ht", "half time", "overtime", "extra time", "break time"],
  interrupted: ["int.", "interrupted", "susp.", "suspended"],
  ended: ["ft", "aet", "pen.", "finished", "after over time", "after penalties"],
  postponed: ["postp.", "postponed"],
  abandoned: ["aban.", "abandoned"],
  cancelled: ["cancl.", "cancelled", "canceled"],
  walkover: ["wo", "w.o.", "walkover", "walk over"],
  unknown: [],
};
const STATUS_BY_WORD: ReadonlyMap<string, EventStatus> = new Map(
  Object.entries(STATUS_WORDS).flatMap(([status, words]) =>
    words.map((word) => [word, status as EventStatus] as const),
  ),
);
const PERIOD_OF_PLAY = /^(set [1-5]|[1-9](st|nd|rd|th) (half|quarter|period|inning|set))$/;
const MINUTE = /^\d{1,3}(\+\d*)?$/;
/** Sports whose status counts minutes; in tennis a bare "1" stands beside matches of tomorrow. */
const MINUTE_SPORTS: ReadonlySet<string> = new Set(["soccer", "futsal"]);

/** One field holds the kick-off, the minute, the period or a word: what it surely says, else `unknown`, which settles nothing. */
export function statusOf(words: string, sport: string): EventStatus {
  const word = words.toLowerCase();
  if (TIME.test(word)) return "scheduled";
  if (PERIOD_OF_PLAY.test(word)) return "live";
  if (MINUTE.test(word) && MINUTE_SPORTS.has(sport)) return "live";
  return STATUS_BY_WORD.get(word) ?? "unknown";
}

/** The minute of play, stoppage time left aside ("45+2" is 45), where the field holds it. */
function clockOf(words: string, sport: string): number | undefined {
  return MINUTE.test(words) && MINUTE_SPORTS.has(sport) ? Number.parseInt(words, 10) : undefined;
}

interface ResultSource {
  readonly sport: string;
  readonly words: string;
  readonly home: JsonRecord;
  readonly away: JsonRecord;
  readonly half: JsonRecord;
}

const GOALS = /^\d{1,2}$/;
const HALF_SCORE = /^\[?(\d{1,2})-(\d{1,2})\]?$/;

/** Soccer's full-time score alone is surely what its markets are decided by. A missing score ("?" or "") is no 0. */
function resultOf({ sport, words, home, away, half }: ResultSource): ResultFacts | undefined {
  const goals = [textAt(home, "goals"), textAt(away, "goals")];
  if (sport !== "soccer" || words.toLowerCase() !== "ft") return undefined;
  if (!goals.every((text) => GOALS.test(text))) return undefined;
  const score: Score = { home: Number(goals[0]), away: Number(goals[1]) };
  const [, halfHome, halfAway] = HALF_SCORE.exec(textAt(half, "score")) ?? [];
  if (halfHome === undefined || halfAway === undefined) return { state: "final", score };
  return { state: "final", score, halfTimeScore: { home: Number(halfHome), away: Number(halfAway) } };
}
