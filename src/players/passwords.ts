import { type Clock, createPermits, PermitRefusedError } from "../resilience/mod.ts";
import { SignInBusyError } from "./session_errors.ts";

/**
 * Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet for it. Some 47 ms of one core
 * (measured on 2 cores of a small machine), and the memory is taken per password under way.
 */
export const ARGON2 = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/**
 * What an unknown account's password is held against, so that it takes as long as a known one's. Made of 48 random bytes that nobody kept,
 * with the parameters above, to which a test holds it.
 */
export const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$Gr/elA9K8ZFbzJBZfL9wLOY6e3AYvp1KEda+iGuYT5I$GSJR7dMV8iFNJT1HH/1PH2m2orveZz19nNfJnToiqCw";

export interface PasswordsOptions {
  /** Passwords hashed or checked at once: each takes a core and 19 MiB. */
  readonly max: number;
  /** That wait for it; further ones are refused at once. */
  readonly waitingMax: number;
  readonly waitMs: number;
}

/** 80 MB at most, and a line that is through within its second and a half. */
export const PASSWORDS_DEFAULTS: PasswordsOptions = { max: 4, waitingMax: 64, waitMs: 1500 };

/**
 * Hashes and checks passwords, so many at once and no more: a storm of sign-ins waits or is refused, and the process goes on with what else
 * it does. Call it with no lease in hand. Tenants share the places fairly.
 *
 * Both throw {SignInBusyError} when the line is full or does not move.
 */
export interface Passwords {
  hash(password: string, asked: { readonly tenantId: string }): Promise<string>;
  /** Takes as long without a hash as with one that does not match. */
  verify(
    password: string,
    asked: { readonly tenantId: string; readonly hash: string | undefined },
  ): Promise<boolean>;
}

export function createPasswords(options: PasswordsOptions, { clock }: { readonly clock: Clock }): Passwords {
  const permits = createPermits(options, { clock });
  const inTurn = async <T>(tenant: string, work: () => Promise<T>): Promise<T> => {
    const asked = { tenant, criticality: "live", waitMs: options.waitMs } as const;
    using _permit = await permits.acquire(asked).catch((error: unknown) => {
      throw error instanceof PermitRefusedError ? new SignInBusyError({ cause: error }) : error;
    });
    return await work();
  };
  return {
    hash: (password, { tenantId }) => inTurn(tenantId, () => Bun.password.hash(plain(password), ARGON2)),
    verify: (password, { tenantId, hash }) =>
      inTurn(tenantId, async () => {
        const matches = await Bun.password.verify(plain(password), hash ?? NOBODYS_HASH);
        return matches && hash !== undefined;
      }),
  };
}

/** One text for what different keyboards may send of it (NIST SP 800-63B §5.1.1.2). */
function plain(password: string): string {
  return password.normalize("NFKC");
}
