import { type Operator, recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { PlayerFrozenError } from "./errors.ts";
import { insertFreezes, selectFrozenSince, updateFreezeLifted } from "./freeze_queries.ts";

/** The correction of a bet that is the cause of a freeze: each acts once. */
export interface FreezeCause {
  readonly playerId: string;
  readonly betId: string;
  readonly settlementVersion: number;
}

/**
 * Freezes players, who then neither bet nor withdraw until an operator lifts it. To be called while their debits are held, as bets and
 * withdrawals ask under that very lock: once it is committed, none passes. Needs a write lease of the tenant.
 *
 * @returns Who was not frozen before.
 */
export async function freezePlayers(
  connection: Connection,
  frozen: { readonly tenantId: string; readonly causes: readonly FreezeCause[]; readonly at: Date },
): Promise<readonly string[]> {
  return frozen.causes.length === 0 ? [] : await insertFreezes(connection, frozen);
}

/**
 * Passes a player who is not frozen. To be asked once the player's debits are held.
 *
 * @throws {PlayerFrozenError}
 */
export async function assertNotFrozen(
  connection: Connection,
  player: { readonly tenantId: string; readonly playerId: string },
): Promise<void> {
  const since = await selectFrozenSince(connection, player);
  if (since !== undefined) throw new PlayerFrozenError(since);
}

/** Lifts a player's freeze, with its audit row; a player who is not frozen stays as they are. Needs a write lease of the tenant. */
export async function liftFreeze(
  connection: Connection,
  { playerId, reason }: { readonly playerId: string; readonly reason: string },
  { operator, at }: { readonly operator: Operator; readonly at: Date },
): Promise<void> {
  const { tenantId, keyId: by } = operator;
  const lifted = await updateFreezeLifted(connection, { tenantId, playerId, at, by });
  if (lifted === 0) return;
  const subject = { kind: "player", id: playerId };
  await recordAct(connection, { actor: operator, action: "player.unfrozen", subject, facts: { reason }, at });
}
