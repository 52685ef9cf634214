import type { CountClaim, GoalClaim } from "../results/mod.ts";
import { knownByParts } from "./_goalserve_parts.ts";
import { attributeAt, type JsonRecord, listAt, recordAt } from "./_json.ts";
import type { KnownOfEvent, Score } from "./snapshot.ts";

/** A match of the vendor's, with its sides already told apart. */
export interface MatchRecords {
  readonly match: JsonRecord;
  readonly home: JsonRecord;
  readonly away: JsonRecord;
  /** Its status in the vendor's words. */
  readonly words: string;
  readonly sport: string;
  /** The minute of play, where the status is one. */
  readonly clockMinutes: number | undefined;
}

/** Goals are counted by the minute of a match here, and stretches of play everywhere else. */
const OF_GOALS: ReadonlySet<string> = new Set(["soccer", "futsal"]);

/** What a match says of how it goes, or went, beside its final score; empty if nothing. */
export function knownOf(records: MatchRecords): KnownOfEvent {
  return OF_GOALS.has(records.sport) ? knownByGoals(records) : knownByParts(records);
}

const GOALS = /^\d{1,2}$/;
const SCORE = /^\[?(\d{1,2})-(\d{1,2})\]?$/;
/** When a half is over by the clock, without what is added to it. */
const HALF_MINUTES: Readonly<Record<string, number>> = { soccer: 45, futsal: 20 };

function knownByGoals(records: MatchRecords): KnownOfEvent {
  const goals = goalsOf(records);
  if (goals === undefined) return {};
  const word = records.words.toLowerCase();
  const half = scoreAt(recordAt(records.match, "ht"));
  switch (word) {
    case "ft":
      return atFullTime(records, goals, half);
    case "aet":
      // With extra time, which markets of 90 minutes are not decided by.
      return { counts: scoreClaims("match", goals, true) };
    case "et":
      return { counts: scoreClaims("match", goals, false) };
    case "ht":
      return half !== undefined && !equal(half, goals)
        ? {}
        : { counts: [...scoreClaims("first_half", goals, true), ...scoreClaims("regulation", goals, false)] };
    default:
      return inPlay(records, goals, half);
  }
}

/** By the minute: beyond the last one of regulation nobody knows whether it is added time or extra time. */
function inPlay({ sport, clockMinutes }: MatchRecords, goals: Score, half: Score | undefined): KnownOfEvent {
  const halfMinutes = HALF_MINUTES[sport] ?? 0;
  if (clockMinutes === undefined || clockMinutes > 2 * halfMinutes) return {};
  const running = scoreClaims("regulation", goals, false);
  if (clockMinutes <= halfMinutes)
    return { counts: [...scoreClaims("first_half", goals, false), ...running] };
  const isSound = half !== undefined && half.home <= goals.home && half.away <= goals.away;
  return { counts: [...(isSound ? scoreClaims("first_half", half, true) : []), ...running] };
}

function atFullTime(records: MatchRecords, goals: Score, half: Score | undefined): KnownOfEvent {
  const order = records.sport === "soccer" ? goalOrder(records.match, goals, half) : undefined;
  const early = order?.filter(({ period }) => period === "first_10_minutes");
  const counts = [
    ...scoreClaims("regulation", goals, true),
    ...(half === undefined ? [] : scoreClaims("first_half", half, true)),
    ...(early === undefined ? [] : scoreClaims("first_10_minutes", tallied(early), true)),
    ...(records.sport === "soccer" ? cardsIn(records.match) : []),
  ];
  return { counts, ...(order === undefined ? {} : { goals: { goals: order, final: true } }) };
}

/**
 * The goals in their order, if the list of events has every one of them: the running score beside each is that of the goals so far, the
 * last is the final score, and those of the first half come to its score. Who scored is left out: the scores abbreviate names that the
 * odds write out, and a bet on a name that nobody finds among the scorers would be lost.
 */
function goalOrder(match: JsonRecord, goals: Score, half: Score | undefined): GoalClaim[] | undefined {
  const list: GoalClaim[] = [];
  for (const event of eventsOf(match, "goal")) {
    const side = sideOf(event);
    const minute = attributeAt(event, "minute");
    if (side === undefined || !/^\d{1,3}$/.test(minute)) return undefined;
    const isOwn = attributeAt(event, "player").endsWith("(o.g.)");
    list.push({ side, period: stretchAt(Number(minute)), ...(isOwn ? { ownGoal: true } : {}) });
    const told = scoreIn(attributeAt(event, "result").replaceAll(" ", ""));
    if (told === undefined || !equal(told, tallied(list))) return undefined;
  }
  const firstHalf = list.filter(({ period }) => period !== "second_half");
  const isWhole = equal(tallied(list), goals) && (half === undefined || equal(tallied(firstHalf), half));
  return isWhole ? list : undefined;
}

/** A minute is written as the one under way: the tenth ends at 10:00. */
function stretchAt(minute: number): "first_10_minutes" | "rest_of_first_half" | "second_half" {
  if (minute <= 10) return "first_10_minutes";
  return minute <= 45 ? "rest_of_first_half" : "second_half";
}

/** Cards as far as they are listed: of many matches none are, so that a list is the least there were and no list is no 0. */
function cardsIn(match: JsonRecord): CountClaim[] {
  const kinds = [
    { statistic: "yellow_cards", types: ["yellowcard"] },
    { statistic: "red_cards", types: ["redcard", "yellowred"] },
  ] as const;
  return kinds.flatMap(({ statistic, types }) =>
    (["home", "away"] as const).flatMap((side): CountClaim[] => {
      const value = types.flatMap((type) => eventsOf(match, type)).filter((event) => sideOf(event) === side);
      const count = { statistic, period: "regulation", side, value: value.length, final: false } as const;
      return value.length === 0 ? [] : [count];
    }),
  );
}

function eventsOf(match: JsonRecord, type: string): readonly JsonRecord[] {
  return listAt(recordAt(match, "events"), "event").filter((event) => attributeAt(event, "type") === type);
}

/** Of a goal the side that it counts for, its own goals included. */
function sideOf(event: JsonRecord): "home" | "away" | undefined {
  const team = attributeAt(event, "team");
  return team === "localteam" ? "home" : team === "visitorteam" ? "away" : undefined;
}

function goalsOf({ home, away }: MatchRecords): Score | undefined {
  const [ofHome, ofAway] = [attributeAt(home, "goals"), attributeAt(away, "goals")];
  return GOALS.test(ofHome) && GOALS.test(ofAway)
    ? { home: Number(ofHome), away: Number(ofAway) }
    : undefined;
}

function scoreAt(record: JsonRecord): Score | undefined {
  return scoreIn(attributeAt(record, "score"));
}

function scoreIn(text: string): Score | undefined {
  const [, home, away] = SCORE.exec(text) ?? [];
  return home === undefined || away === undefined ? undefined : { home: Number(home), away: Number(away) };
}

function tallied(goals: readonly GoalClaim[]): Score {
  const home = goals.filter(({ side }) => side === "home").length;
  return { home, away: goals.length - home };
}

function equal(one: Score, other: Score): boolean {
  return one.home === other.home && one.away === other.away;
}

function scoreClaims(period: CountClaim["period"], { home, away }: Score, final: boolean): CountClaim[] {
  const count = { statistic: "score", period, final } as const;
  return [
    { ...count, side: "home", value: home },
    { ...count, side: "away", value: away },
  ];
}
