import {
  PlayerClosedError,
  PlayerCoolingOffError,
  PlayerExcludedError,
  PlayerNotVerifiedError,
} from "./errors.ts";
import { FOR_GOOD, type Player } from "./players.ts";

/**
 * Passes a player who may bet. Read the player with `held`, so that it still holds at the commit. Pure.
 *
 * @throws {PlayerExcludedError}
 * @throws {PlayerClosedError}
 * @throws {PlayerNotVerifiedError}
 * @throws {PlayerCoolingOffError}
 */
export function assertMayBet(player: Player, { at }: { readonly at: Date }): void {
  assertNotExcluded(player, { at });
  if (player.state === "closed") throw new PlayerClosedError();
  if (player.state !== "verified") throw new PlayerNotVerifiedError();
  const { coolingOffUntil } = player;
  if (coolingOffUntil !== null && at < coolingOffUntil) throw new PlayerCoolingOffError(coolingOffUntil);
}

/** Passes a player who may deposit: whoever may bet. Throws as `assertMayBet` does. */
export function assertMayDeposit(player: Player, { at }: { readonly at: Date }): void {
  assertMayBet(player, { at });
}

/**
 * Passes a person who is not excluded, whatever else stands against them.
 *
 * @throws {PlayerExcludedError}
 */
export function assertNotExcluded(
  { state, excludedUntil }: Pick<Player, "state" | "excludedUntil">,
  { at }: { readonly at: Date },
): void {
  if (state === "excluded") throw new PlayerExcludedError(null);
  if (excludedUntil === null || at >= excludedUntil) return;
  throw new PlayerExcludedError(excludedUntil < FOR_GOOD ? excludedUntil : null);
}
