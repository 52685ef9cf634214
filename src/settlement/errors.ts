import type { Selection } from "../markets/mod.ts";

/** No rule says how such a leg is graded: a person must. */
export class UngradableLegError extends Error {
  override readonly name = "UngradableLegError";
  readonly code = "leg_ungradable";

  constructor({ marketType, period, outcome }: Selection) {
    super(`Cannot grade the leg as no rule covers it: market is "${marketType}", "${period}", "${outcome}"`);
  }
}

/** Fewer bets are as they were than were claimed: someone else has settled them, and this transaction must not pay. */
export class SettlementFencedError extends Error {
  override readonly name = "SettlementFencedError";
  readonly code = "settlement_fenced";

  constructor({ claimed, open }: { readonly claimed: number; readonly open: number }) {
    super(`Cannot settle ${claimed} bet(s) as only ${open} are still as they were claimed`);
  }
}

/** Nothing is known of the event of a job. */
export class ResultMissingError extends Error {
  override readonly name = "ResultMissingError";
  readonly code = "result_missing";

  constructor(eventId: string) {
    super(`Cannot find what is known of the event: id is "${eventId}"`);
  }
}
