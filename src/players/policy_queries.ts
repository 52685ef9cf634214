import type { Connection } from "../pool/mod.ts";

const UPSERT_RETENTION = `
  insert into player_policies (tenant_id, retention_days, updated_at)
  values ($1, $2, $3)
  on conflict (tenant_id) do update
  set retention_days = excluded.retention_days, updated_at = excluded.updated_at`;

/** Keeps for how long a tenant keeps who a closed account was of. */
export async function upsertRetention(
  connection: Connection,
  { tenantId, days, at }: { readonly tenantId: string; readonly days: number; readonly at: Date },
): Promise<void> {
  await connection.execute(UPSERT_RETENTION, [tenantId, days, at]);
}

const SELECT_RETENTION = `
  select retention_days as days
  from player_policies
  where tenant_id = $1`;

/** The same, or `undefined` while the tenant has set none. */
export async function selectRetention(connection: Connection, tenantId: string): Promise<number | undefined> {
  const [row] = await connection.query<{ days: number }>(SELECT_RETENTION, [tenantId]);
  return row?.days;
}

const ERASE_CLOSED_PLAYERS = `
  select erase_closed_players($1, $2) as erased`;

/** Forgets the persons behind accounts of the transaction's tenant that were closed for long enough, so many at most; how many it were. */
export async function eraseClosedPlayers(
  connection: Connection,
  { at, max }: { readonly at: Date; readonly max: number },
): Promise<number> {
  const [row] = await connection.query<{ erased: number }>(ERASE_CLOSED_PLAYERS, [at, max]);
  return row?.erased ?? 0;
}
