import { expect, setDefaultTimeout, test } from "bun:test";
import { createLog } from "../../src/log.ts";
import { changePlayerState, readRetention, setRetention } from "../../src/players/mod.ts";
import { startErasureUpkeep } from "../../src/processes/_erasure_upkeep.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { depositDemo, openAccounts } from "../../src/wallets/mod.ts";
import { seededRandom, type TestDatabase } from "../harness/mod.ts";
import { type Entered, NOON, newPerson, openPlayersHouse, type PlayersHouse, refusal } from "./house.ts";

setDefaultTimeout(60_000);

const DAY_MS = 86_400_000;
const ADDRESS = "12 St James's Square";

test("a closed account's person is forgotten after the retention, everywhere, and the ledger still sums to zero", async () => {
  await using house = await openPlayersHouse();
  const { database } = house.stage;
  const person = newPerson();
  const marks = [person.fullName, person.email, ADDRESS, "1990-12-10"];
  const player = await house.enter("acme", { ...person, address: ADDRESS });
  await payIn(house, player);
  await close(house, player);

  const before = await erase(database, NOON + 1825 * DAY_MS - 1000);
  const tablesBefore = await tablesWith(database, marks);
  const after = await erase(database, NOON + 1825 * DAY_MS);

  expect([before, after]).toEqual([0, 1]);
  expect(tablesBefore).toEqual(["player_identities"]);
  expect(await tablesWith(database, marks)).toEqual([]);
  expect(
    await database.owner(
      "select (select count(*) from player_credentials) + (select count(*) from player_sessions) as left",
    ),
  ).toEqual([{ left: 0n }]);
  expect(
    await database.owner("select state, country, cardinality(identity_hashes) as hashes from players"),
  ).toEqual([{ state: "closed", country: null, hashes: 0 }]);
  expect(
    await database.owner("select count(*) as entries, sum(amount_minor)::bigint as sum from entries"),
  ).toEqual([{ entries: 2n, sum: 0n }]);
  expect(await refusal(await house.signIn("acme", person))).toEqual([401, "credentials_invalid"]);
  expect(
    await database.owner(
      "select actor_kind, actor_id, facts from audit_acts where action = 'players.erased'",
    ),
  ).toEqual([{ actor_kind: "system", actor_id: "worker_settlement", facts: { players: 1 } }]);
});

test("only closed accounts are forgotten, each by its own tenant's retention, a batch at a time", async () => {
  await using house = await openPlayersHouse();
  const { database } = house.stage;
  await keepFor(house, "acme", 30);
  const open = await house.enter("acme");
  const closed = [await house.enter("acme"), await house.enter("acme"), await house.enter("acme")];
  const elsewhere = await house.enter("other");
  for (const player of closed) await close(house, player);
  await close(house, elsewhere, "other");

  const erased = await erase(database, NOON + 31 * DAY_MS);

  expect(erased).toBe(3);
  const kept = await database.owner<{ id: string }>(
    "select player_id as id from player_identities order by player_id",
  );
  expect(kept.map(({ id }) => id)).toEqual([open.playerId, elsewhere.playerId].sort());
});

test("an exclusion survives the erasure of whoever it was", async () => {
  await using house = await openPlayersHouse();
  const { database } = house.stage;
  await keepFor(house, "acme", 0);
  const person = newPerson();
  const player = await house.enter("acme", person);
  const body = { term: "permanent" };
  await house.stage.ask("POST", "/acme/api/players/me/exclusion", { bearer: player.accessToken, body });
  await close(house, player);

  expect(await erase(database, NOON + 1000)).toBe(1);

  for (const tenant of ["acme", "other"])
    expect(await refusal(await house.register(tenant, person))).toEqual([403, "player_excluded"]);
});

test("the worker may erase, and read neither who it is nor what opens their account", async () => {
  await using house = await openPlayersHouse();
  const { database } = house.stage;
  await house.enter("acme");
  const pool = database.pool("linehold_settlement");

  for (const table of [
    "players",
    "player_identities",
    "player_credentials",
    "player_sessions",
    "exclusions",
  ]) {
    await using lease = await pool.lease({ tenantId: house.tenantIds.acme });
    const refused = await lease.connection.query(`select 1 from ${table}`).catch((error: unknown) => error);
    expect([table, (refused as { cause?: { code?: string } }).cause?.code]).toEqual([table, "42501"]);
  }
});

test("a tenant keeps closed accounts for 1825 days unless it says otherwise", async () => {
  await using house = await openPlayersHouse();
  const read = async () => {
    await using lease = await house.stage.database
      .pool("linehold_web", { max: 1 })
      .lease({ tenantId: house.tenantIds.acme });
    return await readRetention(lease.connection, house.tenantIds.acme);
  };

  expect(await read()).toBe(1825);
  await keepFor(house, "acme", 365);
  expect(await read()).toBe(365);
  for (const days of [-1, 36_501, 1.5])
    await expect(keepFor(house, "acme", days)).rejects.toBeInstanceOf(RangeError);
});

/** One round of the worker's loop at a business time, and how many it has erased. */
async function erase(database: TestDatabase, epochMs: number): Promise<number> {
  const lines: string[] = [];
  const log = createLog({ process: "test", clock: systemClock, write: (line) => lines.push(line) });
  const pool = database.pool("linehold_settlement");
  const clock = { ...systemClock, epochMs: () => epochMs };
  await using loop = startErasureUpkeep({ pool, clock, random: seededRandom(1), log });
  while (loop.beat().steps === 0 && loop.beat().failures === 0) await Bun.sleep(5);
  expect(loop.beat().failures).toBe(0);
  return lines.reduce((sum, line) => sum + Number(JSON.parse(line).erased), 0);
}

async function close(house: PlayersHouse, { playerId }: Entered, tenant: "acme" | "other" = "acme") {
  const tenantId = house.tenantIds[tenant];
  await using lease = await house.stage.writes.lease({ access: "write", tenantId });
  await changePlayerState(lease.connection, { tenantId, playerId, to: "closed", at: new Date(NOON) });
  await lease.commit();
}

async function keepFor(house: PlayersHouse, tenant: "acme", days: number) {
  const tenantId = house.tenantIds[tenant];
  await using lease = await house.stage.writes.lease({ access: "write", tenantId });
  await setRetention(lease.connection, { tenantId, days, at: new Date(NOON) });
  await lease.commit();
}

async function payIn(house: PlayersHouse, { playerId }: Entered) {
  const tenantId = house.tenantIds.acme;
  const at = new Date(NOON);
  const player = { playerId, state: "verified", currency: "EUR" };
  await using lease = await house.stage.writes.lease({ access: "write", tenantId });
  await openAccounts(lease.connection, { tenantId, playerId, currency: "EUR", at });
  const deposit = { tenantId, player, amountMinor: 100n, idempotencyKey: "k", at };
  await depositDemo(lease.connection, deposit);
  await lease.commit();
}

/** The tables that hold any of these texts in any column. */
async function tablesWith(database: TestDatabase, marks: readonly string[]): Promise<string[]> {
  const tables = await database.owner<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.owner(
      `select 1 from ${name} as t where exists (
         select from unnest($1::text[]) as mark where position(mark in t::text) > 0
       ) limit 1`,
      [marks],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
