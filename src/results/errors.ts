/** No feed ever brought this event. */
export class EventNotFoundError extends Error {
  override readonly name = "EventNotFoundError";
  readonly code = "event_not_found";
  readonly eventId: string;

  constructor(eventId: string) {
    super(`Cannot speak of the event as no such event is stored: event is "${eventId}"`);
    this.eventId = eventId;
  }
}

/** A cancellation that the tenant has not made, or has rolled back before. */
export class CancellationNotFoundError extends Error {
  override readonly name = "CancellationNotFoundError";
  readonly code = "cancellation_not_found";
  readonly cancellationId: string;

  constructor(cancellationId: string) {
    super(`Cannot roll the cancellation back as the tenant has none by that id: it is "${cancellationId}"`);
    this.cancellationId = cancellationId;
  }
}

/** The parts of a claim that can be wrong, by our own names. */
export type ClaimField =
  | "fact"
  | "statistic"
  | "period"
  | "side"
  | "subject"
  | "value"
  | "final"
  | "trueAt"
  | "utcOffsetMinutes"
  | "placedBefore"
  | "lineQuarters";

/** What somebody claims of an event cannot be told. */
export class FactClaimInvalidError extends Error {
  override readonly name = "FactClaimInvalidError";
  readonly code = "fact_claim_invalid";
  /** Which one of several, from 1. */
  readonly claim: number;
  readonly field: ClaimField;
  /** What it has to be. */
  readonly wanted: string;

  constructor({
    claim = 1,
    field,
    wanted,
  }: { readonly claim?: number; readonly field: ClaimField; readonly wanted: string }) {
    super(`Cannot take claim ${claim} as its ${field} has to be ${wanted}`);
    this.claim = claim;
    this.field = field;
    this.wanted = wanted;
  }
}
