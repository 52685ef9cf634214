import type { PlayerState } from "./players.ts";

/** The tenant has no such player; another tenant's player is as unknown. */
export class PlayerNotFoundError extends Error {
  override readonly name = "PlayerNotFoundError";
  readonly code = "player_not_found";
  readonly playerId: string;

  constructor(playerId: string) {
    super(`Cannot find the player: id is "${playerId}"`);
    this.playerId = playerId;
  }
}

/** A player's state may not change that way: an exclusion is not undone, a closed player stays closed. */
export class PlayerStateError extends Error {
  override readonly name = "PlayerStateError";
  readonly code = "player_state_final";
  readonly from: PlayerState;
  readonly to: PlayerState;

  constructor({ from, to }: { from: PlayerState; to: PlayerState }) {
    super(`Cannot make the player ${to} as that does not follow from the present state: state is "${from}"`);
    this.from = from;
    this.to = to;
  }
}

/** Nobody has vouched for the player yet: neither deposits nor bets. */
export class PlayerNotVerifiedError extends Error {
  override readonly name = "PlayerNotVerifiedError";
  readonly code = "player_not_verified";

  constructor() {
    super("Cannot go on as the player is not verified");
  }
}

/** The player has paused: neither deposits nor bets until it is over. */
export class PlayerCoolingOffError extends Error {
  override readonly name = "PlayerCoolingOffError";
  readonly code = "player_cooling_off";
  readonly until: Date;

  constructor(until: Date) {
    super(`Cannot go on as the player cools off: it ends at ${until.toISOString()}`);
    this.until = until;
  }
}

/** The player is frozen: neither bets nor withdrawals until an operator lifts it. Deposits go on. */
export class PlayerFrozenError extends Error {
  override readonly name = "PlayerFrozenError";
  readonly code = "player_frozen";
  readonly since: Date;

  constructor(since: Date) {
    super(`Cannot go on as the player is frozen: it is so since ${since.toISOString()}`);
    this.since = since;
  }
}

/** The account is closed, for good. */
export class PlayerClosedError extends Error {
  override readonly name = "PlayerClosedError";
  readonly code = "blocked_client";

  constructor() {
    super("Cannot go on as the player's account is closed");
  }
}

/** The person is excluded from every brand of the deployment, or the account from this one. */
export class PlayerExcludedError extends Error {
  override readonly name = "PlayerExcludedError";
  readonly code = "player_excluded";
  /** `null` for good. */
  readonly until: Date | null;

  constructor(until: Date | null) {
    super(`Cannot go on as the player is excluded: it ends ${until?.toISOString() ?? "never"}`);
    this.until = until;
  }
}

/** The amount would take the player past a limit of their own. */
export class PlayerLimitExceededError extends Error {
  override readonly name = "PlayerLimitExceededError";
  readonly code:
    | "deposit_limit_exceeded"
    | "responsible_betting_stake_limit_exceeded"
    | "responsible_betting_loss_limit_exceeded";
  readonly period: string;
  readonly limitMinor: bigint;
  /** What may still be used of it now; never below zero. */
  readonly remainingMinor: bigint;

  constructor({
    kind,
    period,
    limitMinor,
    remainingMinor,
  }: {
    readonly kind: "deposit" | "stake" | "loss";
    readonly period: string;
    readonly limitMinor: bigint;
    readonly remainingMinor: bigint;
  }) {
    super(`Cannot go on as a limit of the player's is reached: ${kind} a ${period}, of ${limitMinor}`);
    this.code = kind === "deposit" ? "deposit_limit_exceeded" : `responsible_betting_${kind}_limit_exceeded`;
    this.period = period;
    this.limitMinor = limitMinor;
    this.remainingMinor = remainingMinor;
  }
}
