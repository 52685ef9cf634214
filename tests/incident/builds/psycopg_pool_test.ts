import { expect, test } from "bun:test";
import { systemClock } from "../../../src/resilience/mod.ts";
import { findFreePort, openDatabase } from "../../harness/mod.ts";
import { OperationalError, openPsycopgPool, PoolTimeoutError } from "./psycopg_pool.ts";

const deps = { clock: systemClock };

test("the pool of the first system waits out its timeout even when the server refuses at once", async () => {
  const url = `postgres://nobody@127.0.0.1:${await findFreePort()}/none`;
  const pool = openPsycopgPool({ url, min: 1, max: 4, timeoutMs: 300 }, deps);
  const startedAt = systemClock.now();

  const refused = pool.use((client) => client.query("select 1"));

  await expect(refused).rejects.toBeInstanceOf(PoolTimeoutError);
  expect(systemClock.now() - startedAt).toBeGreaterThanOrEqual(299);
});

test("the pool of the first system grows to its maximum and then makes callers wait", async () => {
  await using database = await openDatabase();
  const pool = openPsycopgPool({ url: database.ownerUrl, min: 1, max: 2, timeoutMs: 5000 }, deps);
  const working = Array.from({ length: 4 }, () =>
    pool.use(async (client) => {
      const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid, pg_sleep(0.05)");
      return rows[0]?.pid;
    }),
  );

  expect(new Set(await Promise.all(working)).size).toBe(2);
});

test("the pool of the first system hands out a lost connection, fails on it once, and replaces it", async () => {
  await using database = await openDatabase();
  const pool = openPsycopgPool({ url: database.ownerUrl, min: 1, max: 1, timeoutMs: 5000 }, deps);
  const ask = () => pool.use((client) => client.query("select 1"));
  await ask();

  await database.owner(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = ''`);
  await expect(ask()).rejects.toBeInstanceOf(OperationalError);

  expect((await ask()).rows).toHaveLength(1);
});
