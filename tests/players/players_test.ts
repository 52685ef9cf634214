import { expect, setDefaultTimeout, test } from "bun:test";
import {
  changePlayerState,
  eraseIdentity,
  PLAYER_STATES,
  PlayerNotFoundError,
  PlayerStateError,
  readIdentity,
  readPlayer,
  registerPlayer,
  saveIdentity,
} from "../../src/players/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

const IDENTITY = { fullName: "Ada Lovelace", email: "ada@example.test", address: "12 St James's Square" };

test("registerPlayer makes an unverified player", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_web");
  const tenantId = Bun.randomUUIDv7();
  await using lease = await pool.lease({ access: "write", tenantId });

  const { playerId } = await registerPlayer(lease.connection, { tenantId, currency: "EUR", at: NOW });

  expect(await readPlayer(lease.connection, { tenantId, playerId })).toEqual({
    tenantId,
    playerId,
    state: "unverified",
    currency: "EUR",
    country: null,
    coolingOffUntil: null,
    excludedUntil: null,
  });
});

test("readPlayer throws PlayerNotFoundError for nobody", async () => {
  await using database = await openDatabase();
  const tenantId = Bun.randomUUIDv7();
  await using lease = await database.pool("linehold_web").lease({ tenantId });

  expect(readPlayer(lease.connection, { tenantId, playerId: Bun.randomUUIDv7() })).rejects.toBeInstanceOf(
    PlayerNotFoundError,
  );
});

test("changePlayerState undoes neither an exclusion nor a closure", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ state: "unverified" });
  await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  const change = (to: (typeof PLAYER_STATES)[number]) =>
    changePlayerState(lease.connection, { ...seat, to, at: NOW }).then(
      () => "done",
      (error: unknown) => error,
    );
  const refusedAfter = async (state: (typeof PLAYER_STATES)[number]) => {
    expect(await change(state)).toBe("done");
    const refused: string[] = [];
    for (const to of PLAYER_STATES.filter((other) => other !== state && other !== "closed")) {
      if ((await change(to)) instanceof PlayerStateError) refused.push(to);
    }
    return refused;
  };

  expect(await change("verified")).toBe("done");
  expect(await change("unverified")).toBe("done");
  expect(await refusedAfter("excluded")).toEqual(["unverified", "verified"]);
  expect(await refusedAfter("closed")).toEqual(["unverified", "verified", "excluded"]);
});

test("eraseIdentity leaves nothing of the person in any column of any table, and the ledger at zero", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 400n });
  await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await saveIdentity(lease.connection, { ...seat, ...IDENTITY, at: NOW });
  expect(await readIdentity(lease.connection, seat)).toEqual(IDENTITY);
  await lease.commit();
  const searched = async () => {
    const tables = await database.owner<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await database.owner(`select 1 from ${name} as t where t::text like '%Ada%' limit 1`);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };
  expect(await searched()).toEqual(["player_identities"]);

  await using erasing = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await eraseIdentity(erasing.connection, seat);
  await erasing.commit();

  expect(await searched()).toEqual([]);
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 600n, heldMinor: 400n });
  expect(await database.owner("select sum(amount_minor)::bigint as sum from entries")).toEqual([{ sum: 0n }]);
});

test("saveIdentity refuses the e-mail of another player of the tenant, in any case, and takes it for another tenant's", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const one = await house.addPlayer();
  const two = await house.addPlayer({ tenantId: one.tenantId });
  const elsewhere = await house.addPlayer();
  const save = async (seat: typeof one, email: string) => {
    await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
    await saveIdentity(lease.connection, { ...seat, ...IDENTITY, email, at: NOW });
    await lease.commit();
  };
  await save(one, "ada@example.test");

  expect(save(two, "ADA@example.test")).rejects.toMatchObject({
    sqlState: "23505",
    constraint: "player_identities_by_email",
  });
  await save(elsewhere, "ada@example.test");
});
