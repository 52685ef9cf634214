/** A source could not be asked: no answer, not in time, too large, or refused. The message never holds the URL, which carries a key. */
export class FeedUnreachableError extends Error {
  override readonly name = "FeedUnreachableError";
  readonly code = "feed_unreachable";
  readonly source: string;

  constructor(source: string, why: string, options?: ErrorOptions) {
    super(`Cannot poll the feed as ${why}: source is "${source}"`, options);
    this.source = source;
  }
}

/** A source answered with something that is not its format: nothing of it is taken. */
export class FeedUnreadableError extends Error {
  override readonly name = "FeedUnreadableError";
  readonly code = "feed_unreadable";
  readonly source: string;

  constructor(source: string, why: string, options?: ErrorOptions) {
    super(`Cannot read the feed as ${why}: source is "${source}"`, options);
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
