import type { Position } from "./cursor.ts";
import type { OfferSwitches } from "./offer.ts";

/** Which events a page shows. Instants in milliseconds since 1970. */
export interface EventsAsked {
  readonly sport: string | null;
  readonly competitionId: string | null;
  /** From this start on; events of the last twelve hours and later when nothing is asked. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly after: Position | null;
  readonly limit: number;
}

/** What is asked, and what of it is not shown. */
export interface PageAsked extends EventsAsked {
  readonly offSports: readonly string[];
  readonly offCompetitions: readonly string[];
}

type Key = readonly [
  sport: string | null,
  competitionId: string | null,
  fromMs: number | null,
  toMs: number | null,
  after: readonly [micros: string, eventId: string] | null,
  limit: number,
  offSports?: readonly string[],
  offCompetitions?: readonly string[],
];

const NOTHING = { sport: null, competitionId: null, fromMs: null, toMs: null };

/**
 * All of what is asked, in one spelling, so that a load needs nothing but its key. What is switched off is part of it and who
 * switched it off is not: tenants with the same switches share their pages.
 */
export function pageKey(
  asked: Partial<EventsAsked> & Pick<EventsAsked, "after" | "limit">,
  switches?: Pick<OfferSwitches, "sports" | "competitions">,
): string {
  const { sport, competitionId, fromMs, toMs, after, limit } = { ...NOTHING, ...asked };
  const position = after === null ? null : ([after.micros.toString(), after.eventId] as const);
  const key: Key = [sport, competitionId, fromMs, toMs, position, limit];
  const offSports = [...(switches?.sports ?? [])].sort();
  const offCompetitions = [...(switches?.competitions ?? [])].sort();
  const cuts = offSports.length + offCompetitions.length > 0;
  return JSON.stringify(cuts ? [...key, offSports, offCompetitions] : key);
}

/** What a key of `pageKey` asks for. */
export function parsePageKey(text: string): PageAsked {
  const key: Key = JSON.parse(text);
  const [sport, competitionId, fromMs, toMs, position, limit, offSports = [], offCompetitions = []] = key;
  const after = position === null ? null : { micros: BigInt(position[0]), eventId: position[1] };
  return { sport, competitionId, fromMs, toMs, after, limit, offSports, offCompetitions };
}
