import type { EventStatus } from "../markets/mod.ts";

const TIME = /^(\d{1,2}):(\d{2})$/;
const STATUS_WORDS: Readonly<Record<EventStatus, readonly string[]>> = {
  scheduled: ["not started"],
  delayed: ["delayed"],
  live: ["ht", "et", "half time", "overtime", "extra time", "break time", "break"],
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
const MINUTE = /^(\d{1,3})(\+\d*)?$/;
/** Sports whose status counts minutes; in tennis a bare "1" stands beside matches of tomorrow. */
const MINUTE_SPORTS: ReadonlySet<string> = new Set(["soccer", "futsal"]);

/** One field holds the kick-off, the minute, the period or a word: what it surely says, else `unknown`, which settles nothing. */
export function statusOf(words: string, sport: string): EventStatus {
  const word = words.toLowerCase();
  if (TIME.test(word)) return "scheduled";
  if (PERIOD_OF_PLAY.test(word)) return "live";
  if (clockOf(words, sport) !== undefined) return "live";
  return STATUS_BY_WORD.get(word) ?? "unknown";
}

/** The minute of play, without what a half is longer: "90+4" is followed by nothing, and "45+2" by 46. */
export function clockOf(words: string, sport: string): number | undefined {
  const [, minute] = MINUTE.exec(words) ?? [];
  return minute !== undefined && MINUTE_SPORTS.has(sport) ? Number(minute) : undefined;
}
