import { expect, test } from "bun:test";
import { openSession } from "../../src/pool/mod.ts";
import { type MigrateEvent, MigrationChangedError, migrate } from "../../src/schema/mod.ts";
import { openDatabase, suiteServer } from "../harness/mod.ts";

/** A database with nothing in it, as `migrate` finds it on the first deploy. */
async function openEmptyDatabase() {
  const server = await suiteServer();
  const name = server.newName();
  await server.admin.execute(`create database ${name}`);
  return {
    ownerUrl: server.ownerUrl(name),
    loginUrl: server.loginUrl(name),
    [Symbol.asyncDispose]: async () =>
      void (await server.admin.execute(`drop database ${name} with (force)`)),
  };
}

const tablesOf = async (ownerUrl: string) => {
  await using owner = await openSession({ url: ownerUrl, applicationName: "test", connectTimeoutMs: 5000 });
  const rows = await owner.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  return rows.map(({ name }) => name);
};

test("migrate builds an empty database and finds nothing to do the second time", async () => {
  await using database = await openEmptyDatabase();

  const first = await migrate(database);
  const second = await migrate(database);

  expect(first.applied.length).toBeGreaterThan(3);
  expect(first.applied).toEqual([...first.applied].sort());
  expect(second.applied).toEqual([]);
  expect(await tablesOf(database.ownerUrl)).toContain("tenants");
});

test("migrate is safe in several places at once: each migration is applied exactly once", async () => {
  await using database = await openEmptyDatabase();

  const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(database)));

  const applied = runs.flatMap((run) => run.applied);
  expect(new Set(applied).size).toBe(applied.length);
  expect(await migrate(database)).toEqual({ applied: [] });
});

test("migrate waits for a table's lock only briefly and tries again until it is free", async () => {
  await using database = await openEmptyDatabase();
  await migrate(database);
  await using owner = await openSession({
    url: database.ownerUrl,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });
  await owner.execute("delete from schema_migrations where name = '0001_roles'");
  await using holder = await openSession({
    url: database.ownerUrl,
    applicationName: "holder",
    connectTimeoutMs: 5000,
  });
  await holder.execute("begin");
  await holder.execute("grant usage on schema public to linehold_read");
  const events: MigrateEvent[] = [];

  const migrating = migrate(database, { observe: (event) => events.push(event) });
  await Bun.sleep(1500);
  await holder.execute("rollback");

  expect(await migrating).toEqual({ applied: ["0001_roles"] });
  expect(events).toContainEqual({ type: "migration_waited", name: "0001_roles", attempt: 1 });
});

test("migrate refuses an applied migration whose text was edited", async () => {
  await using database = await openEmptyDatabase();
  await migrate(database);
  await using owner = await openSession({
    url: database.ownerUrl,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });
  await owner.execute("update schema_migrations set checksum = 'other' where name = '0001_roles'");

  const error = await migrate(database).catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(MigrationChangedError);
  expect(error).toMatchObject({ migration: "0001_roles" });
});

test("the application's login owns nothing, inherits nothing and sees nothing outside a role", async () => {
  await using database = await openDatabase();
  await using login = await openSession({
    url: database.url,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });

  const [row] = await login.query<{ inherits: boolean; super: boolean; bypasses: boolean; owned: bigint }>(`
    select rolinherit as inherits, rolsuper as super, rolbypassrls as bypasses,
      (select count(*) from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`);
  const error = await login.query("select slug from tenants").catch((caught: unknown) => caught);

  expect(row).toEqual({ inherits: false, super: false, bypasses: false, owned: 0n });
  expect(error).toMatchObject({ code: "database_misconfigured" });
});

test("the read role can select the public catalogue and change nothing at all", async () => {
  await using database = await openDatabase();

  const rows = await database.owner<{ table: string; privilege: string }>(`
    select table_name as table, privilege_type as privilege
    from information_schema.role_table_grants
    where grantee = 'linehold_read'`);

  expect(new Set(rows.map(({ privilege }) => privilege))).toEqual(new Set(["SELECT"]));
  const tables = rows.map(({ table }) => table);
  for (const owned of ["players", "player_identities", "accounts", "entries", "bets"])
    expect(tables).not.toContain(owned);
});
