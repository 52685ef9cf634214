import { assertWithinLimit, readPlayerLimits } from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { readLimitUse } from "../wallets/mod.ts";

export interface StakeAsked {
  readonly tenantId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly at: Date;
}

/**
 * Passes a stake that keeps within the limits the player has set for stakes and losses. To be asked once the player's cash is held, so
 * that no other stake of theirs is under way. What was used comes from the ledger, and is read only where there is a limit.
 *
 * @throws {PlayerLimitExceededError} With what is left of the limit that leaves the least.
 */
export async function assertResponsible(connection: Connection, asked: StakeAsked): Promise<void> {
  const { stakeMinor: amountMinor, ...owner } = asked;
  const limits = await readPlayerLimits(connection, owner);
  const kinds = (["stake", "loss"] as const).filter((kind) =>
    limits.some((limit) => limit.kind === kind && limit.amountMinor !== null),
  );
  if (kinds.length === 0) return;
  const use = await readLimitUse(connection, owner);
  for (const kind of kinds) assertWithinLimit(limits, { kind, used: use[kind], amountMinor });
}
