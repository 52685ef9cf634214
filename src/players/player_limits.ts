import type { Connection } from "../pool/mod.ts";
import { PlayerNotFoundError } from "./errors.ts";
import { selectLimits, upsertLimit } from "./limit_queries.ts";
import {
  amountAt,
  decide,
  LIMIT_KINDS,
  LIMIT_PERIODS,
  type LimitKind,
  type LimitPeriod,
  type PlayerLimit,
} from "./limits.ts";
import { lockPlayer } from "./queries.ts";

interface PlayerKey {
  readonly tenantId: string;
  readonly playerId: string;
}

/**
 * Every limit of a player as it holds at the moment, those never set among them. Read it after the player was read with `held`: whoever
 * changes one then waits. What cannot be read is an error, so that nothing is taken without it.
 */
export async function readPlayerLimits(
  connection: Connection,
  { tenantId, playerId, at }: PlayerKey & { readonly at: Date },
): Promise<readonly PlayerLimit[]> {
  const rows = await selectLimits(connection, { tenantId, playerId });
  const byName = new Map(rows.map((row) => [`${row.kind}/${row.period}`, row]));
  return LIMIT_KINDS.flatMap((kind) =>
    LIMIT_PERIODS.map((period) => {
      const row = byName.get(`${kind}/${period}`);
      if (row === undefined) return { kind, period, amountMinor: null, next: null };
      const { nextAmountMinor, nextAt } = row;
      const isPending = nextAt !== null && at < nextAt;
      const next = isPending ? { amountMinor: nextAmountMinor, from: nextAt } : null;
      return { kind, period, amountMinor: amountAt(row, at), next };
    }),
  );
}

/**
 * Sets one limit of a player: lowered at once, raised or removed a day later; a newer decision replaces one that does not hold yet. When it
 * is committed no bet or deposit under the limit of before is still under way. Needs a write lease of the tenant.
 *
 * @throws {PlayerNotFoundError}
 * @throws {RangeError} If the amount is below zero or beyond 2^53 − 1.
 */
export async function setPlayerLimit(
  connection: Connection,
  limit: PlayerKey & {
    readonly kind: LimitKind;
    readonly period: LimitPeriod;
    /** `null` for none. */
    readonly amountMinor: bigint | null;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, playerId, kind, period, amountMinor, at } = limit;
  if (amountMinor !== null && (amountMinor < 0n || amountMinor > BigInt(Number.MAX_SAFE_INTEGER)))
    throw new RangeError(`Cannot set the limit as its amount is out of bounds: ${amountMinor}`);
  if (!(await lockPlayer(connection, { tenantId, playerId }))) throw new PlayerNotFoundError(playerId);
  const rows = await selectLimits(connection, { tenantId, playerId });
  const stored = rows.find((row) => row.kind === kind && row.period === period);
  await upsertLimit(connection, {
    ...{ tenantId, playerId, kind, period, at },
    ...decide(stored, amountMinor, at),
  });
}
