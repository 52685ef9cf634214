import type { Connection } from "../pool/mod.ts";
import { PlayerClosedError } from "./errors.ts";
import { lockExclusionsShared } from "./exclusion_queries.ts";
import { type Player, readPlayer } from "./players.ts";
import { selectPlayerOfSession } from "./queries.ts";
import { isSame, newRefreshToken, parseRefreshToken, type RefreshToken } from "./refresh_token.ts";
import { SessionEndedError } from "./session_errors.ts";
import {
  deleteOldSessions,
  endSessionRow,
  insertSession,
  type SessionRow,
  selectSessionForUpdate,
  updateRefresh,
} from "./session_queries.ts";
import { assertNotExcluded } from "./standing.ts";
import type { TokenClaims } from "./tokens.ts";

/** Whoever comes back within this time goes on without a password. */
export const REFRESH_MS = 7 * 86_400_000;
/** However often it is refreshed: then the password is asked for again. */
export const SESSION_MS = 30 * 86_400_000;
/** A player's further sessions make the oldest ones go. */
const SESSIONS_MAX = 20;

/** A session as whoever signed in holds it. The refresh token is shown once and kept hashed. */
export interface BegunSession {
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly refreshUntil: Date;
}

interface PlayerAt {
  readonly tenantId: string;
  readonly playerId: string;
  readonly at: Date;
}

/** Begins a session of a player whose credentials were found right. Needs a write lease of the tenant. */
export async function beginSession(
  connection: Connection,
  { tenantId, playerId, at }: PlayerAt,
): Promise<BegunSession> {
  await deleteOldSessions(connection, { tenantId, playerId, at, kept: SESSIONS_MAX - 1 });
  const sessionId = Bun.randomUUIDv7("hex", at.getTime());
  const token = newRefreshToken(sessionId);
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  const refreshUntil = new Date(at.getTime() + REFRESH_MS);
  await insertSession(connection, { ...token, tenantId, playerId, at, refreshUntil, expiresAt });
  return { sessionId, refreshToken: token.text, refreshUntil };
}

/**
 * The player of a token whose session stands, in the caller's own transaction.
 *
 * `held` keeps the player as it is until that ends, as in `readPlayer`; needs a write lease.
 *
 * @throws {PlayerExcludedError} If the person is excluded, whatever became of the session.
 * @throws {PlayerClosedError}
 * @throws {SessionEndedError}
 */
export async function requireSession(
  connection: Connection,
  { tenantId, playerId, sessionId }: TokenClaims,
  { at, held = false }: { readonly at: Date; readonly held?: boolean },
): Promise<Player> {
  // A statement of its own: read in the same one, exclusions would be those of before the wait.
  if (held) await lockExclusionsShared(connection, tenantId, playerId);
  const found = await selectPlayerOfSession(connection, { tenantId, playerId, sessionId, held, at });
  if (found === undefined) throw new SessionEndedError();
  assertStands(found.player, at);
  if (!found.isOpen) throw new SessionEndedError();
  return found.player;
}

export interface RefreshedSession extends BegunSession {
  readonly playerId: string;
}

/**
 * Takes a refresh token and gives the next one. One that was spent before ends the session: either its holder or the holder of the later
 * one has stolen it (RFC 9700 §4.14.2). Needs a write lease of the tenant, to be committed whatever is returned.
 *
 * @returns `undefined` if the token is no good; the session is ended if it was a spent one.
 * @throws {PlayerExcludedError}
 * @throws {PlayerClosedError}
 */
export async function refreshSession(
  connection: Connection,
  {
    tenantId,
    refreshToken,
    at,
  }: { readonly tenantId: string; readonly refreshToken: string; readonly at: Date },
): Promise<RefreshedSession | undefined> {
  const shown = parseRefreshToken(refreshToken);
  if (shown === undefined) return undefined;
  const { sessionId } = shown;
  const session = await selectSessionForUpdate(connection, { tenantId, sessionId });
  // Only one who was given a token of this session knows its family: nobody else can end it.
  if (session === undefined || !isSame(session.familyHash, shown.familyHash)) return undefined;
  assertStands(await readPlayer(connection, { tenantId, playerId: session.playerId }), at);
  if (!isOpen(session, at) || at >= session.refreshUntil) return undefined;
  if (!isSame(session.refreshHash, shown.refreshHash)) {
    await endSessionRow(connection, { tenantId, sessionId, at });
    return undefined;
  }
  return rotate(connection, session, { tenantId, shown, at });
}

async function rotate(
  connection: Connection,
  { sessionId, playerId, expiresAt }: SessionRow,
  { tenantId, shown, at }: { readonly tenantId: string; readonly shown: RefreshToken; readonly at: Date },
): Promise<RefreshedSession> {
  const token = newRefreshToken(sessionId, shown.family);
  const refreshUntil = new Date(Math.min(at.getTime() + REFRESH_MS, expiresAt.getTime()));
  await updateRefresh(connection, { ...token, tenantId, refreshUntil });
  return { sessionId, playerId, refreshToken: token.text, refreshUntil };
}

/** Ends a session, at once and for good. Needs a write lease of the tenant. */
export async function endSession(
  connection: Connection,
  { tenantId, sessionId }: TokenClaims,
  { at }: { readonly at: Date },
): Promise<void> {
  await endSessionRow(connection, { tenantId, sessionId, at });
}

function isOpen({ endedAt, expiresAt }: SessionRow, at: Date): boolean {
  return endedAt === null && at < expiresAt;
}

/** A closed or excluded player is told so, also by a token from before. */
function assertStands(player: Player, at: Date): void {
  assertNotExcluded(player, { at });
  if (player.state === "closed") throw new PlayerClosedError();
}
