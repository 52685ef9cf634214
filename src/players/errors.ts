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
