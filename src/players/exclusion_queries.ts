import type { Connection } from "../pool/mod.ts";

// In the order of the keys, so that two transactions that need the same ones cannot wait for each other.
const LOCK_EXCLUSIONS_SHARED = `
  select exclusion_lock_shared(key)
  from (
    select unnest(exclusion_keys(tenant_id, player_id, identity_hashes)) as key
    from players
    where tenant_id = $1 and player_id = $2
    order by 1
  ) as keys`;

/** Waits for whoever excludes the person behind a player, and keeps others from it until the transaction ends. */
export async function lockExclusionsShared(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<void> {
  await connection.execute(LOCK_EXCLUSIONS_SHARED, [tenantId, playerId]);
}

const LOCK_HASHES_SHARED = `
  select exclusion_lock_shared(key)
  from (select unnest($1::bytea[]) as key order by 1) as keys`;

/** The same for a person who is no player yet. */
export async function lockHashesShared(connection: Connection, hashes: readonly Uint8Array[]): Promise<void> {
  await connection.execute(LOCK_HASHES_SHARED, [hashes.map((hash) => Buffer.from(hash))]);
}

const LOCK_EXCLUSIONS = `
  select exclusion_lock(key)
  from (
    select unnest(exclusion_keys(tenant_id, player_id, identity_hashes)) as key
    from players
    where tenant_id = $1 and player_id = $2
    order by 1
  ) as keys`;

/** Waits until nobody bets, deposits or registers as that person, at any brand, and keeps it so until the transaction ends. */
export async function lockExclusions(
  connection: Connection,
  tenantId: string,
  playerId: string,
): Promise<void> {
  await connection.execute(LOCK_EXCLUSIONS, [tenantId, playerId]);
}

const INSERT_EXCLUSIONS = `
  insert into exclusions (identity_hash, exclusion_id, excluded_at, ends_at)
  select unnest(exclusion_keys(tenant_id, player_id, identity_hashes)), $3, $4, $5
  from players
  where tenant_id = $1 and player_id = $2`;

/** Adds an exclusion under every key of the player; how many keys that was. */
export function insertExclusions(
  connection: Connection,
  exclusion: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly exclusionId: string;
    readonly at: Date;
    readonly endsAt: Date | null;
  },
): Promise<number> {
  const { tenantId, playerId, exclusionId, at, endsAt } = exclusion;
  return connection.execute(INSERT_EXCLUSIONS, [tenantId, playerId, exclusionId, at, endsAt]);
}

const SELECT_EXCLUDED_UNTIL = `
  select max(coalesce(ends_at, timestamptz '9999-12-31 00:00:00Z')) as "excludedUntil"
  from exclusions
  where identity_hash = any ($1::bytea[])`;

/** When the last exclusion under any of these hashes ends; `null` without any. */
export async function selectExcludedUntil(
  connection: Connection,
  hashes: readonly Uint8Array[],
): Promise<Date | null> {
  const values = [hashes.map((hash) => Buffer.from(hash))];
  const [row] = await connection.query<{ excludedUntil: Date | null }>(SELECT_EXCLUDED_UNTIL, values);
  return row?.excludedUntil ?? null;
}
