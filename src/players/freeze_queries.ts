import type { Connection } from "../pool/mod.ts";
import type { FreezeCause } from "./freezes.ts";

const INSERT_FREEZES = `
  insert into player_freezes (tenant_id, freeze_id, player_id, bet_id, settlement_version, frozen_at)
  select $1, wanted.freeze_id, wanted.player_id, wanted.bet_id, wanted.settlement_version, $2
  from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::integer[])
    as wanted (freeze_id, player_id, bet_id, settlement_version)
  on conflict do nothing
  returning player_id as "playerId"`;

/** Freezes players who are not, each cause once; who they are. */
export async function insertFreezes(
  connection: Connection,
  frozen: { readonly tenantId: string; readonly causes: readonly FreezeCause[]; readonly at: Date },
): Promise<string[]> {
  const { tenantId, causes, at } = frozen;
  const rows = await connection.query<{ readonly playerId: string }>(INSERT_FREEZES, [
    tenantId,
    at,
    causes.map(() => Bun.randomUUIDv7("hex", at.getTime())),
    causes.map(({ playerId }) => playerId),
    causes.map(({ betId }) => betId),
    causes.map(({ settlementVersion }) => settlementVersion),
  ]);
  return rows.map(({ playerId }) => playerId);
}

const SELECT_FROZEN_SINCE = `
  select frozen_at as "frozenAt"
  from player_freezes
  where tenant_id = $1 and player_id = $2 and lifted_at is null`;

/** Since when a player is frozen; `undefined` while not. */
export async function selectFrozenSince(
  connection: Connection,
  { tenantId, playerId }: { readonly tenantId: string; readonly playerId: string },
): Promise<Date | undefined> {
  const [row] = await connection.query<{ readonly frozenAt: Date }>(SELECT_FROZEN_SINCE, [
    tenantId,
    playerId,
  ]);
  return row?.frozenAt;
}

const LIFT_FREEZE = `
  update player_freezes
  set lifted_at = greatest(frozen_at, $3), lifted_by = $4
  where tenant_id = $1 and player_id = $2 and lifted_at is null`;

/** Ends the freeze in force; how many that were. */
export function updateFreezeLifted(
  connection: Connection,
  lifted: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly at: Date;
    readonly by: string;
  },
): Promise<number> {
  const { tenantId, playerId, at, by } = lifted;
  return connection.execute(LIFT_FREEZE, [tenantId, playerId, at, by]);
}
