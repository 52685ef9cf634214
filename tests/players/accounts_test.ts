import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { NOBODYS_HASH } from "../../src/players/passwords.ts";
import { bodyOf, newPerson, openPlayersHouse, PASSWORD, type PlayersHouse, refusal } from "./house.ts";

setDefaultTimeout(60_000);

let house: PlayersHouse;
beforeAll(async () => {
  house = await openPlayersHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

test("POST players registers somebody unverified, in the tenant's currency unless they name one", async () => {
  const registered = await house.register("acme", { address: " 12 St James's Square " });
  const inKronor = await house.register("other");
  const inYen = await house.register("acme", { currency: "JPY" });

  expect(registered.status).toBe(201);
  expect(registered.headers.get("cache-control")).toBe("no-store");
  expect(await bodyOf(registered)).toMatchObject({
    state: "unverified",
    currency: "EUR",
    country: "MT",
    coolingOffUntil: null,
    frozenSince: null,
    registeredAt: "2025-09-19T12:00:00.000Z",
  });
  expect((await bodyOf(inKronor)).currency).toBe("SEK");
  expect((await bodyOf(inYen)).currency).toBe("JPY");
});

test("GET players/me tells a player of themselves what they told", async () => {
  const person = newPerson();
  const { accessToken, playerId } = await house.enter("acme", { ...person, address: "12 St James's Square" });

  const me = await house.stage.ask("GET", "/acme/api/players/me", { bearer: accessToken });

  expect(me.status).toBe(200);
  expect<unknown>(await me.json()).toEqual({
    ...person,
    playerId,
    state: "unverified",
    currency: "EUR",
    country: "MT",
    dateOfBirth: "1990-12-10",
    address: "12 St James's Square",
    coolingOffUntil: null,
    frozenSince: null,
    registeredAt: "2025-09-19T12:00:00.000Z",
  });
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "a password that is the e-mail",
    { email: "Somebody@example.org", password: "somebody@EXAMPLE.org" },
    "password",
  ],
  ["a day that is none", { dateOfBirth: "1990-02-30" }, "dateOfBirth"],
  ["a name without letters", { fullName: "1234" }, "fullName"],
  ["a name that no database keeps", { fullName: "A\u0000da" }, "fullName"],
  ["an address that no database keeps", { address: "\ud800" }, "address"],
  ["an e-mail that is none", { email: "ada.example.org" }, "email"],
  ["a country that is none", { country: "QQ" }, "country"],
  ["a currency that is none", { currency: "ZZZ" }, "currency"],
])("POST players refuses %s by its field", async (_what, person, field) => {
  const response = await house.register("acme", person);

  expect(response.status).toBe(422);
  expect(await bodyOf(response)).toMatchObject({ code: "registration_invalid", field });
});

test.each<[string, unknown]>([
  ["a short password", { password: "123456789" }],
  ["a long password", { password: "x".repeat(201) }],
  ["a state of its own", { state: "verified" }],
  ["a balance of its own", { balanceMinor: 1_000_000 }],
  ["a tenant of its own", { tenantId: "01994e0a-3c00-7000-8000-000000000001" }],
  ["a name that is no text", { fullName: ["Ada"] }],
])("POST players refuses %s as not of the contract", async (_what, person) => {
  expect(await refusal(await house.register("acme", person as Record<string, unknown>))).toEqual([
    422,
    "request_invalid",
  ]);
});

test("POST players refuses whoever is under 18 at business time, or under the tenant's own age mark", async () => {
  const bornOn = (dateOfBirth: string, tenant = "acme") => house.register(tenant, { dateOfBirth });

  expect(await refusal(await bornOn("2007-09-20"))).toEqual([403, "player_underage"]);
  expect((await bornOn("2007-09-19")).status).toBe(201);
  expect(await refusal(await bornOn("2005-01-01", "other"))).toEqual([403, "player_underage"]);
  expect((await bornOn("2004-09-19", "other")).status).toBe(201);
});

test("an e-mail registers once at a tenant, in whatever case and however many ask at once, and again at another", async () => {
  const { email = "" } = newPerson();
  const ask = (tenant: string, written: string) => house.register(tenant, { ...newPerson(), email: written });

  const all = await Promise.all(
    [email, email.toUpperCase(), email, email].map((written) => ask("acme", written)),
  );
  const elsewhere = await ask("other", email);

  const statuses = all.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, 409, 409, 409]);
  expect(await refusal(await ask("acme", email))).toEqual([409, "email_taken"]);
  expect(elsewhere.status).toBe(201);
});

test("a player signs in with the e-mail in any case, and at no other tenant", async () => {
  const { email = "" } = await bodyOf(await house.register("acme"));

  const session = await house.signIn("acme", { email: email.toUpperCase() });

  expect(session.status).toBe(201);
  expect(await bodyOf(session)).toMatchObject({
    accessTokenExpiresAt: "2025-09-19T12:05:00.000Z",
    refreshTokenExpiresAt: "2025-09-26T12:00:00.000Z",
  });
  expect(await refusal(await house.signIn("other", { email }))).toEqual([401, "credentials_invalid"]);
});

test("an unknown account and a wrong password are told apart neither by the answer nor by the time it takes", async () => {
  const { email = "" } = await bodyOf(await house.register("acme"));
  const tried = async (address: string) => {
    const startedAt = performance.now();
    const response = await house.signIn("acme", { email: address, password: "a wrong password" });
    const { requestId: _, ...told } = await bodyOf(response);
    const {
      date: _date,
      "x-request-id": _id,
      "content-length": _l,
      ...headers
    } = Object.fromEntries(response.headers);
    return { ms: performance.now() - startedAt, answer: { status: response.status, told, headers } };
  };

  const wrong: Awaited<ReturnType<typeof tried>>[] = [];
  const unknown: Awaited<ReturnType<typeof tried>>[] = [];
  for (let round = 0; round < 7; round += 1) {
    wrong.push(await tried(email));
    unknown.push(await tried(newPerson().email));
  }
  const nobodys = await tried("not an e-mail at all");

  const [{ answer: first } = nobodys] = wrong;
  expect(first).toMatchObject({ status: 401, told: { code: "credentials_invalid" } });
  for (const { answer } of [...wrong, ...unknown, nobodys]) expect(answer).toEqual(first);
  // An answer without a hash takes 2 ms, one with it 50: the build below shows it.
  const median = (all: readonly { ms: number }[]) => all.map(({ ms }) => ms).sort((a, b) => a - b)[3] ?? 0;
  expect(median(unknown)).toBeGreaterThan(median(wrong) / 2);
  const startedAt = performance.now();
  await Bun.password.verify("a wrong password", NOBODYS_HASH);
  const hashMs = performance.now() - startedAt;
  expect(Math.min(...unknown.map(({ ms }) => ms))).toBeGreaterThan(hashMs / 3);
});

test("a password is hashed as OWASP asks, and what unknown accounts are held against costs the same", async () => {
  const { playerId } = await house.enter("acme");

  const [kept] = await house.stage.database.owner<{ hash: string }>(
    "select password_hash as hash from player_credentials where player_id = $1",
    [playerId],
  );

  const parameters = (hash: string | undefined) => hash?.split("$").slice(0, 4).join("$");
  expect(parameters(kept?.hash)).toBe("$argon2id$v=19$m=19456,t=2,p=1");
  expect(parameters(NOBODYS_HASH)).toBe(parameters(kept?.hash));
});

test("a password may be sent composed or decomposed, and is otherwise taken as it is", async () => {
  const composed = "crème brûlée à la carte";
  const { email = "" } = await bodyOf(await house.register("acme", { password: composed }));

  expect((await house.signIn("acme", { email, password: composed.normalize("NFD") })).status).toBe(201);
  expect((await house.signIn("acme", { email, password: `${composed} ` })).status).toBe(401);
});

test("a closed account signs in no more, whose token of before is told so, and only the right password learns it", async () => {
  const { email, playerId, accessToken } = await house.enter("acme");
  const { database } = house.stage;
  await database.owner("update players set state = 'closed' where player_id = $1", [playerId]);

  expect(await refusal(await house.signIn("acme", { email }))).toEqual([403, "blocked_client"]);
  expect(await refusal(await house.signIn("acme", { email, password: "a wrong password" }))).toEqual([
    401,
    "credentials_invalid",
  ]);
  const me = await house.stage.ask("GET", "/acme/api/players/me", { bearer: accessToken });
  expect(await refusal(me)).toEqual([403, "blocked_client"]);
});

test("what is sent as something else than JSON is not taken for it", async () => {
  const { email = "" } = await bodyOf(await house.register("acme"));
  const send = (body: string, type: string) =>
    house.stage.ask("POST", "/acme/api/sessions", { body, headers: { "content-type": type } });

  const form = new URLSearchParams({ email, password: PASSWORD }).toString();
  expect(await refusal(await send(form, "application/x-www-form-urlencoded"))).toEqual([
    400,
    "body_unreadable",
  ]);
  expect(await refusal(await send("{", "application/json"))).toEqual([400, "body_unreadable"]);
});

test("without keys whatever concerns players is refused as not set up, and visitors are served", async () => {
  await using bare = await openPlayersHouse({ players: null });

  const refused = await bare.register("acme");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refusal(refused)).toEqual([503, "players_unconfigured"]);
  expect(await refusal(await bare.signIn("acme", { email: "ada@example.org" }))).toEqual([
    503,
    "players_unconfigured",
  ]);
  const me = await bare.stage.ask("GET", "/acme/api/players/me", { bearer: "x" });
  expect(await refusal(me)).toEqual([503, "players_unconfigured"]);
  expect((await bare.stage.get("/acme/api/public/load-theme")).status).toBe(200);
});
