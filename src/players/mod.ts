/** Who is betting: an id, a state, a currency, limits; and, kept apart, the person behind it, who signs in. */

export { adminSchemas as playersAdminSchemas } from "./admin_contract.ts";
export { playersAdminRoutes } from "./admin_routes.ts";
export type { AddressAttemptsOptions } from "./attempts.ts";
export { problems as playersProblems, schemas as playersSchemas } from "./contract.ts";
export { coolOff } from "./cool_off.ts";
export {
  erasureStep,
  RETENTION_DAYS_DEFAULT,
  RETENTION_DAYS_MAX,
  readRetention,
  setRetention,
} from "./erase_players.ts";
export {
  PlayerClosedError,
  PlayerCoolingOffError,
  PlayerExcludedError,
  PlayerFrozenError,
  PlayerLimitExceededError,
  PlayerNotFoundError,
  PlayerNotVerifiedError,
  PlayerStateError,
} from "./errors.ts";
export { EXCLUSION_TERMS, type Exclusion, type ExclusionTerm, excludePlayer } from "./exclude_player.ts";
export { assertNotFrozen, type FreezeCause, freezePlayers, liftFreeze } from "./freezes.ts";
export { eraseIdentity, type Identity, readIdentity, saveIdentity } from "./identities.ts";
export {
  assertWithinLimit,
  LIMIT_KINDS,
  LIMIT_PERIODS,
  type LimitKind,
  type LimitPeriod,
  PERIOD_MS,
  type PlayerLimit,
  type UsedByPeriod,
} from "./limits.ts";
export { openPlayers, type Players, type PlayersOptions } from "./open_players.ts";
export { readPlayerLimits, setPlayerLimit } from "./player_limits.ts";
export {
  changePlayerState,
  FOR_GOOD,
  PLAYER_STATES,
  type Player,
  type PlayerState,
  readPlayer,
  registerPlayer,
} from "./players.ts";
export { type Registration, registerAccount } from "./register_account.ts";
export { playersRoutes } from "./routes.ts";
export {
  EmailTakenError,
  PlayersUnconfiguredError,
  SessionEndedError,
  TokenInvalidError,
} from "./session_errors.ts";
export { type BegunSession, beginSession, requireSession } from "./sessions.ts";
export { assertMayBet, assertMayDeposit } from "./standing.ts";
export { createPlayerTokens, type PlayerTokens, type TokenClaims, type TokenKey } from "./tokens.ts";
