/** No feed ever brought this event. */
export class EventNotFoundError extends Error {
  override readonly name = "EventNotFoundError";
  readonly code = "event_not_found";
  readonly eventId: string;

  constructor(eventId: string) {
    super(`Cannot show the event as the catalogue does not hold it: event is "${eventId}"`);
    this.eventId = eventId;
  }
}

/** A cursor that this service did not issue. */
export class CursorInvalidError extends Error {
  override readonly name = "CursorInvalidError";
  readonly code = "cursor_invalid";

  constructor() {
    super("Cannot go on from the cursor as it is not one that was issued");
  }
}
