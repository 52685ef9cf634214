import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import {
  excludePlayer,
  FOR_GOOD,
  PlayerExcludedError,
  readPlayer,
  requireSession,
} from "../../src/players/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { arrangePlayer } from "../app/players.ts";
import { openDatabase } from "../harness/mod.ts";
import { bodyOf, NOON, newPerson, openPlayersHouse, type PlayersHouse, refusal } from "./house.ts";

setDefaultTimeout(60_000);

const AT = new Date(NOON);
let house: PlayersHouse;
beforeAll(async () => {
  house = await openPlayersHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const me = (bearer: string, tenant: string) =>
  house.stage.ask("GET", `/${tenant}/api/players/me`, { bearer });
const exclude = (bearer: string, term: string) =>
  house.stage.ask("POST", "/acme/api/players/me/exclusion", { bearer, body: { term } });

test("whoever excludes themselves is refused at every brand, with tokens of before, new ones and new accounts", async () => {
  const person = newPerson();
  const here = await house.enter("acme", person);
  const there = await house.enter("other", person);
  const stranger = await house.enter("other");

  const excluded = await exclude(here.accessToken, "6_months");

  expect(excluded.status).toBe(201);
  expect(await bodyOf(excluded)).toEqual({
    excludedAt: "2025-09-19T12:00:00.000Z",
    endsAt: "2026-03-19T12:00:00.000Z",
  });
  const refused = await me(there.accessToken, "other");
  expect(refused.status).toBe(403);
  expect(await bodyOf(refused)).toMatchObject({ code: "player_excluded", until: "2026-03-19T12:00:00.000Z" });
  const no = [403, "player_excluded"] as const;
  expect(await refusal(await me(here.accessToken, "acme"))).toEqual(no);
  for (const tenant of ["acme", "other"]) {
    const { refreshToken } = tenant === "acme" ? here : there;
    const body = { refreshToken };
    expect(await refusal(await house.stage.ask("POST", `/${tenant}/api/sessions/refresh`, { body }))).toEqual(
      no,
    );
    expect(await refusal(await house.signIn(tenant, person))).toEqual(no);
    expect(await refusal(await house.register(tenant, { ...person, email: newPerson().email }))).toEqual(no);
    expect(await refusal(await house.register(tenant, { ...person, fullName: "Somebody Else" }))).toEqual(no);
  }
  expect((await me(stranger.accessToken, "other")).status).toBe(200);
});

test.each([
  ["6_months", "2026-03-19T12:00:00.000Z"],
  ["1_year", "2026-09-19T12:00:00.000Z"],
  ["2_years", "2027-09-19T12:00:00.000Z"],
  ["5_years", "2030-09-19T12:00:00.000Z"],
  ["permanent", null],
])("a term of %p ends at %p", async (term, endsAt) => {
  const { accessToken } = await house.enter("acme");

  const excluded = await exclude(accessToken, term);

  expect<unknown>((await bodyOf(excluded))["endsAt"] ?? null).toBe(endsAt);
});

test("a term of anything else is refused", async () => {
  const { accessToken } = await house.enter("acme");

  for (const term of ["1_day", "5_months", ""])
    expect(await refusal(await exclude(accessToken, term))).toEqual([422, "request_invalid"]);
  expect((await me(accessToken, "acme")).status).toBe(200);
});

test("an exclusion holds to the end of its term and not beyond, and a longer one is not shortened by a shorter", async () => {
  await using own = await openPlayersHouse();
  const { database } = own.stage;
  const person = newPerson();
  const session = await own.enter("acme", person);
  const pool = database.pool("linehold_web");
  await excludeOnce(pool, { tenantId: own.tenantIds.acme, playerId: session.playerId, term: "1_year" });
  await excludeOnce(pool, { tenantId: own.tenantIds.acme, playerId: session.playerId, term: "6_months" });

  const dayMs = 86_400_000;
  own.stage.skip(365 * dayMs - 1000);
  const before = await own.signIn("acme", person);
  own.stage.skip(2000);
  const after = await own.signIn("acme", person);

  expect(await refusal(before)).toEqual([403, "player_excluded"]);
  expect(after.status).toBe(201);
});

test("no role of the application can undo an exclusion or shorten one", async () => {
  await using database = await openDatabase();
  const player = await arrangePlayer(database, { tenantId: Bun.randomUUIDv7(), at: AT });
  const pool = database.pool("linehold_web");
  await excludeOnce(pool, { ...player, term: "permanent" });

  for (const role of ["linehold_web", "linehold_read", "linehold_odds", "linehold_settlement"]) {
    for (const statement of [
      "delete from exclusions",
      "update exclusions set ends_at = now()",
      "truncate exclusions",
      "update players set identity_hashes = '{}'",
    ]) {
      await using lease = await database.pool(role).lease({ access: "write", tenantId: player.tenantId });
      const refused = await lease.connection.execute(statement).catch((error: unknown) => error);
      expect([role, statement, (refused as { cause?: { code?: string } }).cause?.code]).toEqual([
        role,
        statement,
        "42501",
      ]);
    }
  }
});

test("an exclusion returns only when no bet of the person is still under way, at another brand neither", async () => {
  await using database = await openDatabase();
  const { pool, here, there } = await twoBrands(database);
  const order: string[] = [];
  await using placing = await pool.lease({ access: "write", tenantId: there.tenantId });
  await requireSession(placing.connection, there, { at: AT, held: true });

  const excluding = excludeOnce(pool, { ...here, term: "permanent" }).then(() => order.push("excluded"));
  await Bun.sleep(150);
  order.push("placed");
  await placing.commit();
  await excluding;

  expect(order).toEqual(["placed", "excluded"]);
  await using next = await pool.lease({ access: "write", tenantId: there.tenantId });
  const refused = requireSession(next.connection, there, { at: AT, held: true });
  await expect(refused).rejects.toBeInstanceOf(PlayerExcludedError);
});

test("a bet that begins while an exclusion is being committed waits for it and is refused", async () => {
  await using database = await openDatabase();
  const { pool, here, there } = await twoBrands(database);
  await using excluding = await pool.lease({ access: "write", tenantId: here.tenantId });
  await excludePlayer(excluding.connection, { ...here, term: "permanent", at: AT });

  await using placing = await pool.lease({ access: "write", tenantId: there.tenantId });
  const asked = requireSession(placing.connection, there, { at: AT, held: true }).catch((error) => error);
  await Bun.sleep(100);
  await excluding.commit();

  expect(await asked).toBeInstanceOf(PlayerExcludedError);
});

test("the same judges find fault with a build that takes no turns", async () => {
  await using database = await openDatabase();
  const { pool, here, there } = await twoBrands(database);
  const order: string[] = [];
  await using placing = await pool.lease({ access: "write", tenantId: there.tenantId });
  // As the service reads a player whom it does not hold: nobody waits for the end of this.
  const player = await readPlayer(placing.connection, there);

  const excluding = excludeOnce(pool, { ...here, term: "permanent" }).then(() => order.push("excluded"));
  await Bun.sleep(150);
  order.push("placed");
  await placing.commit();
  await excluding;

  expect(player.excludedUntil).toBeNull();
  expect(order).toEqual(["excluded", "placed"]);
});

test("a player of whom nobody knows who they are is excluded at their own brand", async () => {
  await using database = await openDatabase();
  const player = await arrangePlayer(database, { tenantId: Bun.randomUUIDv7(), at: AT });
  const pool = database.pool("linehold_web");

  await excludeOnce(pool, { ...player, term: "permanent" });

  await using lease = await pool.lease({ tenantId: player.tenantId });
  expect((await readPlayer(lease.connection, player)).excludedUntil).toEqual(FOR_GOOD);
});

async function excludeOnce(
  pool: Pool,
  {
    tenantId,
    playerId,
    term,
  }: { tenantId: string; playerId: string; term: "permanent" | "1_year" | "6_months" },
) {
  await using lease = await pool.lease({ access: "write", tenantId });
  await excludePlayer(lease.connection, { tenantId, playerId, term, at: AT });
  await lease.commit();
}

/** One person at two brands, known by the same hashes. */
async function twoBrands(database: Awaited<ReturnType<typeof openDatabase>>) {
  const identityHashes = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];
  const at = AT;
  const here = await arrangePlayer(database, { tenantId: Bun.randomUUIDv7(), at, identityHashes });
  const there = await arrangePlayer(database, { tenantId: Bun.randomUUIDv7(), at, identityHashes });
  return { pool: database.pool("linehold_web", { max: 4 }), here, there };
}
