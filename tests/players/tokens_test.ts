import { describe, expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { createPlayerTokens, PlayersUnconfiguredError, TokenInvalidError } from "../../src/players/mod.ts";
import { manualClock } from "../harness/mod.ts";

const NOON = Date.UTC(2025, 8, 19, 12);
const tenantId = "01994e0a-3c00-7000-8000-000000000001";
const claims = {
  tenantId,
  playerId: "01994e0a-3c00-7000-8000-000000000002",
  sessionId: "01994e0a-3c00-7000-8000-000000000003",
};
const keyOf = (kid: string, fill = 7) => ({ kid, secret: new Uint8Array(32).fill(fill) });
const bearing = (token: string) =>
  new Request("http://linehold.internal/", { headers: { authorization: `Bearer ${token}` } });

function open(keys = [keyOf("one")], epochMs = NOON) {
  return createPlayerTokens(keys, { clock: { epochMs: () => epochMs } });
}

/** What a forger would change of a token that is ours. */
interface Forgery {
  readonly header?: Record<string, unknown>;
  readonly payload?: Record<string, unknown>;
  readonly secret?: Uint8Array;
}

function forge({ header = {}, payload = {}, secret = keyOf("one").secret }: Forgery): Promise<string> {
  const seconds = NOON / 1000;
  return new SignJWT({
    iss: "linehold",
    aud: tenantId,
    sub: claims.playerId,
    sid: claims.sessionId,
    iat: seconds,
    exp: seconds + 300,
    ...payload,
  })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "one", ...header })
    .sign(secret);
}

test("a token is verified by whoever holds its key, for its tenant", async () => {
  const { accessToken, expiresAt } = await open().issue(claims);

  expect(await open().verify(bearing(accessToken), tenantId)).toEqual(claims);
  expect(expiresAt).toEqual(new Date(NOON + 300_000));
});

test("the forger's own frame passes as long as nothing is forged, so that each refusal below is for its one change", async () => {
  expect(await open().verify(bearing(await forge({})), tenantId)).toEqual(claims);
});

describe("a token is refused", () => {
  const seconds = NOON / 1000;
  test.each<[string, Forgery]>([
    ["of another tenant", { payload: { aud: "01994e0a-3c00-7000-8000-00000000000f" } }],
    ["without a tenant", { payload: { aud: undefined } }],
    ["of another issuer", { payload: { iss: "somebody" } }],
    ["that has expired", { payload: { iat: seconds - 400, exp: seconds - 100 } }],
    ["that never expires", { payload: { exp: undefined } }],
    ["that lasts longer than ours do", { payload: { iat: seconds - 400, exp: seconds + 86_400 } }],
    ["that is not valid yet", { payload: { iat: seconds + 60, exp: seconds + 360 } }],
    ["without a player", { payload: { sub: undefined } }],
    ["whose player is no id", { payload: { sub: "' or 1=1" } }],
    ["without a session", { payload: { sid: undefined } }],
    ["of another type", { header: { typ: "JWT" } }],
    ["under a foreign key of our key's name", { secret: new Uint8Array(32).fill(9) }],
    ["under a name we do not know", { header: { kid: "other" } }],
    ["without a key's name", { header: { kid: undefined } }],
    [
      "by another algorithm of the same family",
      { header: { alg: "HS512" }, secret: new Uint8Array(64).fill(7) },
    ],
  ])("%s", async (_what, forgery) => {
    const token = await forge(forgery);

    await expect(open().verify(bearing(token), tenantId)).rejects.toBeInstanceOf(TokenInvalidError);
  });

  test("that nobody signed", async () => {
    const token = new UnsecuredJWT({ sid: claims.sessionId })
      .setIssuer("linehold")
      .setAudience(tenantId)
      .setSubject(claims.playerId)
      .setIssuedAt(NOON / 1000)
      .setExpirationTime(NOON / 1000 + 300)
      .encode();
    const [, payload] = token.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt", kid: "one" })).toString(
      "base64url",
    );

    for (const unsigned of [token, `${none}.${payload}.`])
      await expect(open().verify(bearing(unsigned), tenantId)).rejects.toBeInstanceOf(TokenInvalidError);
  });

  test("that is signed by a public-key algorithm", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const token = await new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "one" })
      .setIssuer("linehold")
      .setAudience(tenantId)
      .setSubject(claims.playerId)
      .setIssuedAt(NOON / 1000)
      .setExpirationTime(NOON / 1000 + 300)
      .sign(privateKey);

    await expect(open().verify(bearing(token), tenantId)).rejects.toBeInstanceOf(TokenInvalidError);
  });

  test("that is absent, no token, or sent as something else", async () => {
    const { accessToken } = await open().issue(claims);
    const requests = [
      new Request("http://linehold.internal/"),
      bearing("nonsense"),
      bearing(`${accessToken}x`),
      new Request("http://linehold.internal/", { headers: { authorization: `Basic ${accessToken}` } }),
    ];

    for (const request of requests)
      await expect(open().verify(request, tenantId)).rejects.toBeInstanceOf(TokenInvalidError);
  });
});

test("a key is replaced by putting the next one before it: tokens of both hold until the old one is taken out", async () => {
  const [older, newer] = [keyOf("one"), keyOf("two", 8)];
  const before = await open([older]).issue(claims);
  const after = await open([newer, older]).issue(claims);

  expect(await open([newer, older]).verify(bearing(before.accessToken), tenantId)).toEqual(claims);
  expect(await open([newer]).verify(bearing(after.accessToken), tenantId)).toEqual(claims);
  await expect(open([newer]).verify(bearing(before.accessToken), tenantId)).rejects.toBeInstanceOf(
    TokenInvalidError,
  );
});

test("keys that are none, too short or alike in name are refused", () => {
  expect(() => open([])).toThrow(RangeError);
  expect(() => open([{ kid: "one", secret: new Uint8Array(31) }])).toThrow(RangeError);
  expect(() => open([keyOf("one"), keyOf("one", 8)])).toThrow(RangeError);
});

test("without keys everybody is told so", async () => {
  const tokens = createPlayerTokens(undefined, { clock: manualClock() });

  await expect(tokens.verify(bearing("x"), tenantId)).rejects.toBeInstanceOf(PlayersUnconfiguredError);
  await expect(tokens.issue(claims)).rejects.toBeInstanceOf(PlayersUnconfiguredError);
});
