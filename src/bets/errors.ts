import type { Fraction } from "../markets/mod.ts";

/** Why a leg is not taken. */
export type LegRefusalCode =
  | "selection_unknown"
  | "market_not_bettable"
  | "offline_event"
  | "past_cutoff_time"
  | "betting_suspended"
  | "price_stale"
  | "line_changed"
  | "correlated";

/** Why a bet is not taken: the closed list, a heading of problems.md each. */
export type RefusalCode =
  | LegRefusalCode
  | "invalid_legs"
  | "too_many_legs"
  | "all_betting_closed"
  | "below_min_bet_amount"
  | "above_max_bet_amount";

/** What stands against one leg of a request, or that nothing does. */
export interface LegJudgement {
  /** From 1, in the order of the request. */
  readonly legNumber: number;
  readonly eventId: string;
  /** `null`: nothing stands against this leg. */
  readonly code: LegRefusalCode | null;
  /** At which it is offered now, where the selection is known. */
  readonly price?: Fraction;
}

export interface Refusal {
  /** What led to it, fit to show to the player: amounts in minor units, times in ISO 8601. */
  readonly facts?: Readonly<Record<string, string | number | bigint>>;
  /** Every leg of the request, where it is about legs. */
  readonly legs?: readonly LegJudgement[];
  readonly cause?: unknown;
}

/** The bet is refused and nothing was changed; the same key may be used again. */
export class BetRefusedError extends Error {
  override readonly name = "BetRefusedError";
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string | number | bigint>>;
  readonly legs: readonly LegJudgement[];

  constructor(code: RefusalCode, { facts = {}, legs = [], cause }: Refusal = {}) {
    super(`Cannot place the bet: cause is "${code}"`, { cause });
    this.code = code;
    this.facts = facts;
    this.legs = legs;
  }
}

/** The player has used this key for another request. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = "IdempotencyKeyReusedError";
  readonly code = "idempotency_key_reused";
  /** The bet that holds the key. */
  readonly betId: string;

  constructor(betId: string) {
    super(`Cannot place the bet as its key belongs to another request: bet is "${betId}"`);
    this.betId = betId;
  }
}

/** A request with this key is being answered at this very moment. */
export class RequestInProgressError extends Error {
  override readonly name = "RequestInProgressError";
  readonly code = "request_in_progress";

  constructor() {
    super("Cannot place the bet as a request with its key is under way");
  }
}

/** The answer to the commit was lost, and it is now certain that nothing was placed: the request may be sent again. */
export class BetNotPlacedError extends Error {
  override readonly name = "BetNotPlacedError";
  readonly code = "resubmit_request";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot place the bet as its transaction was lost: nothing was changed", options);
  }
}

/** The player, or the tenant, has no such bet. */
export class BetNotFoundError extends Error {
  override readonly name = "BetNotFoundError";
  readonly code = "bet_not_found";

  constructor(betId: string) {
    super(`Cannot find the bet: id is "${betId}"`);
  }
}

/** The ledger has paid the bet under the very version that was to give its stake back. */
export class BetNotOpenError extends Error {
  override readonly name = "BetNotOpenError";
  readonly code = "bet_not_open";

  constructor(betId: string) {
    super(`Cannot void the bet as the ledger has paid it meanwhile: id is "${betId}"`);
  }
}

/** The ledger has no settlement of the bet under this version. */
export class SettlementMissingError extends Error {
  override readonly name = "SettlementMissingError";
  readonly code = "settlement_missing";

  constructor({ betId, settlementVersion }: { readonly betId: string; readonly settlementVersion: number }) {
    super(
      `Cannot reverse the settlement as the ledger has none: bet "${betId}", version ${settlementVersion}`,
    );
  }
}

/** The limits do not hold together; nothing was saved. */
export class LimitsInvalidError extends Error {
  override readonly name = "LimitsInvalidError";
  readonly code = "limits_invalid";
  readonly faults: readonly { readonly path: string; readonly reason: string }[];

  constructor(faults: LimitsInvalidError["faults"]) {
    super(`Cannot save the limits: ${faults.map(({ path, reason }) => `${path} ${reason}`).join("; ")}`);
    this.faults = faults;
  }
}

/** Somebody has saved other limits meanwhile. */
export class LimitsVersionConflictError extends Error {
  override readonly name = "LimitsVersionConflictError";
  readonly code = "limits_version_conflict";
  readonly expected: number;
  readonly found: number;

  constructor({ expected, found }: { readonly expected: number; readonly found: number }) {
    super(`Cannot save the limits as they are of another version: expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
  }
}

/** Somebody has saved another settlement policy meanwhile. */
export class SettlementPolicyConflictError extends Error {
  override readonly name = "SettlementPolicyConflictError";
  readonly code = "settlement_policy_conflict";

  constructor({ expected, found }: { readonly expected: number; readonly found: number }) {
    super(
      `Cannot save the settlement policy as it is of another version: expected ${expected}, found ${found}`,
    );
  }
}

/** No house rules that this release knows are published under that number. */
export class RulesUnknownError extends Error {
  override readonly name = "RulesUnknownError";
  readonly code = "rules_unknown";
  /** The numbers there are, rising. */
  readonly published: readonly number[];

  constructor(rulesVersion: number, published: readonly number[]) {
    super(
      `Cannot find the house rules as none are published under ${rulesVersion}: there are ${published.join(", ")}`,
    );
    this.published = published;
  }
}

/** The parts of a body do not go together, which its schema cannot say. */
export class BetBodyInvalidError extends Error {
  override readonly name = "BetBodyInvalidError";
  readonly code = "request_invalid";

  constructor() {
    super("Cannot read the bet as a slippage and its bound do not go together, or a price shown is none");
  }
}
