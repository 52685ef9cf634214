import { createSecretKey } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { readBearer } from "../http/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { PlayersUnconfiguredError, TokenInvalidError } from "./session_errors.ts";

/** A key of HS256 (RFC 7518 §3.2): at least as long as its hash, 32 bytes. */
export interface TokenKey {
  /** Named in the header of what it signs. */
  readonly kid: string;
  readonly secret: Uint8Array;
}

/** Whose token it is. */
export interface TokenClaims {
  readonly tenantId: string;
  readonly playerId: string;
  readonly sessionId: string;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** Access tokens of players: JWTs of five minutes, for one tenant. */
export interface PlayerTokens {
  /** @throws {PlayersUnconfiguredError} */
  issue(claims: TokenClaims): Promise<AccessToken>;
  /**
   * Whose token the request bears. That the session still stands is for `requireSession` to say, in the caller's transaction.
   *
   * @throws {TokenInvalidError} If it is absent, not ours, expired or of another tenant.
   * @throws {PlayersUnconfiguredError}
   */
  verify(request: Request, tenantId: string): Promise<TokenClaims>;
}

/** Long enough for a few requests, short enough that a stolen one is soon worth nothing. */
export const ACCESS_TOKEN_MS = 300_000;
const SECRET_BYTES_MIN = 32;
const ALGORITHM = "HS256";
const ISSUER = "linehold";
const TYPE = "at+jwt";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Tokens under keys of which the first signs and all verify, so that a key is replaced by putting the next one before it.
 *
 * @param keys `undefined` where the service has none: whoever needs one is refused.
 * @throws {RangeError} If there is no key, one is too short, or two have one name.
 */
export function createPlayerTokens(
  keys: readonly TokenKey[] | undefined,
  { clock }: { readonly clock: Pick<Clock, "epochMs"> },
): PlayerTokens {
  if (keys === undefined) return UNCONFIGURED;
  const [first] = keys;
  if (first === undefined) throw new RangeError("Cannot make tokens as there is no key");
  for (const { kid, secret } of keys) {
    if (secret.byteLength < SECRET_BYTES_MIN)
      throw new RangeError(`Cannot make tokens as a key has fewer than 32 bytes: kid is "${kid}"`);
  }
  // As key objects: of bare bytes jose imports the key anew for every token it looks at.
  const secrets = new Map(keys.map(({ kid, secret }) => [kid, createSecretKey(secret)]));
  if (secrets.size < keys.length) throw new RangeError("Cannot make tokens as two keys have one name");
  const readNow = () => new Date(clock.epochMs());
  const seen = createSeenTokens();

  return {
    async issue({ tenantId, playerId, sessionId }) {
      const issuedSeconds = Math.floor(clock.epochMs() / 1000);
      const expiresSeconds = issuedSeconds + ACCESS_TOKEN_MS / 1000;
      const accessToken = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: first.kid })
        .setIssuer(ISSUER)
        .setAudience(tenantId)
        .setSubject(playerId)
        .setIssuedAt(issuedSeconds)
        .setExpirationTime(expiresSeconds)
        .sign(first.secret);
      return { accessToken, expiresAt: new Date(expiresSeconds * 1000) };
    },
    async verify(request, tenantId) {
      const token = readBearer(request);
      if (token === undefined) throw new TokenInvalidError();
      const known = seen.find(token, clock.epochMs());
      if (known?.tenantId === tenantId) return known;
      const verified = jwtVerify(
        token,
        ({ kid }) => {
          const secret = kid === undefined ? undefined : secrets.get(kid);
          if (secret === undefined) throw new TokenInvalidError();
          return secret;
        },
        {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          audience: tenantId,
          requiredClaims: ["exp", "iat", "sub", "sid"],
          maxTokenAge: ACCESS_TOKEN_MS / 1000,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: readNow(),
        },
      );
      const { payload } = await verified.catch((cause: unknown) => {
        throw new TokenInvalidError({ cause });
      });
      const { sub: playerId, sid: sessionId } = payload;
      if (!isId(playerId) || !isId(sessionId)) throw new TokenInvalidError();
      const claims = { tenantId, playerId, sessionId };
      seen.add(token, claims, (payload.exp ?? 0) * 1000);
      return claims;
    },
  };
}

/**
 * Tokens that were found good, until they expire: a player sends the same one with every request, and looking at its signature again was a
 * tenth of what a bet costs this process. That the session stands is asked of the database each time all the same.
 */
function createSeenTokens() {
  const seen = new Map<string, { readonly claims: TokenClaims; readonly untilMs: number }>();
  return {
    find(token: string, nowMs: number): TokenClaims | undefined {
      const found = seen.get(token);
      if (found === undefined || nowMs < found.untilMs) return found?.claims;
      seen.delete(token);
      return undefined;
    },
    add(token: string, claims: TokenClaims, untilMs: number): void {
      const [oldest] = seen.keys();
      if (seen.size >= SEEN_MAX && oldest !== undefined) seen.delete(oldest);
      seen.set(token, { claims, untilMs });
    },
  };
}

/** Of some hundred bytes each. */
const SEEN_MAX = 10_000;

/** Machines of one deployment need not agree to the second. */
const CLOCK_TOLERANCE_SECONDS = 5;

const UNCONFIGURED: PlayerTokens = {
  issue: () => Promise.reject(new PlayersUnconfiguredError()),
  verify: () => Promise.reject(new PlayersUnconfiguredError()),
};

function isId(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}
