import type { Connection } from "../pool/mod.ts";
import type { Identity } from "./identities.ts";
import type { Player, PlayerState } from "./players.ts";

const INSERT_PLAYER = `
  insert into players (tenant_id, player_id, state, currency, country, identity_hashes, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6::bytea[], $7, $7)`;

/** Adds a player's row. */
export async function insertPlayer(
  connection: Connection,
  player: Player & { readonly identityHashes: readonly Uint8Array[]; readonly at: Date },
): Promise<void> {
  const { tenantId, playerId, state, currency, country, identityHashes, at } = player;
  const values = [
    tenantId,
    playerId,
    state,
    currency,
    country,
    identityHashes.map((hash) => Buffer.from(hash)),
    at,
  ];
  await connection.execute(INSERT_PLAYER, values);
}

const PLAYER_COLUMNS = `
    tenant_id as "tenantId",
    player_id as "playerId",
    state,
    currency,
    country,
    cooling_off_until as "coolingOffUntil",
    (
      select max(coalesce(exclusions.ends_at, timestamptz '9999-12-31 00:00:00Z'))
      from exclusions
      where exclusions.identity_hash = any (exclusion_keys(tenant_id, player_id, identity_hashes))
    ) as "excludedUntil"`;

const SELECT_PLAYER = `
  select ${PLAYER_COLUMNS}
  from players
  where tenant_id = $1 and player_id = $2`;

/** `held` keeps the row from changing until the transaction ends. */
interface PlayerAsked {
  readonly tenantId: string;
  readonly playerId: string;
  readonly held: boolean;
}

/** One player, or `undefined`. */
export async function selectPlayer(
  connection: Connection,
  { tenantId, playerId, held }: PlayerAsked,
): Promise<Player | undefined> {
  const [row] = await connection.query<Player>(heldIf(held, SELECT_PLAYER), [tenantId, playerId]);
  return row;
}

const SELECT_PLAYER_OF_SESSION = `
  select ${PLAYER_COLUMNS},
    exists (
      select
      from player_sessions
      where player_sessions.tenant_id = $1
        and player_sessions.session_id = $3
        and player_sessions.player_id = $2
        and player_sessions.ended_at is null
        and player_sessions.expires_at > $4
    ) as "isOpen"
  from players
  where tenant_id = $1 and player_id = $2`;

/** The same, with whether a session of theirs is open at that moment. */
export async function selectPlayerOfSession(
  connection: Connection,
  {
    tenantId,
    playerId,
    sessionId,
    held,
    at,
  }: PlayerAsked & { readonly sessionId: string; readonly at: Date },
): Promise<{ readonly player: Player; readonly isOpen: boolean } | undefined> {
  const text = heldIf(held, SELECT_PLAYER_OF_SESSION);
  const values = [tenantId, playerId, sessionId, at];
  const [row] = await connection.query<Player & { readonly isOpen: boolean }>(text, values);
  if (row === undefined) return undefined;
  const { isOpen, ...player } = row;
  return { player, isOpen };
}

function heldIf(held: boolean, text: string): string {
  return held ? `${text}\n  for share of players` : text;
}

const UPDATE_PLAYER_STATE = `
  update players
  set state = $4,
      updated_at = greatest(updated_at, $5),
      closed_at = case when $4 = 'closed' then $5 end
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

const LOCK_PLAYER = `
  select player_id
  from players
  where tenant_id = $1 and player_id = $2
  for no key update`;

/** Waits for whoever reads the player with `held`, and keeps others from it until the transaction ends; whether there is such a player. */
export async function lockPlayer(
  connection: Connection,
  { tenantId, playerId }: { readonly tenantId: string; readonly playerId: string },
): Promise<boolean> {
  return (await connection.query(LOCK_PLAYER, [tenantId, playerId])).length > 0;
}

const UPDATE_COOLING_OFF = `
  update players
  set cooling_off_until = greatest(cooling_off_until, $3)
  where tenant_id = $1 and player_id = $2
  returning cooling_off_until as "coolingOffUntil"`;

/** Pauses a player until a moment, or until a later one that was set before; `undefined` when there is no such player. */
export async function updateCoolingOff(
  connection: Connection,
  {
    tenantId,
    playerId,
    until,
  }: { readonly tenantId: string; readonly playerId: string; readonly until: Date },
): Promise<Date | undefined> {
  const values = [tenantId, playerId, until];
  const [row] = await connection.query<{ coolingOffUntil: Date }>(UPDATE_COOLING_OFF, values);
  return row?.coolingOffUntil;
}
