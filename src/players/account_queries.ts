import type { Connection } from "../pool/mod.ts";

const INSERT_IDENTITY = `
  insert into player_identities (tenant_id, player_id, full_name, email, address, date_of_birth, updated_at)
  values ($1, $2, $3, $4, $5, $6::date, $7)`;

/** Keeps the person behind a new player; 23505 on `player_identities_by_email` when another has the e-mail. */
export async function insertIdentity(
  connection: Connection,
  identity: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly fullName: string;
    readonly email: string;
    readonly address: string | null;
    /** As in `1990-12-31`. */
    readonly dateOfBirth: string;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, playerId, fullName, email, address, dateOfBirth, at } = identity;
  const values = [tenantId, playerId, fullName, email, address, dateOfBirth, at];
  await connection.execute(INSERT_IDENTITY, values);
}

const INSERT_CREDENTIAL = `
  insert into player_credentials (tenant_id, player_id, password_hash, updated_at)
  values ($1, $2, $3, $4)`;

/** Keeps the hash of a new player's password. */
export async function insertCredential(
  connection: Connection,
  credential: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly passwordHash: string;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, playerId, passwordHash, at } = credential;
  await connection.execute(INSERT_CREDENTIAL, [tenantId, playerId, passwordHash, at]);
}

const SELECT_CREDENTIAL = `
  select player_credentials.player_id as "playerId", player_credentials.password_hash as "passwordHash"
  from player_identities
  join player_credentials using (tenant_id, player_id)
  where player_identities.tenant_id = $1 and lower(player_identities.email) = lower($2)`;

export interface CredentialRow {
  readonly playerId: string;
  readonly passwordHash: string;
}

/** Whose e-mail this is and what their password hashes to; `undefined` when nobody can sign in with it. */
export async function selectCredential(
  connection: Connection,
  { tenantId, email }: { readonly tenantId: string; readonly email: string },
): Promise<CredentialRow | undefined> {
  const [row] = await connection.query<CredentialRow>(SELECT_CREDENTIAL, [tenantId, email]);
  return row;
}

const SELECT_PROFILE = `
  select
    players.created_at as "registeredAt",
    (
      select player_freezes.frozen_at
      from player_freezes
      where player_freezes.tenant_id = players.tenant_id
        and player_freezes.player_id = players.player_id
        and player_freezes.lifted_at is null
    ) as "frozenSince",
    player_identities.full_name as "fullName",
    player_identities.email,
    player_identities.address,
    player_identities.date_of_birth::text as "dateOfBirth"
  from players
  left join player_identities using (tenant_id, player_id)
  where players.tenant_id = $1 and players.player_id = $2`;

export interface ProfileRow {
  readonly registeredAt: Date;
  readonly frozenSince: Date | null;
  readonly fullName: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly dateOfBirth: string | null;
}

/** The person behind a player, and since when; `undefined` when there is no such player. */
export async function selectProfile(
  connection: Connection,
  { tenantId, playerId }: { readonly tenantId: string; readonly playerId: string },
): Promise<ProfileRow | undefined> {
  const [row] = await connection.query<ProfileRow>(SELECT_PROFILE, [tenantId, playerId]);
  return row;
}

const TAKE_ATTEMPT = `
  insert into sign_in_attempts as stored (tenant_id, subject_hash, attempts, window_ends_at)
  values ($1, $2, 1, $4)
  on conflict (tenant_id, subject_hash) do update
  set attempts = case when stored.window_ends_at <= $3 then 1 else stored.attempts + 1 end,
      window_ends_at = case when stored.window_ends_at <= $3 then $4 else stored.window_ends_at end
  returning attempts, window_ends_at as "windowEndsAt"`;

export interface AttemptRow {
  /** In the window under way, this one included. */
  readonly attempts: number;
  readonly windowEndsAt: Date;
}

/** Counts one more attempt on an account, in a new window when the last is over. */
export async function takeAttempt(
  connection: Connection,
  attempt: {
    readonly tenantId: string;
    readonly subjectHash: Uint8Array;
    readonly at: Date;
    readonly windowEndsAt: Date;
  },
): Promise<AttemptRow> {
  const { tenantId, subjectHash, at, windowEndsAt } = attempt;
  const values = [tenantId, Buffer.from(subjectHash), at, windowEndsAt];
  const [row] = await connection.query<AttemptRow>(TAKE_ATTEMPT, values);
  if (row === undefined) throw new TypeError("Cannot count the attempt as no row came back");
  return row;
}

const DELETE_ATTEMPTS = `
  delete from sign_in_attempts
  where tenant_id = $1 and subject_hash = $2`;

/** Forgets the attempts on an account: its own player is there. */
export async function deleteAttempts(
  connection: Connection,
  { tenantId, subjectHash }: { readonly tenantId: string; readonly subjectHash: Uint8Array },
): Promise<void> {
  await connection.execute(DELETE_ATTEMPTS, [tenantId, Buffer.from(subjectHash)]);
}

const DELETE_OLD_ATTEMPTS = `
  delete from sign_in_attempts
  where tenant_id = $1
    and subject_hash in (
      select subject_hash
      from sign_in_attempts
      where tenant_id = $1 and window_ends_at <= $2
      order by window_ends_at
      limit $3
      for update skip locked
    )`;

/** Forgets some of the attempts whose window is over. */
export async function deleteOldAttempts(
  connection: Connection,
  { tenantId, at, max }: { readonly tenantId: string; readonly at: Date; readonly max: number },
): Promise<void> {
  await connection.execute(DELETE_OLD_ATTEMPTS, [tenantId, at, max]);
}
