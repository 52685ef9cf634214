import { assertWithinLimit, PlayerLimitExceededError, readPlayerLimits } from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { BetRefusedError } from "./errors.ts";

export interface StakeAsked {
  readonly tenantId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly at: Date;
}

/**
 * Passes a stake that keeps within the limits the player has set for stakes and losses. To be asked under the lock of the player's
 * cash, so that no other stake of theirs is under way.
 *
 * @throws {BetRefusedError} `responsible_betting_stake_limit_exceeded` or `responsible_betting_loss_limit_exceeded`, with what is left.
 */
export async function assertResponsible(connection: Connection, asked: StakeAsked): Promise<void> {
  const { tenantId, playerId, stakeMinor: amountMinor, at } = asked;
  const limits = await readPlayerLimits(connection, { tenantId, playerId, at });
  const kinds = (["stake", "loss"] as const).filter((kind) =>
    limits.some((limit) => limit.kind === kind && limit.amountMinor !== null),
  );
  for (const kind of kinds) {
    try {
      assertWithinLimit(limits, { kind, used: { day: 0n, week: 0n, month: 0n }, amountMinor });
    } catch (cause) {
      if (!(cause instanceof PlayerLimitExceededError)) throw cause;
      const { period, limitMinor, remainingMinor } = cause;
      const facts = { period, limitMinor, remainingMinor };
      throw new BetRefusedError(`responsible_betting_${kind}_limit_exceeded`, { facts, cause });
    }
  }
}
