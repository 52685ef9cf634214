import { expect, test } from "bun:test";
import { openDatabase } from "./mod.ts";

test("openDatabase gives each test a migrated database that others do not see", async () => {
  await using one = await openDatabase();
  await using other = await openDatabase();

  await one.owner("create table only_here (id integer)");

  const tables = await other.owner<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const names = tables.map(({ name }) => name);
  expect(names).toContain("tenants");
  expect(names).not.toContain("only_here");
});

test("openDatabase leaves no database behind", async () => {
  const database = await openDatabase();
  await database[Symbol.asyncDispose]();

  await using other = await openDatabase();
  const left = await other.owner("select 1 from pg_database where datname = $1", [database.name]);

  expect(left).toEqual([]);
});

test("pool reads as the role it is given, and cannot write", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_read");

  await using lease = await pool.lease();
  const [row] = await lease.connection.query<{ role: string }>("select current_user as role");

  expect(row?.role).toBe("linehold_read");
  await expect(
    lease.connection.query("insert into feeds (source, last_poll_at) values ('x', '2025-01-01')"),
  ).rejects.toThrow();
});
