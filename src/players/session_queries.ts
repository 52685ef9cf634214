import type { Connection } from "../pool/mod.ts";

export interface SessionRow {
  readonly sessionId: string;
  readonly playerId: string;
  readonly familyHash: Uint8Array;
  readonly refreshHash: Uint8Array;
  readonly refreshUntil: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

const SELECT_SESSION_FOR_UPDATE = `
  select
    session_id as "sessionId",
    player_id as "playerId",
    family_hash as "familyHash",
    refresh_hash as "refreshHash",
    refresh_until as "refreshUntil",
    expires_at as "expiresAt",
    ended_at as "endedAt"
  from player_sessions
  where tenant_id = $1 and session_id = $2
  for no key update`;

interface SessionKey {
  readonly tenantId: string;
  readonly sessionId: string;
}

/** One session, or `undefined`, while nobody else refreshes or ends it. */
export async function selectSessionForUpdate(
  connection: Connection,
  { tenantId, sessionId }: SessionKey,
): Promise<SessionRow | undefined> {
  const [row] = await connection.query<SessionRow>(SELECT_SESSION_FOR_UPDATE, [tenantId, sessionId]);
  return row;
}

const INSERT_SESSION = `
  insert into player_sessions (
    tenant_id, session_id, player_id, family_hash, refresh_hash, created_at, refresh_until, expires_at
  )
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Adds a session. */
export async function insertSession(
  connection: Connection,
  session: Omit<SessionRow, "endedAt"> & { readonly tenantId: string; readonly at: Date },
): Promise<void> {
  const { tenantId, sessionId, playerId, familyHash, refreshHash, at, refreshUntil, expiresAt } = session;
  const hashes = [Buffer.from(familyHash), Buffer.from(refreshHash)];
  const values = [tenantId, sessionId, playerId, ...hashes, at, refreshUntil, expiresAt];
  await connection.execute(INSERT_SESSION, values);
}

const DELETE_OLD_SESSIONS = `
  delete from player_sessions
  where tenant_id = $1
    and session_id in (
      select session_id
      from (
        select session_id, expires_at, row_number() over (order by created_at desc, session_id desc) as place
        from player_sessions
        where tenant_id = $1 and player_id = $2
      ) as sessions
      where place > $4 or expires_at <= $3
    )`;

/** Forgets a player's sessions that are over by time, and of the others all but the newest. */
export async function deleteOldSessions(
  connection: Connection,
  {
    tenantId,
    playerId,
    at,
    kept,
  }: { readonly tenantId: string; readonly playerId: string; readonly at: Date; readonly kept: number },
): Promise<void> {
  await connection.execute(DELETE_OLD_SESSIONS, [tenantId, playerId, at, kept]);
}

const UPDATE_REFRESH = `
  update player_sessions
  set refresh_hash = $3, refresh_until = $4
  where tenant_id = $1 and session_id = $2`;

/** Puts another refresh token in place of the one just spent. */
export async function updateRefresh(
  connection: Connection,
  {
    tenantId,
    sessionId,
    refreshHash,
    refreshUntil,
  }: SessionKey & { readonly refreshHash: Uint8Array; readonly refreshUntil: Date },
): Promise<void> {
  await connection.execute(UPDATE_REFRESH, [tenantId, sessionId, Buffer.from(refreshHash), refreshUntil]);
}

const END_SESSION = `
  update player_sessions
  set ended_at = $3
  where tenant_id = $1 and session_id = $2 and ended_at is null`;

/** Ends one session. */
export async function endSessionRow(
  connection: Connection,
  { tenantId, sessionId, at }: SessionKey & { readonly at: Date },
): Promise<void> {
  await connection.execute(END_SESSION, [tenantId, sessionId, at]);
}

const END_PLAYER_SESSIONS = `
  update player_sessions
  set ended_at = $3
  where tenant_id = $1 and player_id = $2 and ended_at is null`;

/** Ends every session of a player. */
export async function endPlayerSessions(
  connection: Connection,
  { tenantId, playerId, at }: { readonly tenantId: string; readonly playerId: string; readonly at: Date },
): Promise<void> {
  await connection.execute(END_PLAYER_SESSIONS, [tenantId, playerId, at]);
}
