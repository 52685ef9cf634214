/** Why a poll brought nothing good: the closed list of the column `feeds.last_failure`. */
export type FeedFailure =
  | "timed_out"
  | "stalled"
  | "too_large"
  | "redirected"
  | "address_refused"
  | "unreachable"
  | "refused"
  | "rate_limited"
  | "quota_spent"
  | "server_error"
  | "unreadable"
  | "frozen"
  | "misconfigured"
  | "older"
  | "no_data";

/** A source could not be asked: no answer, not in time, too large, or refused. The message never holds the URL, which carries a key. */
export class FeedUnreachableError extends Error {
  override readonly name = "FeedUnreachableError";
  readonly code = "feed_unreachable";
  readonly source: string;
  readonly failure: FeedFailure;

  constructor(
    source: string,
    why: string,
    { failure = "unreachable", ...options }: ErrorOptions & { readonly failure?: FeedFailure } = {},
  ) {
    super(`Cannot poll the feed as ${why}: source is "${source}"`, options);
    this.source = source;
    this.failure = failure;
  }
}

/** A source answered with something that is not its format: nothing of it is taken. */
export class FeedUnreadableError extends Error {
  override readonly name = "FeedUnreadableError";
  readonly code = "feed_unreadable";
  readonly source: string;
  readonly failure: FeedFailure = "unreadable";

  constructor(source: string, why: string, options?: ErrorOptions) {
    super(`Cannot read the feed as ${why}: source is "${source}"`, options);
    this.source = source;
  }
}

/** A source answers gladly and always the same: it is stuck, and its prices are as old as its state. */
export class FeedFrozenError extends Error {
  override readonly name = "FeedFrozenError";
  readonly code = "feed_frozen";
  readonly source: string;
  readonly failure: FeedFailure = "frozen";

  constructor(source: string, since: Date) {
    super(
      `Cannot confirm the feed as its state has not changed since ${since.toISOString()}: source is "${source}"`,
    );
    this.source = source;
  }
}

/** A row of `feeds` that nobody could poll: a setting is missing, of another type, or leads to another host. */
export class FeedMisconfiguredError extends Error {
  override readonly name = "FeedMisconfiguredError";
  readonly code = "feed_misconfigured";
  readonly source: string;
  readonly failure: FeedFailure = "misconfigured";

  constructor(source: string, why: string) {
    super(`Cannot poll the feed as ${why}: source is "${source}"`);
    this.source = source;
  }
}

/** The claim on a feed ran out, was taken by another worker, or the feed was switched off: nothing may be written for it any more. */
export class FenceLostError extends Error {
  override readonly name = "FenceLostError";
  readonly code = "fence_lost";
  readonly source: string;

  constructor(source: string) {
    super(`Cannot write what the feed said as the claim on it is lost: source is "${source}"`);
    this.source = source;
  }
}

/** A result for an event that is not stored. */
export class EventNotFoundError extends Error {
  override readonly name = "EventNotFoundError";
  readonly code = "event_not_found";
  readonly eventId: string;

  constructor(eventId: string) {
    super(`Cannot record a result as the event is not stored: id is "${eventId}"`);
    this.eventId = eventId;
  }
}

/** There is nothing of this id in the quarantine; what a source has not said for long is forgotten. */
export class QuarantineItemNotFoundError extends Error {
  override readonly name = "QuarantineItemNotFoundError";
  readonly code = "quarantine_item_not_found";
  readonly quarantineId: string;

  constructor(quarantineId: string) {
    super(`Cannot find the item in the quarantine: id is "${quarantineId}"`);
    this.quarantineId = quarantineId;
  }
}

/** What was set aside holds nothing that could be offered, whoever says that it is right. */
export class QuarantineNotReleasableError extends Error {
  override readonly name = "QuarantineNotReleasableError";
  readonly code = "quarantine_not_releasable";
  readonly reason: string;

  constructor({ reason, item }: { readonly reason: string; readonly item: string }) {
    super(
      `Cannot release the item as nothing of it can be offered (${reason}); discard it instead: it is "${item}"`,
    );
    this.reason = reason;
  }
}
