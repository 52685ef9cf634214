import type { Connection } from "../pool/mod.ts";
import type { LimitKind, LimitPeriod, StoredLimit } from "./limits.ts";

export interface LimitRow extends StoredLimit {
  readonly kind: LimitKind;
  readonly period: LimitPeriod;
}

const SELECT_LIMITS = `
  select
    kind,
    period,
    amount_minor as "amountMinor",
    next_amount_minor as "nextAmountMinor",
    next_at as "nextAt"
  from player_limits
  where tenant_id = $1 and player_id = $2`;

/** What the player has decided about limits; no row for those never set. */
export function selectLimits(
  connection: Connection,
  { tenantId, playerId }: { readonly tenantId: string; readonly playerId: string },
): Promise<LimitRow[]> {
  return connection.query<LimitRow>(SELECT_LIMITS, [tenantId, playerId]);
}

const UPSERT_LIMIT = `
  insert into player_limits (
    tenant_id, player_id, kind, period, amount_minor, next_amount_minor, next_at, decided_at
  )
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (tenant_id, player_id, kind, period) do update
  set amount_minor = excluded.amount_minor,
      next_amount_minor = excluded.next_amount_minor,
      next_at = excluded.next_at,
      decided_at = excluded.decided_at`;

/** Keeps a decision in place of the one before. */
export async function upsertLimit(
  connection: Connection,
  limit: LimitRow & { readonly tenantId: string; readonly playerId: string; readonly at: Date },
): Promise<void> {
  const { tenantId, playerId, kind, period, amountMinor, nextAmountMinor, nextAt, at } = limit;
  const values = [tenantId, playerId, kind, period, amountMinor, nextAmountMinor, nextAt, at];
  await connection.execute(UPSERT_LIMIT, values);
}
