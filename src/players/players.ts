import type { Connection } from "../pool/mod.ts";
import { PlayerNotFoundError, PlayerStateError } from "./errors.ts";
import { lockExclusionsShared } from "./exclusion_queries.ts";
import { insertPlayer, selectPlayer, updatePlayerState } from "./queries.ts";
import { endPlayerSessions } from "./session_queries.ts";

/** Only a `verified` player may deposit or bet. */
export const PLAYER_STATES = ["unverified", "verified", "excluded", "closed"] as const;
export type PlayerState = (typeof PLAYER_STATES)[number];

/** A player as all rooms know one: no name, no address. */
export interface Player {
  readonly tenantId: string;
  readonly playerId: string;
  readonly state: PlayerState;
  /** ISO 4217, the one currency of the player's wallet. */
  readonly currency: string;
  /** ISO 3166-1 alpha-2, where the player says to live; `null` while it is not known. */
  readonly country: string | null;
  readonly coolingOffUntil: Date | null;
  /** When the last exclusion of the person ends, at whichever brand it began; `FOR_GOOD` if one never does, `null` without any. */
  readonly excludedUntil: Date | null;
}

/** The end of what never ends. */
export const FOR_GOOD = new Date("9999-12-31T00:00:00Z");

const FOLLOWING: Readonly<Record<PlayerState, readonly PlayerState[]>> = {
  unverified: ["verified", "excluded", "closed"],
  verified: ["unverified", "excluded", "closed"],
  excluded: ["closed"],
  closed: [],
};

/** Adds a player, unverified until someone vouches for them. Needs a write lease of the tenant. */
export async function registerPlayer(
  connection: Connection,
  {
    tenantId,
    currency,
    country = null,
    identityHashes = [],
    at,
  }: {
    readonly tenantId: string;
    readonly currency: string;
    readonly country?: string | null;
    /** Of the person, so that their exclusions are found at every brand; none where nobody is known. */
    readonly identityHashes?: readonly Uint8Array[];
    readonly at: Date;
  },
): Promise<Player> {
  const player: Player = {
    tenantId,
    playerId: Bun.randomUUIDv7("hex", at.getTime()),
    state: "unverified",
    currency,
    country,
    coolingOffUntil: null,
    excludedUntil: null,
  };
  await insertPlayer(connection, { ...player, identityHashes, at });
  return player;
}

/**
 * One player of the tenant.
 *
 * `held` keeps the player as it is until the transaction ends: whoever changes the state, a limit or a pause, or excludes the person at any
 * brand, waits, so that what was checked still holds at the commit. Needs a write lease.
 *
 * @throws {PlayerNotFoundError}
 */
export async function readPlayer(
  connection: Connection,
  {
    tenantId,
    playerId,
    held = false,
  }: { readonly tenantId: string; readonly playerId: string; readonly held?: boolean },
): Promise<Player> {
  // A statement of its own: read in the same one, exclusions would be those of before the wait.
  if (held) await lockExclusionsShared(connection, tenantId, playerId);
  const player = await selectPlayer(connection, { tenantId, playerId, held });
  if (player === undefined) throw new PlayerNotFoundError(playerId);
  return player;
}

/**
 * Moves a player to another state; the present one again is no change. Needs a write lease of the tenant.
 *
 * @throws {PlayerNotFoundError}
 * @throws {PlayerStateError} If the new state does not follow from the present one.
 */
export async function changePlayerState(
  connection: Connection,
  change: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly to: PlayerState;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, playerId, to } = change;
  const { state: from } = await readPlayer(connection, { tenantId, playerId });
  if (from === to) return;
  if (!FOLLOWING[from].includes(to)) throw new PlayerStateError({ from, to });
  // Named with the state it was read in: between the two someone may have excluded the player.
  const changed = await updatePlayerState(connection, { ...change, from });
  if (changed === 0) throw new PlayerStateError({ from, to });
  if (to === "closed" || to === "excluded") await endPlayerSessions(connection, change);
}
