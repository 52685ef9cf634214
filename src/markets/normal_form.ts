import type { Fraction } from "./fraction.ts";

/** The life of an event, as the catalogue tables store it. `unknown` settles nothing. */
export const EVENT_STATUSES = [
  "scheduled",
  "delayed",
  "live",
  "interrupted",
  "ended",
  "postponed",
  "abandoned",
  "cancelled",
  "walkover",
  "unknown",
] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/**
 * The stretch of play that decides a market.
 *
 * `regulation` ends with the last regular period (football's 90 minutes and stoppage time); `match` is all of it, overtime included.
 */
export const PERIODS = [
  "regulation",
  "match",
  "first_half",
  "second_half",
  "first_10_minutes",
  "first_quarter",
  "second_quarter",
  "third_quarter",
  "fourth_quarter",
  "first_set",
  "first_inning",
  "first_3_innings",
  "first_5_innings",
  "first_7_innings",
  "unknown",
] as const;
export type Period = (typeof PERIODS)[number];

/** The market every source's names are translated to; `label` is empty unless the type is `unknown`, and then holds the source's own name. */
export interface Market {
  readonly marketType: string;
  readonly period: string;
  readonly label: string;
}

/**
 * One thing that can be bet on within an event: never named by its position.
 *
 * `lineQuarters` is the market's line in quarter units (2.5 is 10), the same for all outcomes of one market, `null` where there is
 * none. A handicap is what is added to the home score before the sides are compared: at −5, Home gives 1.25 and Away, which wins
 * when the adjusted home score is the lower, receives it. One rule then grades home, draw and away alike.
 */
export interface Selection extends Market {
  readonly lineQuarters: number | null;
  readonly outcome: string;
}

/** A selection with what one book pays for it per unit staked, stake included: an exact number above one. */
export interface OfferedPrice extends Selection {
  readonly book: string;
  readonly price: Fraction;
  readonly suspended: boolean;
}

/** A fixture, its sides named by the source's own fields, never by position. */
export interface EventFacts {
  readonly sourceEventId: string;
  readonly sport: string;
  readonly competitionId: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly startsAt: Date;
  readonly status: EventStatus;
  /** Minutes of play so far, where the source counts them. */
  readonly clockMinutes?: number;
  /** Grows with every change of the source; a version, never a clock. */
  readonly sourceVersion: bigint;
}
