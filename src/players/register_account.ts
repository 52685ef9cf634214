import { CommitUnknownError, type Connection, type Pool, StatementError } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { insertCredential, insertIdentity } from "./account_queries.ts";
import { lockHashesShared, selectExcludedUntil } from "./exclusion_queries.ts";
import { type IdentityHasher, normaliseName } from "./identity_hash.ts";
import type { Passwords } from "./passwords.ts";
import { type Player, readPlayer, registerPlayer } from "./players.ts";
import { EmailTakenError, PlayerUnderageError, RegistrationInvalidError } from "./session_errors.ts";
import { assertNotExcluded } from "./standing.ts";

export interface Registration {
  readonly tenantId: string;
  readonly email: string;
  readonly password: string;
  readonly fullName: string;
  /** As in `1990-12-31`. */
  readonly dateOfBirth: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 4217; the tenant's own when left out. */
  readonly currency?: string | undefined;
  readonly address?: string | undefined;
}

/** What a tenant asks of whoever registers. */
export interface RegistrationTerms {
  /** Of a wallet whose owner names none. */
  readonly currency: string;
  readonly ageMin: number;
}

export interface RegisterAccountDeps {
  /** Of a role that may write players. */
  readonly pool: Pool;
  readonly clock: Pick<Clock, "epochMs">;
  readonly passwords: Passwords;
  readonly identity: IdentityHasher;
  readonly readTerms: (connection: Connection, tenantId: string) => Promise<RegistrationTerms>;
  /** Whether ISO 4217 knows the currency. */
  readonly isCurrency: (currency: string) => boolean;
  readonly deadlineMs: number;
}

/** Nowhere may anybody younger bet, whatever a tenant says of itself. */
export const AGE_MIN = 18;

/**
 * Registers a player with credentials, unverified until someone vouches for them. The wallet is opened with its first deposit.
 *
 * @throws {RegistrationInvalidError} Naming the field.
 * @throws {PlayerUnderageError}
 * @throws {PlayerExcludedError} If the person is excluded, at whichever brand.
 * @throws {EmailTakenError}
 * @throws {SignInBusyError}
 * @throws {CommitUnknownError} If the answer was lost and could not be read back: asking again says whether it was done.
 */
export async function registerAccount(
  registration: Registration,
  deps: RegisterAccountDeps,
): Promise<Player> {
  const at = new Date(deps.clock.epochMs());
  assertUsable(registration, deps);
  if (ageAt(registration.dateOfBirth, at) < AGE_MIN) throw new PlayerUnderageError();
  // Before any lease: nobody holds a connection for the time a hash takes.
  const passwordHash = await deps.passwords.hash(registration.password, registration);
  let player: Player | undefined;
  try {
    await using lease = await deps.pool.lease(leaseOf(registration, deps));
    player = await insert(lease.connection, { ...registration, passwordHash, at }, deps);
    await lease.commit();
    return player;
  } catch (error) {
    if (!(error instanceof CommitUnknownError) || player === undefined) throw error;
    return await readBack(player, deps, error);
  }
}

async function insert(
  connection: Connection,
  account: Registration & { readonly passwordHash: string; readonly at: Date },
  { identity, readTerms }: RegisterAccountDeps,
): Promise<Player> {
  const { tenantId, country, dateOfBirth, at } = account;
  const terms = await readTerms(connection, tenantId);
  if (ageAt(dateOfBirth, at) < terms.ageMin) throw new PlayerUnderageError();
  const identityHashes = identity.ofPerson(account);
  // Whoever excludes the person at this moment is waited for: the account would else begin beside the exclusion.
  await lockHashesShared(connection, identityHashes);
  const excludedUntil = await selectExcludedUntil(connection, identityHashes);
  assertNotExcluded({ state: "unverified", excludedUntil }, { at });
  const currency = account.currency ?? terms.currency;
  const player = await registerPlayer(connection, { tenantId, currency, country, identityHashes, at });
  const { playerId } = player;
  const fullName = account.fullName.trim();
  const person = { tenantId, playerId, fullName, email: account.email.trim(), dateOfBirth, at };
  await insertIdentity(connection, { ...person, address: account.address?.trim() ?? null }).catch(
    (error: unknown) => {
      throw isEmailTaken(error) ? new EmailTakenError({ cause: error }) : error;
    },
  );
  await insertCredential(connection, { tenantId, playerId, passwordHash: account.passwordHash, at });
  return player;
}

/** The id is ours and new: if a player has it, the transaction was this one. */
async function readBack(
  { tenantId, playerId }: Player,
  deps: RegisterAccountDeps,
  unknown: CommitUnknownError,
): Promise<Player> {
  try {
    await using lease = await deps.pool.lease(leaseOf({ tenantId }, deps));
    return await readPlayer(lease.connection, { tenantId, playerId });
  } catch {
    throw unknown;
  }
}

function leaseOf({ tenantId }: { readonly tenantId: string }, { deadlineMs }: RegisterAccountDeps) {
  return { access: "write", criticality: "live", tenantId, deadlineMs } as const;
}

function isEmailTaken(error: unknown): boolean {
  return error instanceof StatementError && error.constraint === "player_identities_by_email";
}

function assertUsable(registration: Registration, { isCurrency }: RegisterAccountDeps): void {
  const { email, password, fullName, dateOfBirth, country, currency, address = "" } = registration;
  if (!isEmail(email)) throw new RegistrationInvalidError("email");
  if (isSamePassword(password, email)) throw new RegistrationInvalidError("password");
  if (!isText(fullName) || normaliseName(fullName) === "") throw new RegistrationInvalidError("fullName");
  if (Number.isNaN(dayOf(dateOfBirth))) throw new RegistrationInvalidError("dateOfBirth");
  if (!isCountry(country)) throw new RegistrationInvalidError("country");
  if (currency !== undefined && !isCurrency(currency)) throw new RegistrationInvalidError("currency");
  if (!isText(address)) throw new RegistrationInvalidError("address");
}

const EMAIL = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u;

/** Whether a text can be an e-mail address: what lies beyond, only a message to it would tell. */
export function isEmail(text: string): boolean {
  const email = text.trim();
  return email.length <= 254 && isText(email) && EMAIL.test(email);
}

/** What Postgres can keep. */
function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

function isSamePassword(password: string, email: string): boolean {
  return password.trim().toLowerCase() === email.trim().toLowerCase();
}

function isCountry(code: string): boolean {
  return (
    code !== "ZZ" &&
    new Intl.DisplayNames(["en"], { type: "region", fallback: "none" }).of(code) !== undefined
  );
}

/** A day of the calendar in milliseconds; NaN for what is none, as the 30th of February. */
function dayOf(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(text) ? day : Number.NaN;
}

/** Whole years since, by the calendar in UTC; whoever is born on a 29 February is of age on 1 March. */
export function ageAt(dateOfBirth: string, at: Date): number {
  const born = new Date(dayOf(dateOfBirth));
  const years = at.getUTCFullYear() - born.getUTCFullYear();
  const birthday = Date.UTC(at.getUTCFullYear(), born.getUTCMonth(), born.getUTCDate());
  return at.getTime() < birthday ? years - 1 : years;
}
