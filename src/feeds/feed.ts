import type { Validators } from "./fetch.ts";
import type { Snapshot } from "./snapshot.ts";

/** A source of odds and results. */
export interface Feed {
  /** As in `feeds.source`. */
  readonly source: string;
  /** Units of its vendor's quota that one poll takes; none unless given. */
  readonly cost?: number;
  /**
   * What the source says at this moment; `undefined` if that is what it said when it gave the request's validators.
   *
   * @throws {FeedUnreachableError} If it could not be asked.
   * @throws {FeedUnreadableError} If its answer is not in its format.
   */
  poll(request: PollRequest): Promise<Snapshot | undefined>;
}

export interface PollRequest {
  /** Business time. */
  readonly at: Date;
  /** Source ids of stored events that have begun and not ended: a source that can, asks, and tells how they went. */
  unfinished(): Promise<readonly string[]>;
  readonly signal: AbortSignal;
  /** What the stored state came with. */
  readonly stored?: StoredAnswer | undefined;
  /** Told as soon as the source has answered, a refusal included. */
  readonly answered?: ((answer: PollAnswer) => void) | undefined;
}

/** An answer as it can be asked for again, bound to its address: another address with an older date would be told to be unchanged. */
export interface StoredAnswer extends Validators {
  /** A digest of the address without its key. */
  readonly url: string;
}

/** What the source said beside its answer. */
export interface PollAnswer {
  readonly stored: StoredAnswer;
  /** What its headers say of the vendor's quota. */
  readonly quota: QuotaNews;
  /** Before this many milliseconds have passed the vendor wants to be asked nothing. */
  readonly retryAfterMs: number | undefined;
}

/** Units of the vendor's quota, as its headers give them. */
export interface QuotaNews {
  readonly remaining: number | undefined;
  /** What the request cost. */
  readonly cost: number | undefined;
}

/** Whoever sells feeds: its limits hold over all of them. */
export interface FeedVendor {
  /** As in `feed_quotas.vendor`. */
  readonly name: string;
  /** Which rows of `feeds` are its. */
  readonly kinds: readonly string[];
  /** @throws {FeedMisconfiguredError} If the row does not say what to ask for. */
  open(row: OpenableFeed): Feed;
}

/** What a row of `feeds` says of itself. */
export interface OpenableFeed {
  readonly source: string;
  readonly kind: string;
  /** Edited by hand: anything. */
  readonly settings: unknown;
}
