import type { EventFacts, EventStatus, OfferedPrice } from "../markets/mod.ts";
import type { CountClaim, FactRow, FactStatus, GoalClaim, Side } from "../results/mod.ts";

/** Why something was set aside for a trader; the closed list of the quarantine table. */
export const QUARANTINE_REASONS = [
  "price_unreadable",
  "price_not_above_one",
  "line_not_quarter",
  "overround_out_of_bounds",
  "spread_total_swapped",
  "time_moved",
  "result_contradicted",
  "clock_backwards",
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Something implausible, under a name that is the same at every sighting, with what the source wrote. */
export interface QuarantineItem {
  readonly sourceEventId: string;
  readonly reason: QuarantineReason;
  readonly item: string;
  readonly sample: Readonly<Record<string, unknown>>;
  /** What a trader's release lets through; absent where nothing of it can ever be offered. */
  readonly held?: HeldBack;
}

/** What was kept out, in the normal form. */
export type HeldBack =
  | { readonly kind: "price"; readonly price: OfferedPrice }
  | { readonly kind: "start"; readonly startsAt: Date }
  | { readonly kind: "progress"; readonly status: EventStatus; readonly clockMinutes: number | null }
  | { readonly kind: "version"; readonly feed: string; readonly version: bigint }
  | { readonly kind: "result"; readonly facts: ResultFacts; readonly source: string }
  | {
      readonly kind: "claims";
      readonly claims: readonly HeldClaim[];
      readonly result?: ResultFacts;
      readonly source: string;
    };

/** A claim without its moment: what a source says again at the next poll is the same thing. */
export type HeldClaim = Omit<FactRow, "trueAt">;

/** How an event ended: home and away by the source's field names. A half-time score that is not known is left out. */
export interface ResultFacts {
  readonly state: "final" | "void";
  readonly score?: Score;
  readonly halfTimeScore?: Score;
}

export interface Score {
  readonly home: number;
  readonly away: number;
}

/** What a source knows of how an event goes, beside its status and its result. What is not here it does not know. */
export interface KnownOfEvent {
  /** Where there is a word for it that no status of an event on offer has. */
  readonly status?: FactStatus;
  readonly counts?: readonly CountClaim[];
  readonly goals?: { readonly goals: readonly GoalClaim[]; readonly final: boolean };
  /** Who gave up. */
  readonly retired?: Side;
  /** Who started pitching. */
  readonly pitchers?: readonly { readonly side: Side; readonly name: string }[];
}

/** One event as its source has it now. */
export interface SnapshotEvent {
  readonly facts: EventFacts;
  /**
   * Every price the source names, open or suspended, each identity once: a price that is not here is not offered.
   * `undefined` says nothing about prices, as an answer about scores does; of an event that is not stored it stores nothing.
   */
  readonly prices: readonly OfferedPrice[] | undefined;
  readonly result?: ResultFacts;
  readonly known?: KnownOfEvent;
}

/** Every price element of an answer is exactly one of open, suspended and quarantined. */
export interface PriceTally {
  readonly prices: number;
  readonly open: number;
  readonly suspended: number;
  readonly quarantined: Readonly<Partial<Record<QuarantineReason, number>>>;
}

/**
 * One answer of a source in the normal form: a complete value in memory, since a truncated answer must never be half taken.
 * The largest known holds 263,923 prices: strings are shared between them (about 250 bytes a price), and nothing is a closure.
 */
export interface Snapshot {
  /** As in the columns `events.source` and `feeds.source`: ids of two sports of one vendor may coincide, so each sport is a source. */
  readonly source: string;
  /**
   * Whose count `version` is, and whose poll this was, as in `feeds.source`: `source` unless given. Scores of `goalserve/soccer`
   * speak of that source's events and come as the feed `goalserve/soccer/scores`, with versions of their own.
   */
  readonly feed?: string;
  /** Grows from answer to answer of one feed; a version, never a clock. */
  readonly version: bigint;
  /**
   * `full`: events it does not name are no longer offered. `named`: it says nothing about events it does not name.
   * In both, a price that a named event does not name is not offered. `nothing`: the source answered that it has no data, which
   * is no state at all.
   */
  readonly scope: "full" | "named" | "nothing";
  readonly events: readonly SnapshotEvent[];
  readonly quarantined: readonly QuarantineItem[];
  readonly counts: PriceTally & { readonly events: number; readonly markets: number };
  readonly unknownMarkets?: UnknownMarkets;
}

/** Price elements of markets that the catalogue does not know, which are kept under the source's own names: for traders to see. */
export interface UnknownMarkets {
  /** At most some hundred names. */
  readonly byName: ReadonlyMap<string, number>;
  /** Elements of markets with further names. */
  readonly beyond: number;
}

/** What a reader must be told, as bytes alone do not say it. */
export interface ReadContext {
  /** The snapshot's `source`. */
  readonly source: string;
  /** Business time of the poll. */
  readonly at: Date;
  /** The vendor's own name of the sport, where an answer may leave it out. */
  readonly sport?: string;
}

/**
 * One format of one vendor: bytes in, snapshot out, with no other input or output and no clock of its own. Yields to the event
 * loop at least every 20 ms, so that health checks are answered while an answer of 80 MB is read.
 *
 * @throws {FeedUnreadableError} If the body is not in the format, or ends early.
 */
export type ReadAnswer = (body: AsyncIterable<Uint8Array>, context: ReadContext) => Promise<Snapshot>;
