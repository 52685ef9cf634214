import type { Connection } from "../pool/mod.ts";
import type { BetKey } from "./request.ts";

// The seed keeps it apart from other locks; a collision within it makes a stranger wait or try again, no more.
const TRY_LOCK_KEY = "select pg_try_advisory_xact_lock(hashtextextended($1, 16)) as free";

/** Takes a player's key until the transaction ends; `false` if somebody else has it. */
export async function tryLockKey(connection: Connection, key: BetKey): Promise<boolean> {
  const [row] = await connection.query<{ readonly free: boolean }>(TRY_LOCK_KEY, [nameOf(key)]);
  return row?.free ?? false;
}

const LOCK_KEY = "select pg_advisory_xact_lock(hashtextextended($1, 16))";

/** Waits until whoever has the key is over. */
export async function waitForKey(connection: Connection, key: BetKey): Promise<void> {
  await connection.query(LOCK_KEY, [nameOf(key)]);
}

function nameOf({ tenantId, playerId, idempotencyKey }: BetKey): string {
  return `${tenantId}/${playerId}/${idempotencyKey}`;
}
