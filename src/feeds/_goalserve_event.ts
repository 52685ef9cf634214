import type { EventStatus } from "../markets/mod.ts";
import { scoredPeriodOf } from "../results/mod.ts";
import { knownOf } from "./_goalserve_known.ts";
import { clockOf, statusOf } from "./_goalserve_status.ts";
import { attributeAt, type JsonRecord, recordAt } from "./_json.ts";
import type { KnownOfEvent, QuarantineItem, ResultFacts, Score, SnapshotEvent } from "./snapshot.ts";

/** What a match says of itself apart from its odds. */
export interface GoalserveMatch {
  readonly id: string;
  readonly home: string;
  readonly away: string;
  readonly startsAt: Date;
  readonly status: EventStatus;
  readonly clockMinutes?: number;
  /** `contradicted` where the match says two things of its end. */
  readonly result: ResultFacts | "contradicted" | undefined;
  /** How it goes, or went; nothing of one that contradicts itself. */
  readonly known?: KnownOfEvent;
}

// The field's name changes with the sport; its meaning does not, and its position means nothing.
const HOME_FIELDS = ["localteam", "hometeam", "player_1"];
const AWAY_FIELDS = ["visitorteam", "awayteam", "player_2"];
const DATE = /^(\d{2})\.(\d{2})\.(\d{4})$/;
const TIME = /^(\d{1,2}):(\d{2})$/;

/**
 * A match without its odds, or `undefined` if it has no id, side or start: it could not be told from another. In the odds feed
 * attributes are named plainly, in the score feed with an @.
 */
export function readMatch(match: JsonRecord, sport: string): GoalserveMatch | undefined {
  const id = attributeAt(match, "id");
  const home = sideOf(match, HOME_FIELDS);
  const away = sideOf(match, AWAY_FIELDS);
  const startsAt = startOf(match);
  if (id === "" || startsAt === undefined) return undefined;
  const [homeName, awayName] = [attributeAt(home, "name"), attributeAt(away, "name")];
  if (homeName === "" || awayName === "") return undefined;
  const words = wordsOf(match);
  const clockMinutes = clockOf(words, sport);
  const told = isFullTime(words, sport) ? resultOf(match, { home, away }) : undefined;
  const known = told === "contradicted" ? {} : knownOf({ match, home, away, words, sport, clockMinutes });
  const status = statusOf(words, sport);
  return {
    id,
    home: homeName,
    away: awayName,
    startsAt,
    status,
    ...(clockMinutes === undefined ? {} : { clockMinutes }),
    result: told ?? (status === "ended" ? totalOf(known, sport) : undefined),
    ...(Object.keys(known).length === 0 ? {} : { known }),
  };
}

function sideOf(match: JsonRecord, fields: readonly string[]): JsonRecord {
  const field = fields.find((name) => Object.hasOwn(match, name));
  return field === undefined ? {} : recordAt(match, field);
}

/** Cricket's odds have no status at all: a match is offered before its start, and at its start nothing of it is. */
function wordsOf(match: JsonRecord): string {
  const isTold = Object.hasOwn(match, "status") || Object.hasOwn(match, "@status");
  return isTold ? attributeAt(match, "status") : "Not Started";
}

/** Kick-off, written in UTC in two fields; `date` is either a date or, beside `formatted_date`, a few words without a year. */
function startOf(match: JsonRecord): Date | undefined {
  const date = DATE.exec(attributeAt(match, "formatted_date")) ?? DATE.exec(attributeAt(match, "date"));
  const time = TIME.exec(attributeAt(match, "time"));
  if (date === null || time === null) return undefined;
  const [, day = "", month = "", year = ""] = date;
  const [, hour = "", minute = ""] = time;
  const text = `${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:00.000Z`;
  const startsAt = new Date(text);
  // Date rolls 31.02. over into March; what was written is no date then.
  return Number.isNaN(startsAt.getTime()) || startsAt.toISOString() !== text ? undefined : startsAt;
}

/** Soccer's full-time score alone is surely what its markets are decided by; after extra time the goals include it. */
function isFullTime(words: string, sport: string): boolean {
  return sport === "soccer" && words.toLowerCase() === "ft";
}

/** The result of a sport whose final score counts the whole match, as its parts and total say it. */
function totalOf({ counts = [] }: KnownOfEvent, sport: string): ResultFacts | undefined {
  if (scoredPeriodOf(SPORTS[sport] ?? sport) !== "match") return undefined;
  const of = (side: "home" | "away") =>
    counts.find(
      (count) =>
        count.statistic === "score" && count.period === "match" && count.side === side && count.final,
    )?.value;
  const [home, away] = [of("home"), of("away")];
  return home === undefined || away === undefined ? undefined : { state: "final", score: { home, away } };
}

const GOALS = /^\d{1,2}$/;
const SCORE = /^\[?(\d{1,2})-(\d{1,2})\]?$/;

/** A missing score ("?" or "") is no 0, and what is written and is none ("128") is for a trader to see. Goals, half-time and full-time score must fit one another. */
function resultOf(
  match: JsonRecord,
  { home, away }: { readonly home: JsonRecord; readonly away: JsonRecord },
): GoalserveMatch["result"] {
  const goals = [attributeAt(home, "goals"), attributeAt(away, "goals")];
  if (goals.some((text) => text === "" || text === "?")) return undefined;
  if (!goals.every((text) => GOALS.test(text))) return "contradicted";
  const score: Score = { home: Number(goals[0]), away: Number(goals[1]) };
  const halfTimeScore = scoreOf(recordAt(match, "ht"));
  const fullTime = scoreOf(recordAt(match, "ft"));
  if (fullTime !== undefined && (fullTime.home !== score.home || fullTime.away !== score.away))
    return "contradicted";
  if (halfTimeScore === undefined) return { state: "final", score };
  if (halfTimeScore.home > score.home || halfTimeScore.away > score.away) return "contradicted";
  return { state: "final", score, halfTimeScore };
}

function scoreOf(record: JsonRecord): Score | undefined {
  const [, home, away] = SCORE.exec(attributeAt(record, "score")) ?? [];
  return home === undefined || away === undefined ? undefined : { home: Number(home), away: Number(away) };
}

/** The vendor's sport names where ours differ. */
const SPORTS: Readonly<Record<string, string>> = { football: "american_football" };

export interface EventContext {
  readonly sport: string;
  readonly version: bigint;
  /** What the match stands in. */
  readonly category: { readonly id: string; readonly name: string };
  readonly prices: SnapshotEvent["prices"];
}

/** A match as an event of its source's answer. What it contradicts itself about is no result. */
export function eventOf(
  { id, result, known, ...facts }: GoalserveMatch,
  { sport, version, category, prices }: EventContext,
): SnapshotEvent {
  const own = SPORTS[sport] ?? sport;
  return {
    facts: {
      ...facts,
      sourceEventId: id,
      sport: own,
      competitionId: `${own}-${category.id}`,
      competition: category.name,
      sourceVersion: version,
    },
    prices,
    ...(result === undefined || result === "contradicted" ? {} : { result }),
    ...(known === undefined ? {} : { known }),
  };
}

/** For a trader to see: a result that the match itself contradicts. */
export function contradictionsOf({ id, result, home, away }: GoalserveMatch): QuarantineItem[] {
  if (result !== "contradicted") return [];
  const why = "goals are no score, or do not fit the half-time or full-time score";
  return [{ sourceEventId: id, reason: "result_contradicted", item: "result", sample: { why, home, away } }];
}
