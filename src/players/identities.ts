import type { Connection } from "../pool/mod.ts";
import { deleteIdentity, selectIdentity, upsertIdentity } from "./queries.ts";

/** The person behind a player. It lives in `player_identities` and nowhere else. */
export interface Identity {
  readonly fullName: string | null;
  readonly email: string | null;
  readonly address: string | null;
}

interface PlayerKey {
  readonly tenantId: string;
  readonly playerId: string;
}

/** Keeps who the player is, in place of what was kept before. Needs a write lease of the tenant. */
export async function saveIdentity(
  connection: Connection,
  identity: PlayerKey & Identity & { readonly at: Date },
): Promise<void> {
  await upsertIdentity(connection, identity);
}

/** Who the player is, or `undefined` when nothing is kept, or no longer. */
export function readIdentity(
  connection: Connection,
  { tenantId, playerId }: PlayerKey,
): Promise<Identity | undefined> {
  return selectIdentity(connection, tenantId, playerId);
}

/** Forgets the person. The player's id, bets and entries stay, and the ledger still sums to zero. Needs a write lease. */
export async function eraseIdentity(
  connection: Connection,
  { tenantId, playerId }: PlayerKey,
): Promise<void> {
  await deleteIdentity(connection, tenantId, playerId);
}
