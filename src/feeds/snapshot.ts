import type { EventFacts, OfferedPrice } from "../markets/mod.ts";

/** Why something was set aside for a trader; the closed list of the quarantine table. */
export type QuarantineReason =
  | "price_unreadable"
  | "price_not_above_one"
  | "line_not_quarter"
  | "overround_out_of_bounds"
  | "spread_total_swapped"
  | "time_moved"
  | "result_contradicted"
  | "clock_backwards";

/** Something implausible, under a name that is the same at every sighting, with what the source wrote. */
export interface QuarantineItem {
  readonly sourceEventId: string;
  readonly reason: QuarantineReason;
  readonly item: string;
  readonly sample: Readonly<Record<string, unknown>>;
}

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

/** One event as its source has it now: every price it names, open or suspended. Whatever is not here is not offered. */
export interface SnapshotEvent {
  readonly facts: EventFacts;
  readonly prices: readonly OfferedPrice[];
  readonly result?: ResultFacts;
}

/** Every price element of an answer is exactly one of open, suspended and quarantined. */
export interface PriceTally {
  readonly prices: number;
  readonly open: number;
  readonly suspended: number;
  readonly quarantined: Readonly<Partial<Record<QuarantineReason, number>>>;
}

/** One answer of a source in the normal form. */
export interface Snapshot {
  /** As in the columns `events.source` and `feeds.source`: ids of two sports of one vendor may coincide, so each sport is a source. */
  readonly source: string;
  /** Grows from answer to answer; a version, never a clock. */
  readonly version: bigint;
  /** `full`: what it does not name is no longer offered. `nothing`: the source answered that it has no data, which is no state. */
  readonly scope: "full" | "nothing";
  readonly events: readonly SnapshotEvent[];
  readonly quarantined: readonly QuarantineItem[];
  readonly counts: PriceTally & { readonly events: number; readonly markets: number };
}

/** A source of odds and results. */
export interface Feed {
  readonly source: string;
  /**
   * What the source says at this moment.
   *
   * @throws {FeedUnreachableError} If it could not be asked.
   * @throws {FeedUnreadableError} If its answer is not in its format.
   */
  poll(request: PollRequest): Promise<Snapshot>;
}

export interface PollRequest {
  /** Business time. */
  readonly at: Date;
  /** Source ids of stored events that have begun and not ended: a source that can, asks, and tells how they went. */
  unfinished(): Promise<readonly string[]>;
  readonly signal: AbortSignal;
}
