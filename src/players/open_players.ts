import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import {
  ADDRESS_ATTEMPTS_DEFAULTS,
  type AddressAttempts,
  type AddressAttemptsOptions,
  createAddressAttempts,
} from "./attempts.ts";
import { createIdentityHasher, type IdentityHasher } from "./identity_hash.ts";
import { createPasswords, PASSWORDS_DEFAULTS, type PasswordsOptions } from "./passwords.ts";
import type { Player } from "./players.ts";
import type { RegisterAccountDeps } from "./register_account.ts";
import { PlayersUnconfiguredError } from "./session_errors.ts";
import { requireSession } from "./sessions.ts";
import { ACCOUNT_ATTEMPTS_DEFAULTS, type AccountAttempts } from "./sign_in.ts";
import { createPlayerTokens, type PlayerTokens, type TokenClaims, type TokenKey } from "./tokens.ts";

export interface PlayersOptions {
  /** The first signs, all verify. */
  readonly tokenKeys: readonly TokenKey[];
  /** Under which persons are hashed. Never to change: exclusions would no longer be found. */
  readonly identityKey: Uint8Array;
  readonly passwords?: PasswordsOptions;
  readonly addressAttempts?: AddressAttemptsOptions;
  readonly accountAttempts?: AccountAttempts;
}

export interface PlayersDeps extends Pick<RegisterAccountDeps, "pool" | "readTerms" | "isCurrency"> {
  readonly clock: Clock;
}

/** The room, opened once: what its verbs need. */
export interface Players extends RegisterAccountDeps {
  readonly clock: Clock;
  readonly tokens: PlayerTokens;
  readonly attempts: AccountAttempts;
  readonly addresses: AddressAttempts;
  /** @throws {PlayersUnconfiguredError} While the deployment has no keys. */
  assertConfigured(): void;
}

/** Money and sign-ins are refused rather than waited for: as long as a visitor waits for a page. */
const DEADLINE_MS = 1500;

/** Opens the room. Without options, every one of its routes is refused as not set up, and nothing else is. */
export function openPlayers(options: PlayersOptions | undefined, deps: PlayersDeps): Players {
  const { clock } = deps;
  const tokens = createPlayerTokens(options?.tokenKeys, deps);
  return {
    ...deps,
    deadlineMs: DEADLINE_MS,
    tokens,
    passwords: createPasswords(options?.passwords ?? PASSWORDS_DEFAULTS, { clock }),
    identity: options === undefined ? NOBODY_KNOWN : createIdentityHasher(options.identityKey),
    attempts: options?.accountAttempts ?? ACCOUNT_ATTEMPTS_DEFAULTS,
    addresses: createAddressAttempts(options?.addressAttempts ?? ADDRESS_ATTEMPTS_DEFAULTS, { clock }),
    assertConfigured() {
      if (options === undefined) throw new PlayersUnconfiguredError();
    },
  };
}

const unconfigured = (): never => {
  throw new PlayersUnconfiguredError();
};
const NOBODY_KNOWN: IdentityHasher = { ofPerson: unconfigured, ofAccount: unconfigured };

/** What is done for the player of a session, in one transaction. */
export interface SessionWork<T> {
  /** With `held` the player stays as it is until the commit. */
  readonly held?: boolean;
  run(
    connection: Connection,
    asked: { readonly player: Player; readonly claims: TokenClaims; readonly at: Date },
  ): Promise<T>;
}

/**
 * Does something in the name of a token's player, and commits it. Throws what `requireSession`, the work and the commit throw.
 */
export async function inSession<T>(
  claims: TokenClaims,
  { pool, clock }: { readonly pool: Pool; readonly clock: Pick<Clock, "epochMs"> },
  { held = false, run }: SessionWork<T>,
): Promise<T> {
  const { tenantId } = claims;
  const access = { access: "write", criticality: "live", tenantId, deadlineMs: DEADLINE_MS } as const;
  await using lease = await pool.lease(access);
  const at = new Date(clock.epochMs());
  const player = await requireSession(lease.connection, claims, { at, held });
  const result = await run(lease.connection, { player, claims, at });
  await lease.commit();
  return result;
}
