import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Connection, DatabaseSlowError, openPool, StatementError } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { findPooler, openDatabase, openFaultProxy, openPooler, seededRandom, until } from "../harness/mod.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const COPY = "copy copied (number, words) from stdin";

async function openTable() {
  const database = await openDatabase();
  await database.owner(
    "create table copied (number integer primary key, words text not null check (words <> 'refused'))",
  );
  await database.owner("grant select, insert on copied to linehold_odds");
  const count = async () => {
    const [row] = await database.owner<{ rows: number }>("select count(*)::int as rows from copied");
    return row?.rows;
  };
  return { database, count, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

/** Rows `from` to `to`, a chunk for each thousand, with words that make them long. */
async function* rows(from: number, to: number, words = "w".repeat(200)): AsyncGenerator<Uint8Array> {
  for (let first = from; first < to; first += 1000) {
    const lines = Array.from({ length: Math.min(1000, to - first) }, (_, at) => `${first + at}\t${words}\n`);
    yield new TextEncoder().encode(lines.join(""));
  }
}

describe("copyIn", () => {
  test("stores every row of every chunk with the rest of its transaction", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds");

    {
      await using lease = await pool.lease({ access: "write" });
      expect(await lease.connection.copyIn(COPY, rows(0, 2500))).toBe(2500);
      expect(await lease.connection.execute("insert into copied values (-1, 'after')")).toBe(1);
      expect(await lease.connection.copyIn(COPY, rows(2500, 2600))).toBe(100);
      await lease.commit();
    }

    expect(await table.count()).toBe(2601);
  });

  test("leaves nothing without a commit", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds");

    {
      await using lease = await pool.lease({ access: "write" });
      await lease.connection.copyIn(COPY, rows(0, 2000));
    }

    expect(await table.count()).toBe(0);
  });

  test("lets other work run while millions of bytes are sent", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds");
    let turns = 0;
    let longestMs = 0;
    let before = performance.now();
    const timer = setInterval(() => {
      turns += 1;
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }, 1);

    await using lease = await pool.lease({ access: "write", deadlineMs: 30_000 });
    await lease.connection.copyIn(COPY, rows(0, 50_000));
    clearInterval(timer);

    expect(turns).toBeGreaterThan(10);
    expect(longestMs).toBeLessThan(250);
  });

  test("tells what the server refused, and keeps the connection", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds", { max: 1 });

    const refused = copyAlone(pool, async function* () {
      yield* rows(0, 3000);
      yield* rows(3000, 3001, "refused");
      yield* rows(3001, 200_000);
    });

    await expect(refused).rejects.toBeInstanceOf(StatementError);
    await expect(refused).rejects.toMatchObject({ sqlState: "23514" });
    expect(await copyAlone(pool, () => rows(0, 10))).toBe(10);
    expect(pool.stats()).toMatchObject({ total: 1, breaker: { kind: "closed" } });
  });

  test("throws what the source of the rows throws, and nothing of them is stored", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds", { max: 1 });

    const failing = copyAlone(pool, async function* () {
      yield* rows(0, 1000);
      throw new RangeError("no more rows");
    });

    await expect(failing).rejects.toThrow("no more rows");
    expect(await table.count()).toBe(0);
    expect(await copyAlone(pool, () => rows(0, 10))).toBe(10);
  });

  test("ends at its deadline also while it waits for rows, when a cancel alone would not be heard", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds", { max: 1 });
    const never = Promise.withResolvers<void>();

    const stuck = copyAlone(
      pool,
      async function* () {
        yield* rows(0, 1000);
        await never.promise;
      },
      300,
    );

    await expect(stuck).rejects.toBeInstanceOf(DatabaseSlowError);
    await until(async () => (await busy()) === 0);
    never.resolve();
    expect(await copyAlone(pool, () => rows(0, 10))).toBe(10);

    async function busy() {
      const [row] = await table.database.owner<{ busy: number }>(
        "select count(*)::int as busy from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()",
      );
      return row?.busy;
    }
  });

  test("ends at its deadline while the server takes nothing more", async () => {
    await using table = await openTable();
    const { hostname, port } = new URL(table.database.url);
    await using proxy = await openFaultProxy({ hostname, port: Number(port) });
    await using pool = openPool(
      { url: proxy.through(table.database.url), role: "linehold_odds", applicationName: "copy", max: 1 },
      { clock: systemClock, random: seededRandom(1) },
    );

    const stuck = copyAlone(
      pool,
      async function* () {
        yield* rows(0, 5000);
        await proxy.set("blackhole");
        yield* rows(5000, 500_000);
      },
      1500,
    );

    await expect(stuck).rejects.toBeInstanceOf(DatabaseSlowError);
    await proxy.set("refuse");
    expect(await table.count()).toBe(0);
  });

  test("refuses a statement and a commit while rows are on their way", async () => {
    await using table = await openTable();
    const pool = table.database.pool("linehold_odds");
    const more = Promise.withResolvers<void>();
    await using lease = await pool.lease({ access: "write" });

    const copying = lease.connection.copyIn(
      COPY,
      (async function* () {
        await more.promise;
        yield* rows(0, 10);
      })(),
    );
    await Bun.sleep(20);

    await expect(lease.connection.query("select 1")).rejects.toThrow("rows are being copied");
    await expect(lease.connection.copyIn(COPY, rows(0, 1))).rejects.toThrow("rows are being copied");
    await expect(lease.commit()).rejects.toThrow("rows are being copied");
    more.resolve();
    expect(await copying).toBe(10);
  });

  const pooler = findPooler();
  test.skipIf(pooler === undefined)("goes through PgBouncer in transaction mode", async () => {
    await using table = await openTable();
    await using running = await openPooler(table.database, { program: pooler ?? "" });
    await using pool = openPool(
      { url: running.url("linehold_odds"), role: "linehold_odds", applicationName: "copy", max: 2 },
      { clock: systemClock, random: seededRandom(1) },
    );

    {
      await using lease = await pool.lease({ access: "write" });
      expect(await lease.connection.copyIn(COPY, rows(0, 30_000))).toBe(30_000);
      await lease.commit();
    }

    expect(await table.count()).toBe(30_000);
  });
});

async function copyAlone(
  pool: { lease: ReturnType<typeof openPool>["lease"] },
  chunks: () => AsyncIterable<Uint8Array>,
  deadlineMs = 10_000,
): Promise<number> {
  await using lease = await pool.lease({ access: "write", deadlineMs });
  const { connection }: { connection: Connection } = lease;
  return await connection.copyIn(COPY, chunks());
}
