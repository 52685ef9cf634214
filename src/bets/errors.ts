/** Why a bet is not taken. */
export type RefusalCode =
  | "player_not_verified"
  | "too_many_legs"
  | "selection_unknown"
  | "market_not_bettable"
  | "event_closed"
  | "past_cutoff"
  | "suspended"
  | "price_stale"
  | "price_changed"
  | "insufficient_funds";

/** The bet is refused and nothing was changed; the same key may be used again. */
export class BetRefusedError extends Error {
  override readonly name = "BetRefusedError";
  readonly code: RefusalCode;
  /** What led to it, fit to show to the player: amounts in minor units, times in ISO 8601, prices as `numerator/denominator`. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(
    code: RefusalCode,
    {
      facts = {},
      cause,
    }: { readonly facts?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(`Cannot place the bet: cause is "${code}"`, { cause });
    this.code = code;
    this.facts = facts;
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

/** The answer to the commit was lost, and it is now certain that nothing was placed: the request may be sent again. */
export class BetNotPlacedError extends Error {
  override readonly name = "BetNotPlacedError";
  readonly code = "bet_not_placed";

  constructor(options: { readonly cause?: unknown } = {}) {
    super("Cannot place the bet as its transaction was lost: nothing was changed", options);
  }
}
