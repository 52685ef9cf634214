import type { EventStatus, Fraction } from "../../markets/mod.ts";

/** What is counted. `score` is what the sport itself counts: goals, points or runs. */
export const STATISTICS = [
  "score",
  "corners",
  /** A second yellow card is a red one and no yellow one. */
  "yellow_cards",
  "red_cards",
  "hits",
  "games",
  "sets",
] as const;
export type Statistic = (typeof STATISTICS)[number];

/**
 * Stretches of play that counts are known of: those that markets are decided by, and the parts of which they are made. A part that
 * was not played (overtime, a fifth set) is known by counts of 0 that are final; without them nobody knows whether it was.
 */
export const FACT_PERIODS = [
  "match",
  "regulation",
  "overtime",
  "first_half",
  "second_half",
  "first_10_minutes",
  "rest_of_first_half",
  "first_quarter",
  "second_quarter",
  "third_quarter",
  "fourth_quarter",
  "first_set",
  "second_set",
  "third_set",
  "fourth_set",
  "fifth_set",
  "first_3_innings",
  "first_5_innings",
  "first_7_innings",
  "first_inning",
  "second_inning",
  "third_inning",
  "fourth_inning",
  "fifth_inning",
  "sixth_inning",
  "seventh_inning",
  "eighth_inning",
  "ninth_inning",
] as const;
export type FactPeriod = (typeof FACT_PERIODS)[number];

export type Side = "home" | "away";

/** How an event stands. `void`: whoever keeps its results has declared that it has none. */
export type FactStatus = EventStatus | "retired" | "disqualified" | "void";

/** Where a fact is from, for whoever must explain a grade; grading does not look at it. */
export interface Provenance {
  readonly source: string;
  /** As feeds tell it, as in `live` or `confirmed`. */
  readonly certainty?: string;
  /** The person who entered it. */
  readonly actor?: string;
  readonly trueAt?: Date;
  readonly knownAt?: Date;
}

/**
 * One side's count of one statistic in one stretch of play: a row of a store of facts, as it stood at a moment. A count that is not
 * here is not known, which is never the same as 0.
 */
export interface CountFact {
  readonly statistic: Statistic;
  readonly period: FactPeriod;
  readonly side: Side;
  /** A whole number from 0. */
  readonly value: number;
  /** False while the stretch is played: then the value is the least it can become. */
  readonly final: boolean;
  readonly from?: Provenance;
}

/** A goal (or the like), in the order of play. */
export interface GoalFact {
  /** Whom it counts for: an own goal of the away side counts for home. */
  readonly side: Side;
  /** As the source of the offer writes the name; absent when nobody knows who scored. */
  readonly player?: string;
  readonly ownGoal?: boolean;
  /** The smallest stretch that is known to hold it. */
  readonly period: FactPeriod;
  readonly from?: Provenance;
}

/** Someone of a side's squad. Nobody knows of a player who is not listed whether he took part. */
export interface PlayerFact {
  readonly name: string;
  readonly side: Side;
  /** How many goals of both sides had been scored when he took the field, 0 for who began; `null` for who never did. */
  readonly enteredAfterGoals: number | null;
  readonly from?: Provenance;
}

/** Who won a stretch of play where counts alone do not tell: a bout by decision, a shortened run chase. */
export interface WinnerFact {
  readonly period: FactPeriod;
  readonly winner: Side | "draw";
  readonly from?: Provenance;
}

/** Why bets do not count though they were taken: Sportradar's void reasons, by name. */
export const CANCELLATION_REASONS = [
  "other",
  "no_goalscorer",
  "correct_score_missing",
  "result_unverifiable",
  "format_change",
  "cancelled_event",
  "missing_goalscorer",
  "walkover",
  "dead_heat",
  "retired_or_defaulted",
  "abandoned",
  "postponed",
  "incorrect_odds",
  "incorrect_statistics",
  "no_result_assignable",
  "starting_pitcher_changed",
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** Bets of an event that are void, by when they were placed and on what. What is absent is any. */
export interface Cancellation {
  readonly cancellationId: string;
  readonly marketType?: string;
  readonly period?: string;
  readonly label?: string;
  readonly lineQuarters?: number;
  readonly outcome?: string;
  /** The first moment of the window, itself within. */
  readonly placedFrom?: Date;
  /** The end of the window, itself without. */
  readonly placedBefore?: Date;
  readonly reason: CancellationReason;
  /** The rule of the house that says so, in a trader's words. */
  readonly rule: string;
  readonly from?: Provenance;
}

/** All that is known of one event at one moment. */
export interface Facts {
  /** The moment: what passes with time alone (a window to be played in) is held against it. */
  readonly asOf: Date;
  readonly status: FactStatus;
  readonly starts?: {
    /** As first planned, or as the bet has it frozen in its own terms. */
    readonly planned?: Date;
    /** When it really began, or is now to begin. */
    readonly actual?: Date;
    /** Of the venue's local time, to the east. */
    readonly utcOffsetMinutes?: number;
  };
  readonly counts: readonly CountFact[];
  /** Goals in their order: a beginning of them all while not final. Absent when the order is not known. */
  readonly goals?: { readonly list: readonly GoalFact[]; readonly final: boolean };
  readonly players?: readonly PlayerFact[];
  readonly winners?: readonly WinnerFact[];
  /** Who gave up, or was disqualified. */
  readonly retired?: { readonly side: Side; readonly from?: Provenance };
  /** How far a bout went: whole rounds, and seconds of the one that was not finished. */
  readonly bout?: { readonly rounds: number; readonly seconds: number; readonly from?: Provenance };
  /** Who started pitching. */
  readonly pitchers?: { readonly home?: string; readonly away?: string; readonly from?: Provenance };
  /** How much of an event that ended early was played, in the unit that the rules for it use; half an inning is 0.5. */
  readonly played?: { readonly amount: number; readonly from?: Provenance };
  /** Runners that were withdrawn after prices were taken, each with its price at that moment. */
  readonly withdrawn?: readonly { readonly runner: string; readonly price: Fraction }[];
  /** Bets that do not count. Absent as an empty list: none. */
  readonly cancellations?: readonly Cancellation[];
}
