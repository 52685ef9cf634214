import { expect, test } from "bun:test";
import {
  BreakerOpenError,
  CommitUnknownError,
  DatabaseMisconfiguredError,
  DatabaseSlowError,
  DatabaseUnavailableError,
  openPool,
  type PoolEvent,
  type PoolSettings,
  StatementError,
} from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { cancelAtRandom } from "../faults/cancels.ts";
import { openDatabase, openFaultProxy, seededRandom } from "../harness/mod.ts";

async function openStage(settings: Partial<PoolSettings> = {}) {
  const scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  const proxy = scope.use(
    await openFaultProxy({ hostname: "127.0.0.1", port: Number(new URL(database.url).port) }),
  );
  const events: PoolEvent[] = [];
  const pool = scope.use(
    openPool(
      {
        url: proxy.through(database.url),
        role: "linehold_read",
        applicationName: "pool test",
        max: 4,
        ...settings,
      },
      { clock: systemClock, random: seededRandom(5), observe: (event) => events.push(event) },
    ),
  );
  const backends = async () => {
    const [row] = await database.owner<{ count: bigint }>(
      "select count(*) from pg_stat_activity where application_name = 'pool test'",
    );
    return Number(row?.count);
  };
  return { database, proxy, pool, events, backends, [Symbol.asyncDispose]: () => scope.disposeAsync() };
}

async function until(holds: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new RangeError(`Cannot go on as it did not come true in ${ms} ms: ${holds}`);
    await Bun.sleep(10);
  }
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a lease is one read-only transaction in the pool's role, for one tenant, with the deadline on the server", async () => {
  await using stage = await openStage();
  const tenantId = Bun.randomUUIDv7();

  await using lease = await stage.pool.lease({ tenantId, deadlineMs: 900 });
  const [row] = await lease.connection.query<Record<string, unknown>>(`
    select current_user as role, current_setting('app.tenant') as tenant,
      current_setting('transaction_read_only') as read_only, 7::int8 as big,
      extract(epoch from current_setting('statement_timeout')::interval) * 1000 as timeout`);

  expect(row).toMatchObject({ role: "linehold_read", tenant: tenantId, read_only: "on", big: 7n });
  expect(Number(row?.["timeout"])).toBeLessThanOrEqual(900);
  expect(Number(row?.["timeout"])).toBeGreaterThan(500);
});

test("nothing of a lease's frame outlives it", async () => {
  await using stage = await openStage({ max: 1 });
  {
    await using lease = await stage.pool.lease({ tenantId: Bun.randomUUIDv7(), deadlineMs: 700 });
    await lease.connection.query("select 1");
  }

  await using lease = await stage.pool.lease({ deadlineMs: 2000 });
  const [row] = await lease.connection.query("select current_setting('app.tenant', true) as tenant");

  expect(row).toEqual({ tenant: "" });
  expect(stage.pool.stats().total).toBe(1);
});

test("a write lease is rolled back unless it is committed", async () => {
  await using stage = await openStage({ role: "linehold_web" });
  const insert = async (slug: string, commit: boolean) => {
    await using lease = await stage.pool.lease({ access: "write" });
    await lease.connection.execute("insert into tenants values ($1, $2, 'A', 'active', $3, $3)", [
      Bun.randomUUIDv7(),
      slug,
      new Date(0),
    ]);
    if (commit) await lease.commit();
  };

  await insert("kept", true);
  await insert("lost", false);

  expect(await stage.database.owner<{ slug: string }>("select slug from tenants")).toEqual([
    { slug: "kept" },
  ]);
});

test("the commit of a transaction that had failed is refused, not taken for a success", async () => {
  await using stage = await openStage({ role: "linehold_web" });
  await using lease = await stage.pool.lease({ access: "write" });
  await failureOf(lease.connection.query("select 1 / 0"));

  const error = await failureOf(lease.commit());

  expect(error).toBeInstanceOf(StatementError);
  expect(error).toMatchObject({ sqlState: "25P02" });
});

test("a read role cannot write, whatever the transaction says of itself", async () => {
  await using stage = await openStage();
  await using lease = await stage.pool.lease({ access: "write" });

  const error = await failureOf(lease.connection.execute("delete from tenants"));

  expect(error).toBeInstanceOf(DatabaseMisconfiguredError);
});

test("the minimum is really opened, in the background, and opened again after it was lost", async () => {
  await using stage = await openStage({ min: 3 });

  await until(async () => (await stage.backends()) === 3);
  await stage.database.owner(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pool test'",
  );
  await until(() => stage.events.filter(({ type }) => type === "connection_closed").length === 3);

  await until(async () => (await stage.backends()) === 3);
});

test("an SQL error keeps the connection; a lost one is replaced", async () => {
  await using stage = await openStage({ max: 1 });
  const pidOf = async () => {
    await using lease = await stage.pool.lease();
    const [row] = await lease.connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    return row?.pid;
  };
  const before = await pidOf();

  for (let i = 0; i < 5; i++) {
    await using lease = await stage.pool.lease();
    expect(await failureOf(lease.connection.query("select 1 / 0"))).toMatchObject({ sqlState: "22012" });
  }
  expect(await pidOf()).toBe(before);
  await stage.database.owner("select pg_terminate_backend($1)", [before]);
  await until(() => stage.pool.stats().total === 0);

  expect(await pidOf()).not.toBe(before);
});

test("a backend that dies between two statements of a lease fails the lease and not the process", async () => {
  await using stage = await openStage({ max: 1 });
  {
    await using lease = await stage.pool.lease();
    const [row] = await lease.connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    await stage.database.owner("select pg_terminate_backend($1)", [row?.pid]);
    await until(() => stage.pool.stats().total === 0);

    expect(await failureOf(lease.connection.query("select 1"))).toMatchObject({
      code: "database_unreachable",
    });
  }

  await using lease = await stage.pool.lease();
  expect(await lease.connection.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("all connections taken: the wait ends at half the deadline with pool_exhausted, past the line's bound at once", async () => {
  await using stage = await openStage({ max: 2, waitingMax: 3 });
  await using _one = await stage.pool.lease();
  await using _two = await stage.pool.lease();

  const startedAt = performance.now();
  const waiting = Array.from({ length: 3 }, () => failureOf(stage.pool.lease({ deadlineMs: 400 })));
  const refused = await failureOf(stage.pool.lease({ deadlineMs: 400 }));
  const refusedMs = performance.now() - startedAt;
  const errors = await Promise.all(waiting);
  const waitedMs = performance.now() - startedAt;

  expect(refused).toMatchObject({ code: "pool_exhausted" });
  expect(refusedMs).toBeLessThan(150);
  expect(waitedMs).toBeGreaterThanOrEqual(199);
  expect(waitedMs).toBeLessThan(390);
  expect(errors.map((error) => (error as DatabaseUnavailableError).code)).toEqual(
    Array(3).fill("pool_exhausted"),
  );
  expect(stage.pool.stats().waiting).toBe(0);
});

test("a waiter that aborts leaves the line at once, and its turn goes to the next", async () => {
  await using stage = await openStage({ max: 1 });
  const first = await stage.pool.lease();
  const leaving = new AbortController();

  const gone = failureOf(stage.pool.lease({ signal: leaving.signal }));
  const next = stage.pool.lease();
  leaving.abort(new RangeError("left"));
  expect(await gone).toBeInstanceOf(RangeError);
  await first[Symbol.asyncDispose]();

  await using lease = await next;
  expect(await lease.connection.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("statements past the deadline end on the server too: backends never outnumber max", async () => {
  await using stage = await openStage({ max: 4, overdueMs: 60_000 });
  let most = 0;
  const callers = Array.from({ length: 24 }, async () => {
    await using lease = await stage.pool.lease({ deadlineMs: 400 });
    await lease.connection.query("select pg_sleep(30)");
  });
  const settled = Promise.allSettled(callers);

  for (let i = 0; i < 15; i++) {
    most = Math.max(most, await stage.backends());
    await Bun.sleep(50);
  }
  const outcomes = await settled;

  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(4);
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
  await until(async () => {
    const [row] = await stage.database.owner<{ count: bigint }>(
      "select count(*) from pg_stat_activity where application_name = 'pool test' and state = 'active'",
    );
    return row?.count === 0n;
  });
});

test("a silent server: statements are given up at their deadline, the breaker opens, and all is well again after", async () => {
  await using stage = await openStage({ max: 4, min: 1, overdueMs: 150 });
  await until(() => stage.pool.stats().idle === 1);
  await stage.proxy.set("blackhole");

  const first = await Promise.all(
    Array.from({ length: 6 }, () =>
      failureOf(
        (async () => {
          await using lease = await stage.pool.lease({ deadlineMs: 600 });
          await lease.connection.query("select 1");
        })(),
      ),
    ),
  );
  expect(first.every((error) => error instanceof DatabaseUnavailableError)).toBe(true);
  await until(() => stage.pool.stats().breaker.kind === "open");
  const refused = await failureOf(stage.pool.lease());
  expect(refused).toBeInstanceOf(BreakerOpenError);
  await stage.proxy.set("pass");

  await until(() => stage.pool.stats().breaker.kind === "closed");
  await using lease = await stage.pool.lease();
  expect(await lease.connection.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a server that refuses connections opens the breaker, with no caller spent on the probes that close it", async () => {
  await using stage = await openStage({ max: 4, min: 0 });
  await stage.proxy.set("refuse");

  for (let i = 0; i < 3; i++) await failureOf(stage.pool.lease({ deadlineMs: 300 }));
  await until(() => stage.pool.stats().breaker.kind === "open");
  expect(await failureOf(stage.pool.lease())).toMatchObject({ code: "database_unreachable" });
  await stage.proxy.set("pass");

  await until(() => stage.pool.stats().breaker.kind === "closed");
});

test("a commit whose answer is lost says so instead of guessing", async () => {
  await using stage = await openStage({ role: "linehold_web", max: 1 });
  const lease = await stage.pool.lease({ access: "write", deadlineMs: 400 });
  await lease.connection.query("select 1");
  await stage.proxy.set("blackhole");

  const error = await failureOf(lease.commit());
  await lease[Symbol.asyncDispose]();

  expect(error).toBeInstanceOf(CommitUnknownError);
  await stage.proxy.set("pass");
});

test("a connection left behind keeps its place until the server must have ended it", async () => {
  await using stage = await openStage({ max: 1, overdueMs: 60_000 });
  {
    await using lease = await stage.pool.lease({ deadlineMs: 200 });
    await lease.connection.query("select 1");
    await stage.proxy.set("blackhole");
    expect(await failureOf(lease.connection.query("select 2"))).toBeInstanceOf(DatabaseSlowError);
  }

  expect(stage.pool.stats()).toMatchObject({ total: 1, abandoned: 1 });
  await stage.proxy.set("pass");
  await until(() => stage.pool.stats().abandoned === 0);
});

test("reads cancelled at random moments: no connection is lost, none is lent in doubt, and the counts are exact", async () => {
  await using stage = await openStage({ max: 4, min: 4, overdueMs: 60_000 });
  await until(() => stage.pool.stats().idle === 4);

  const tally = await cancelAtRandom(stage.pool, { count: 5000, random: seededRandom(42) });
  await until(() => stage.pool.stats().idle === 4);

  expect(tally).toMatchObject({ wrong: 0, answered: 5000 - tally.left });
  expect(tally.answered).toBeGreaterThan(100);
  expect(stage.events.filter(({ type }) => type === "statement_cancelled").length).toBeGreaterThan(100);
  expect(stage.events.filter(({ type }) => type === "connection_closed")).toEqual([]);
  expect(stage.pool.stats()).toMatchObject({ total: 4, leased: 0, abandoned: 0, waiting: 0 });
  expect(await stage.backends()).toBe(4);
}, 60_000);

test("an aborted statement leaves at once, ends on the server, and only then is its connection lent again", async () => {
  await using stage = await openStage({ max: 1 });
  const leaving = new AbortController();
  {
    await using lease = await stage.pool.lease({ signal: leaving.signal, deadlineMs: 3000 });
    const sleeping = failureOf(lease.connection.query("select pg_sleep(30)"));
    await Bun.sleep(50);
    leaving.abort(new RangeError("left"));
    expect(await sleeping).toBeInstanceOf(RangeError);
  }
  expect(stage.pool.stats().abandoned).toBe(1);

  await using lease = await stage.pool.lease({ deadlineMs: 3000 });
  expect(await lease.connection.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a cancel that overtakes its statement is asked for again, and the statement ends long before its deadline", async () => {
  await using stage = await openStage({ max: 1 });
  const leaving = new AbortController();
  const active = async () => {
    const [row] = await stage.database.owner<{ count: bigint }>(
      "select count(*) from pg_stat_activity where application_name = 'pool test' and state = 'active'",
    );
    return Number(row?.count);
  };
  {
    await using lease = await stage.pool.lease({ signal: leaving.signal, deadlineMs: 10_000 });
    await stage.proxy.set({ delayMs: 150 });
    const sleeping = failureOf(lease.connection.query("select pg_sleep(9)"));
    await Bun.sleep(20);
    await stage.proxy.set("pass");
    leaving.abort(new RangeError("left"));
    expect(await sleeping).toBeInstanceOf(RangeError);
  }

  await until(async () => (await active()) === 1);
  await until(async () => (await active()) === 0, 4000);
  await until(() => stage.pool.stats().idle === 1);
  expect(stage.events.filter(({ type }) => type === "connection_closed")).toEqual([]);
});

test("a connection whose cancel may still be on its way is not lent again", async () => {
  await using stage = await openStage({ max: 1 });
  const leaving = new AbortController();
  const pidOf = async () => {
    await using lease = await stage.pool.lease({ deadlineMs: 5000 });
    const [row] = await lease.connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    return row?.pid;
  };
  const before = await pidOf();
  await stage.proxy.set("established_only");
  {
    await using lease = await stage.pool.lease({ signal: leaving.signal, deadlineMs: 5000 });
    const sleeping = failureOf(lease.connection.query("select pg_sleep(0.2)"));
    setTimeout(() => leaving.abort(new RangeError("left")), 50);
    expect(await sleeping).toBeInstanceOf(RangeError);
  }

  await until(() => stage.pool.stats().total === 0);
  await stage.proxy.set("pass");
  expect(await pidOf()).not.toBe(before);
  expect(stage.events.filter(({ type }) => type === "statement_cancelled")).toEqual([]);
});

test("connections that open well do not hide statements that fail: a pooler answers for a database that is gone", async () => {
  await using stage = await openStage({ max: 1 });
  await stage.proxy.set({ cutAfterBytes: 700 });

  for (let i = 0; i < 3; i++) {
    await failureOf(
      (async () => {
        await using lease = await stage.pool.lease({ deadlineMs: 1000 });
        await lease.connection.query("select repeat('x', 1000) as long");
      })(),
    );
  }

  expect(stage.events.filter(({ type }) => type === "connection_opened")).toHaveLength(3);
  expect(stage.pool.stats().breaker.kind).toBe("open");
});

test("a wrong role is misconfigured, not slow and not the statement's fault", async () => {
  await using stage = await openStage({ role: "nobody_made_this_role" });
  await using lease = await stage.pool.lease();

  expect(await failureOf(lease.connection.query("select 1"))).toMatchObject({
    code: "database_misconfigured",
  });
});

test("a lease held too long is reported once, with the stack of its borrower", async () => {
  await using stage = await openStage({ leakMs: 100 });
  async function forgetfulBorrower() {
    return await stage.pool.lease();
  }
  await using _lease = await forgetfulBorrower();

  await until(() => stage.events.some(({ type }) => type === "lease_overheld"));
  await Bun.sleep(700);

  const reports = stage.events.filter((event) => event.type === "lease_overheld");
  expect(reports).toHaveLength(1);
  expect(reports[0]?.borrower).toContain("forgetfulBorrower");
});

test("a peer that vanished while connections idled costs one short wait, and all of them are evicted together", async () => {
  await using stage = await openStage({ max: 4, min: 4, overdueMs: 60_000 });
  await until(() => stage.pool.stats().idle === 4);
  await Bun.sleep(1100);
  await stage.proxy.set("blackhole");
  setTimeout(() => void stage.proxy.set("pass"), 350);

  const startedAt = performance.now();
  await using lease = await stage.pool.lease({ deadlineMs: 4000 });
  const rows = await lease.connection.query("select 1 as one");

  expect(rows).toEqual([{ one: 1 }]);
  // One liveness check, then the end of the fault; four in turn would be a second.
  expect(performance.now() - startedAt).toBeLessThan(950);
  expect(
    stage.events.filter((event) => event.type === "connection_closed" && event.reason === "silent"),
  ).toHaveLength(4);
});

test("a running pool is resized at once upwards, and downwards as connections come back", async () => {
  await using stage = await openStage({ max: 1 });
  const first = await stage.pool.lease();
  const second = stage.pool.lease({ deadlineMs: 2000 });

  stage.pool.resize({ max: 2, min: 0 });
  const other = await second;
  await Promise.all([first, other].map((lease) => lease.connection.query("select 1")));
  expect(stage.pool.stats()).toMatchObject({ max: 2, leased: 2 });
  stage.pool.resize({ max: 1, min: 0 });
  await first[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();

  await until(() => stage.pool.stats().total === 1);
  expect(() => stage.pool.resize({ max: 1, min: 2 })).toThrow(RangeError);
});

test("renewing replaces every connection, the leased ones as they come back", async () => {
  await using stage = await openStage({ max: 2, min: 2 });
  const pids = async () => {
    const rows = await stage.database.owner<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = 'pool test'",
    );
    return new Set(rows.map(({ pid }) => pid));
  };
  await until(async () => (await pids()).size === 2);
  const before = await pids();
  const lease = await stage.pool.lease();
  await lease.connection.query("select 1");

  stage.pool.renew();
  await lease[Symbol.asyncDispose]();

  await until(async () => {
    const now = await pids();
    return now.size === 2 && now.isDisjointFrom(before);
  });
});

test("closing waits for the leases that are out and refuses new ones", async () => {
  await using stage = await openStage({ max: 2 });
  const lease = await stage.pool.lease();
  await lease.connection.query("select 1");
  let closed = false;

  const closing = stage.pool[Symbol.asyncDispose]().then(() => {
    closed = true;
  });
  expect(await failureOf(stage.pool.lease())).toBeInstanceOf(DatabaseUnavailableError);
  await Bun.sleep(20);
  expect(closed).toBe(false);
  await lease[Symbol.asyncDispose]();
  await closing;

  expect(await stage.backends().then((count) => count <= 1)).toBe(true);
});

test("contradictory settings are refused by name", () => {
  const open = (settings: Partial<PoolSettings>) => () =>
    openPool(
      { url: "postgres://a:b@127.0.0.1:1/c", role: "r", applicationName: "t", ...settings },
      { clock: systemClock, random: seededRandom(1) },
    );

  expect(open({ max: 0 })).toThrow(RangeError);
  expect(open({ max: 2, min: 3 })).toThrow("min must be from 0 to 2");
  expect(open({ waitingMax: -1 })).toThrow("waitingMax");
});
