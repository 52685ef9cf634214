import type { Selection } from "../markets/mod.ts";

/** No rule says how such a leg is graded: a person must. */
export class UngradableLegError extends Error {
  override readonly name = "UngradableLegError";
  readonly code = "leg_ungradable";

  constructor({ marketType, period, outcome }: Selection) {
    super(`Cannot grade the leg as no rule covers it: market is "${marketType}", "${period}", "${outcome}"`);
  }
}

/** The facts do not decide such a leg: what is missing must be known first, or a person must decide. */
export class LegUndecidedError extends Error {
  override readonly name = "LegUndecidedError";
  /** Says why, and so does what is stored of the failure. */
  readonly code: string;

  constructor({ marketType, period, outcome }: Selection, { why, what }: { why: string; what: string }) {
    super(
      `Cannot grade the leg as ${why.replaceAll("_", " ")}: ${what}: market is "${marketType}", "${period}", "${outcome}"`,
    );
    this.code = `leg_undecided ${why}: ${what}`;
  }
}

/** Fewer bets were still open than were claimed: someone else has settled them, and this transaction must not pay. */
export class SettlementFencedError extends Error {
  override readonly name = "SettlementFencedError";
  readonly code = "settlement_fenced";

  constructor({ claimed, open }: { readonly claimed: number; readonly open: number }) {
    super(`Cannot settle ${claimed} bet(s) as only ${open} are still open`);
  }
}

/** The event of a job has no result. */
export class ResultMissingError extends Error {
  override readonly name = "ResultMissingError";
  readonly code = "result_missing";

  constructor(eventId: string) {
    super(`Cannot find the result: event is "${eventId}"`);
  }
}
