import { describe, expect, test } from "bun:test";
import { type LeaseOptions, openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { findPooler, openDatabase, openPooler, seededRandom, type TestDatabase } from "../harness/mod.ts";
import { parsePoolerFile } from "./pgbouncer_ini.ts";
import { fileText } from "./repository.ts";

const program = findPooler() ?? "";
const ROLES = {
  linehold_web: ["linehold_read", "linehold_web"],
  linehold_odds: ["linehold_odds"],
  linehold_settlement: ["linehold_settlement"],
} as const;

function poolFor(url: string, { role, max = 2 }: { role: string; max?: number }) {
  return openPool(
    { url, role, max, applicationName: "linehold pooler test" },
    { clock: systemClock, random: seededRandom(1) },
  );
}

/** How many server connections there are at most, sampled while `work` runs. */
async function mostConnections(database: TestDatabase, work: Promise<unknown>): Promise<number> {
  let most = 0;
  let over = false;
  const watch = async () => {
    while (!over) {
      const [row] = await database.owner<{ count: bigint }>(COUNT_POOLED, [database.name]);
      most = Math.max(most, Number(row?.count));
      await Bun.sleep(20);
    }
  };
  const watching = watch();
  await work.finally(() => {
    over = true;
  });
  await watching;
  return most;
}

const COUNT_POOLED = `
  select count(*) as count
  from pg_stat_activity
  where datname = $1
    and pid <> pg_backend_pid()`;

describe.skipIf(program === "")("deploy/pgbouncer.ini", () => {
  test("is accepted by PgBouncer without a warning, every setting of it in force", async () => {
    await using database = await openDatabase();
    await using pooler = await openPooler(database, { program });

    const inForce = new Map((await pooler.show("show config")).map(({ key, value }) => [key, String(value)]));
    const ours = ["listen_addr", "listen_port", "auth_file", "stats_users"];
    const meant = [...parsePoolerFile(fileText("deploy/pgbouncer.ini")).settings].filter(
      ([name]) => !ours.includes(name),
    );

    expect(pooler.log()).not.toMatch(/WARNING|ERROR|FATAL/);
    expect(meant.length).toBeGreaterThan(20);
    expect(meant.map(([name]) => [name, inForce.get(name)])).toEqual(meant);
  });

  test("passes a read and a write frame of our pool through each alias to the one database", async () => {
    await using database = await openDatabase();
    await using pooler = await openPooler(database, { program });

    for (const [alias, roles] of Object.entries(ROLES)) {
      for (const role of roles) {
        await using pool = poolFor(pooler.url(alias), { role });
        await using reading = await pool.lease();
        const [read] = await reading.connection.query(SELECT_FRAME);
        expect(read).toEqual({ database: database.name, role, read_only: "on" });
        await using writing = await pool.lease({ access: "write" });
        const [write] = await writing.connection.query(SELECT_FRAME);
        expect(write).toEqual({ database: database.name, role, read_only: "off" });
        await writing.commit();
      }
    }
  });

  test("leaves nothing of a frame behind for whoever gets the server connection next", async () => {
    await using database = await openDatabase();
    await using pooler = await openPooler(database, {
      program,
      edit: (text) => text.replace("pool_size=50 reserve_pool=10", "pool_size=1 reserve_pool=0"),
    });
    const select = async (role: string, options?: LeaseOptions) => {
      await using pool = poolFor(pooler.url("linehold_web"), { role });
      await using lease = await pool.lease(options);
      const [row] = await lease.connection.query(SELECT_LEFTOVERS);
      return row;
    };
    const tenantId = "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f4e11";

    const first = await select("linehold_read", { tenantId });
    const second = await select("linehold_web");

    expect(first).toEqual({ backend: expect.any(Number), role: "linehold_read", tenant: tenantId });
    expect(second).toEqual({ ...first, role: "linehold_web", tenant: "" });
  });

  test("holds the odds worker to its share of ten, and serves everyone who waits for it", async () => {
    await using database = await openDatabase();
    await using pooler = await openPooler(database, { program });
    await using pool = poolFor(pooler.url("linehold_odds"), { role: "linehold_odds", max: 16 });
    const one = async () => {
      await using lease = await pool.lease();
      await lease.connection.query("select pg_sleep(0.2)");
    };

    const most = await mostConnections(database, Promise.all(Array.from({ length: 32 }, one)));

    expect(most).toBe(10);
  });

  test("needs its shares: without them each alias would take the whole of max_db_connections", async () => {
    await using database = await openDatabase();
    await using pooler = await openPooler(database, {
      program,
      edit: (text) =>
        text
          .replaceAll(/ max_db_connections=\d+/g, "")
          .replace("\nmax_db_connections = 80", "\nmax_db_connections = 3")
          .replace("\nmax_user_connections = 80", "\nmax_user_connections = 0"),
    });
    const busy = async (alias: string) => {
      await using pool = poolFor(pooler.url(alias), { role: "linehold_read", max: 6 });
      const one = async () => {
        await using lease = await pool.lease();
        await lease.connection.query("select pg_sleep(0.2)");
      };
      await Promise.all(Array.from({ length: 12 }, one));
    };

    const most = await mostConnections(database, Promise.all(Object.keys(ROLES).map(busy)));

    expect(most).toBe(9);
  });
});

const SELECT_FRAME = `
  select
    current_database() as database,
    current_user as role,
    current_setting('transaction_read_only') as read_only`;

const SELECT_LEFTOVERS = `
  select
    pg_backend_pid() as backend,
    current_user as role,
    current_setting('app.tenant', true) as tenant`;
