/** Who is betting: an id, a state, a currency; and, kept apart, the person behind it. */
export { PlayerNotFoundError, PlayerStateError } from "./errors.ts";
export { eraseIdentity, type Identity, readIdentity, saveIdentity } from "./identities.ts";
export {
  changePlayerState,
  PLAYER_STATES,
  type Player,
  type PlayerState,
  readPlayer,
  registerPlayer,
} from "./players.ts";
