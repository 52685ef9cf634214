import type { Connection } from "../pool/mod.ts";
import type { Identity } from "./identities.ts";
import type { Player, PlayerState } from "./players.ts";

const INSERT_PLAYER = `
  insert into players (tenant_id, player_id, state, currency, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $5)`;

/** Adds a player's row. */
export async function insertPlayer(
  connection: Connection,
  player: Player & { readonly at: Date },
): Promise<void> {
  const { tenantId, playerId, state, currency, at } = player;
  await connection.execute(INSERT_PLAYER, [tenantId, playerId, state, currency, at]);
}

const SELECT_PLAYER = `
  select tenant_id as "tenantId", player_id as "playerId", state, currency
  from players
  where tenant_id = $1 and player_id = $2`;

/** One player, or `undefined`. */
export async function selectPlayer(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<Player | undefined> {
  const [row] = await connection.query<Player>(SELECT_PLAYER, [tenantId, playerId]);
  return row;
}

/** The same, its row kept from changing until the transaction ends. */
export async function selectPlayerForShare(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<Player | undefined> {
  const [row] = await connection.query<Player>(`${SELECT_PLAYER}\n  for share`, [tenantId, playerId]);
  return row;
}

const UPDATE_PLAYER_STATE = `
  update players
  set state = $4, updated_at = greatest(updated_at, $5)
  where tenant_id = $1 and player_id = $2 and state = $3`;

/** Changes the state if it is still `from`; how many rows that was. */
export function updatePlayerState(
  connection: Connection,
  change: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly from: PlayerState;
    readonly to: PlayerState;
    readonly at: Date;
  },
): Promise<number> {
  const { tenantId, playerId, from, to, at } = change;
  return connection.execute(UPDATE_PLAYER_STATE, [tenantId, playerId, from, to, at]);
}

const UPSERT_IDENTITY = `
  insert into player_identities (tenant_id, player_id, full_name, email, address, updated_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (tenant_id, player_id) do update
  set full_name = excluded.full_name, email = excluded.email, address = excluded.address, updated_at = excluded.updated_at`;

/** Keeps the person behind a player. */
export async function upsertIdentity(
  connection: Connection,
  identity: Identity & { readonly tenantId: string; readonly playerId: string; readonly at: Date },
): Promise<void> {
  const { tenantId, playerId, fullName, email, address, at } = identity;
  await connection.execute(UPSERT_IDENTITY, [tenantId, playerId, fullName, email, address, at]);
}

const SELECT_IDENTITY = `
  select full_name as "fullName", email, address
  from player_identities
  where tenant_id = $1 and player_id = $2`;

/** The person behind a player, or `undefined`. */
export async function selectIdentity(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<Identity | undefined> {
  const [row] = await connection.query<Identity>(SELECT_IDENTITY, [tenantId, playerId]);
  return row;
}

const DELETE_IDENTITY = `
  delete from player_identities
  where tenant_id = $1 and player_id = $2`;

/** Removes the person behind a player; nothing else refers to the row. */
export async function deleteIdentity(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<void> {
  await connection.execute(DELETE_IDENTITY, [tenantId, playerId]);
}
