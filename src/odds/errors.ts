import type { OfferFault } from "./offer_faults.ts";

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

/** What a trader wants to suspend cannot be told. */
export class SuspensionInvalidError extends Error {
  override readonly name = "SuspensionInvalidError";
  readonly code = "suspension_invalid";

  constructor(why: string) {
    super(`Cannot suspend anything as ${why}`);
  }
}

/** There is nothing by that name that could be suspended. */
export class SuspensionScopeUnknownError extends Error {
  override readonly name = "SuspensionScopeUnknownError";
  readonly code = "suspension_scope_unknown";

  constructor(what: "event" | "source", name: string) {
    super(`Cannot suspend anything as no feed ever brought the ${what}: it is "${name}"`);
  }
}

/** No suspension of this id is the tenant's, or everybody's, to lift. */
export class SuspensionNotFoundError extends Error {
  override readonly name = "SuspensionNotFoundError";
  readonly code = "suspension_not_found";
  readonly suspensionId: string;

  constructor(suspensionId: string) {
    super(`Cannot find the suspension: id is "${suspensionId}"`);
    this.suspensionId = suspensionId;
  }
}

/** The offer cannot be saved; nothing was. */
export class OfferInvalidError extends Error {
  override readonly name = "OfferInvalidError";
  readonly code = "offer_invalid";
  readonly faults: readonly OfferFault[];

  constructor(faults: readonly OfferFault[]) {
    const lines = faults.map(({ path, reason }) => `  ${path === "" ? "the offer" : path} ${reason}`);
    super(`Cannot save the offer as ${faults.length} part(s) of it cannot be used:\n${lines.join("\n")}`);
    this.faults = faults;
  }
}

/** Somebody saved the offer meanwhile; nothing of this was. Read it again, then save what you mean. */
export class OfferVersionConflictError extends Error {
  override readonly name = "OfferVersionConflictError";
  readonly code = "offer_version_conflict";
  /** 0 for none saved. */
  readonly expected: number;
  readonly found: number;

  constructor({ expected, found }: { readonly expected: number; readonly found: number }) {
    super(`Cannot save the offer over version ${expected} as it is at version ${found} now`);
    this.expected = expected;
    this.found = found;
  }
}

/** There are as many streams as there may be. */
export class StreamRefusedError extends Error {
  override readonly name = "StreamRefusedError";
  /** `too_many_streams`: of this client's address; `streams_exhausted`: of this process, or it is about to stop. */
  readonly code: "too_many_streams" | "streams_exhausted";

  constructor(code: StreamRefusedError["code"]) {
    super(`Cannot open a stream as there are too many: code is ${code}`);
    this.code = code;
  }
}

/** What a stream is to follow is not said, or said twice. */
export class StreamQueryInvalidError extends Error {
  override readonly name = "StreamQueryInvalidError";
  readonly code = "request_invalid";

  constructor() {
    super("Cannot open a stream as it must follow either events or a competition");
  }
}
