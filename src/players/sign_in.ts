import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { deleteAttempts, deleteOldAttempts, selectCredential, takeAttempt } from "./account_queries.ts";
import { PlayerClosedError } from "./errors.ts";
import type { IdentityHasher } from "./identity_hash.ts";
import type { Passwords } from "./passwords.ts";
import { readPlayer } from "./players.ts";
import { isEmail } from "./register_account.ts";
import { CredentialsInvalidError, SignInThrottledError } from "./session_errors.ts";
import { type BegunSession, beginSession } from "./sessions.ts";
import { assertNotExcluded } from "./standing.ts";

/** How often one account may be tried within a window before nobody is heard until its end. */
export interface AccountAttempts {
  readonly max: number;
  readonly windowMs: number;
}

export const ACCOUNT_ATTEMPTS_DEFAULTS: AccountAttempts = { max: 10, windowMs: 900_000 };

export interface SignInDeps {
  /** Of a role that may write players. */
  readonly pool: Pool;
  readonly clock: Pick<Clock, "epochMs">;
  readonly passwords: Passwords;
  readonly identity: IdentityHasher;
  readonly attempts: AccountAttempts;
  readonly deadlineMs: number;
}

export interface SignIn {
  readonly tenantId: string;
  readonly email: string;
  readonly password: string;
}

export interface SignedIn extends BegunSession {
  readonly playerId: string;
}

/** Each attempt takes two old ones away, so that the table holds little more than what a window's attempts put there. */
const FORGOTTEN_EACH = 2;

/**
 * Signs a player in. Whether an account is unknown or its password wrong, the answer and the work behind it are the same.
 *
 * Attempts are counted before the password is looked at, so that many at once are as many; success forgets them.
 *
 * @throws {CredentialsInvalidError}
 * @throws {SignInThrottledError} If the account was tried too often.
 * @throws {SignInBusyError}
 * @throws {PlayerExcludedError} With the right password alone, as is the next.
 * @throws {PlayerClosedError}
 */
export async function signIn(asked: SignIn, deps: SignInDeps): Promise<SignedIn> {
  const { tenantId } = asked;
  const email = isEmail(asked.email) ? asked.email.trim() : undefined;
  const subjectHash = deps.identity.ofAccount(tenantId, asked.email);
  const credential = await counted({ tenantId, email, subjectHash }, deps);
  // No lease in hand: the hash takes its time.
  const hash = credential?.passwordHash;
  const isRight = await deps.passwords.verify(asked.password, { tenantId, hash });
  if (credential === undefined || !isRight) throw new CredentialsInvalidError();
  const { playerId } = credential;

  await using lease = await deps.pool.lease(leaseOf(tenantId, deps));
  const { connection } = lease;
  const at = new Date(deps.clock.epochMs());
  const player = await readPlayer(connection, { tenantId, playerId, held: true });
  assertNotExcluded(player, { at });
  if (player.state === "closed") throw new PlayerClosedError();
  await deleteAttempts(connection, { tenantId, subjectHash });
  const session = await beginSession(connection, { tenantId, playerId, at });
  await lease.commit();
  return { ...session, playerId };
}

interface Attempt {
  readonly tenantId: string;
  /** `undefined` for what can be nobody's. */
  readonly email: string | undefined;
  readonly subjectHash: Uint8Array;
}

/** Counts the attempt and, if it is one of those that are heard, reads what the password is to be held against. */
async function counted(attempt: Attempt, deps: SignInDeps) {
  const { tenantId, email, subjectHash } = attempt;
  await using lease = await deps.pool.lease(leaseOf(tenantId, deps));
  const { connection } = lease;
  await assertHeard(connection, { tenantId, subjectHash }, deps);
  const credential =
    email === undefined ? undefined : await selectCredential(connection, { tenantId, email });
  await lease.commit();
  return credential;
}

async function assertHeard(
  connection: Connection,
  { tenantId, subjectHash }: Omit<Attempt, "email">,
  { clock, attempts: { max, windowMs } }: SignInDeps,
): Promise<void> {
  const at = new Date(clock.epochMs());
  const windowEndsAt = new Date(at.getTime() + windowMs);
  const taken = await takeAttempt(connection, { tenantId, subjectHash, at, windowEndsAt });
  // After the one row that is waited for: these are passed over where others hold them, so that no two wait for each other.
  await deleteOldAttempts(connection, { tenantId, at, max: FORGOTTEN_EACH });
  // Rolled back with the throw: whoever is not heard does not make the count grow.
  if (taken.attempts > max) throw new SignInThrottledError(taken.windowEndsAt.getTime() - at.getTime());
}

function leaseOf(tenantId: string, { deadlineMs }: SignInDeps) {
  return { access: "write", criticality: "live", tenantId, deadlineMs } as const;
}
