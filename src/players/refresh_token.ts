import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A refresh token, as in `lhr.<session>.<family>.<secret>`. The family is the same for all of a session, the secret is this one's. Hashed
 * by SHA-256: 256 random bits are beyond guessing, so that nothing is gained by a slow hash.
 */
export interface RefreshToken {
  readonly text: string;
  readonly sessionId: string;
  readonly family: string;
  readonly familyHash: Uint8Array;
  readonly refreshHash: Uint8Array;
}

const TOKEN =
  /^lhr\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;

/** A new token of a session, of its family if it has one. */
export function newRefreshToken(sessionId: string, family = newSecret()): RefreshToken {
  return tokenOf(sessionId, family, newSecret());
}

/** The parts of a token as it was sent; `undefined` when it is none of ours. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, family, secret] = TOKEN.exec(text) ?? [];
  if (sessionId === undefined || family === undefined || secret === undefined) return undefined;
  return tokenOf(sessionId, family, secret);
}

/** Whether two hashes are the same, in a time that tells nothing of them. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}

function tokenOf(sessionId: string, family: string, secret: string): RefreshToken {
  return {
    text: `lhr.${sessionId}.${family}.${secret}`,
    sessionId,
    family,
    familyHash: hashOf(family),
    refreshHash: hashOf(secret),
  };
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

function hashOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
