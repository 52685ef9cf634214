import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { bodyOf, openPlayersHouse, type PlayersHouse, refusal } from "./house.ts";

setDefaultTimeout(60_000);

const DAY_MS = 86_400_000;
let house: PlayersHouse;
beforeAll(async () => {
  house = await openPlayersHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const me = (bearer = "", tenant = "acme") => house.stage.ask("GET", `/${tenant}/api/players/me`, { bearer });
const refresh = (refreshToken = "", tenant = "acme") =>
  house.stage.ask("POST", `/${tenant}/api/sessions/refresh`, { body: { refreshToken } });

test("a refresh token gives the next pair, and the session goes on", async () => {
  const { refreshToken, playerId } = await house.enter("acme");

  const next = await refresh(refreshToken);
  const session = await bodyOf(next);

  expect(next.status).toBe(200);
  expect(session).toMatchObject({ playerId });
  expect(session.refreshToken).not.toBe(refreshToken);
  expect((await me(session.accessToken)).status).toBe(200);
  expect((await refresh(session.refreshToken)).status).toBe(200);
});

test("a refresh token that comes back ends the session, for its thief and for its owner", async () => {
  const { accessToken, refreshToken } = await house.enter("acme");
  const later = await bodyOf(await refresh(refreshToken));

  expect(await refusal(await refresh(refreshToken))).toEqual([401, "session_ended"]);
  expect(await refusal(await refresh(later.refreshToken))).toEqual([401, "session_ended"]);
  for (const token of [accessToken, later.accessToken])
    expect(await refusal(await me(token))).toEqual([401, "session_ended"]);
});

test("of many that refresh with one token at once, one is given the next", async () => {
  const { refreshToken } = await house.enter("acme");

  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));

  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
});

test("a refresh token that was made up, cut or taken to another tenant ends nothing", async () => {
  const { accessToken, refreshToken } = await house.enter("acme");
  const [, sessionId = "", family = "", secret = ""] = refreshToken.split(".");
  const strange = "A".repeat(43);

  for (const made of [
    `lhr.${sessionId}.${strange}.${secret}`,
    `lhr.${sessionId}.${strange}.${strange}`,
    "lhr",
    "x",
  ])
    expect(await refusal(await refresh(made))).toEqual([401, "session_ended"]);
  expect(await refusal(await refresh(refreshToken, "other"))).toEqual([401, "session_ended"]);
  expect((await me(accessToken)).status).toBe(200);
  expect((await refresh(refreshToken)).status).toBe(200);
  // Its family is known only to whoever was given a token of it.
  expect(await refusal(await refresh(`lhr.${sessionId}.${family}.${strange}`))).toEqual([
    401,
    "session_ended",
  ]);
});

test("signing out ends this session at once and no other", async () => {
  const one = await house.enter("acme");
  const two = await bodyOf(await house.signIn("acme", one));

  const out = await house.stage.ask("DELETE", "/acme/api/sessions/current", { bearer: one.accessToken });

  expect(out.status).toBe(204);
  expect(await refusal(await me(one.accessToken))).toEqual([401, "session_ended"]);
  expect(await refusal(await refresh(one.refreshToken))).toEqual([401, "session_ended"]);
  expect((await me(two.accessToken)).status).toBe(200);
});

test("a token of one tenant is worthless at another, as is none", async () => {
  const { accessToken } = await house.enter("acme");

  expect(await refusal(await me(accessToken, "other"))).toEqual([401, "token_invalid"]);
  expect(await refusal(await house.stage.ask("GET", "/acme/api/players/me"))).toEqual([401, "token_invalid"]);
});

test("of a player's sessions the newest twenty are kept", async () => {
  const first = await house.enter("acme");
  for (let count = 0; count < 20; count += 1) await house.signIn("acme", first);

  const [{ count } = { count: 0n }] = await house.stage.database.owner<{ count: bigint }>(
    "select count(*) from player_sessions where player_id = $1",
    [first.playerId],
  );

  expect(count).toBe(20n);
  expect(await refusal(await refresh(first.refreshToken))).toEqual([401, "session_ended"]);
});

test("access ends after five minutes, a session after seven days without use and thirty in all", async () => {
  await using own = await openPlayersHouse();
  const ask = (refreshToken = "") =>
    own.stage.ask("POST", "/acme/api/sessions/refresh", { body: { refreshToken } });
  const idle = await own.enter("acme");
  const used = await own.enter("acme");

  own.stage.skip(5 * 60_000 + 6000);
  const late = await own.stage.ask("GET", "/acme/api/players/me", { bearer: used.accessToken });
  expect(await refusal(late)).toEqual([401, "token_invalid"]);
  let refreshToken: string | undefined = used.refreshToken;
  for (let days = 6; days < 30; days += 6) {
    own.stage.skip(6 * DAY_MS);
    const next = await ask(refreshToken);
    expect(next.status).toBe(200);
    refreshToken = (await bodyOf(next)).refreshToken;
  }
  own.stage.skip(6 * DAY_MS);
  expect(await refusal(await ask(refreshToken))).toEqual([401, "session_ended"]);
  expect(await refusal(await ask(idle.refreshToken))).toEqual([401, "session_ended"]);
});
