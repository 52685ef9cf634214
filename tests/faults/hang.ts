import { Pool as NaivePool } from "pg";
import { openPool } from "../../src/pool/mod.ts";
import {
  type Breaker,
  type BreakerDeps,
  type BreakerOptions,
  createBreaker,
  systemClock,
} from "../../src/resilience/mod.ts";
import type { TestDatabase } from "../harness/database.ts";
import { seededRandom } from "../harness/random.ts";
import type { Ground } from "./ground.ts";

/** What a server saw of a pool of four whose every statement hangs. */
export interface HangResult {
  /** Server backends of the pool at most, over so many looks. */
  readonly backendsMost: number;
  readonly looks: number;
  /** Statements that were given up. */
  readonly givenUp: number;
}

export const HANG = { max: 4, callers: 24, deadlineMs: 200, lookEveryMs: 25 } as const;
/** A naive pool would go on until the server has no slot left for anyone. */
const NAIVE_BACKENDS_MAX = 40;

type Database = Pick<TestDatabase, "url" | "owner">;
const HANGING = "select pg_sleep(600)";

/** Callers without a pause, each waiting 200 ms for a statement that would take ten minutes. */
export async function hangGuarded(database: Database, { forMs }: { forMs: number }): Promise<HangResult> {
  const applicationName = "hang guarded";
  const { deadlineMs, max } = HANG;
  await using pool = openPool(
    { url: database.url, role: "linehold_read", applicationName, max },
    { clock: systemClock, random: seededRandom(1), parts: { createBreaker: createBreakerThatStaysClosed } },
  );
  return await load(database, { applicationName, forMs }, async () => {
    await using lease = await pool.lease({ deadlineMs });
    await lease.connection.query(HANGING);
  });
}

export interface HangPlay {
  readonly guarded: HangResult;
  readonly naive: HangResult;
}

/** The longest a naive pool needs to show what it does. */
const NAIVE_MS = 5000;

/** Both, one after the other, against this ground's own server. */
export async function playHang(ground: Ground, { forMs }: { forMs: number }): Promise<HangPlay> {
  await using owner = await ground.openOwner();
  const database: Database = {
    url: ground.url("direct"),
    owner: (text, values) => owner.query(text, values),
  };
  const guarded = await hangGuarded(database, { forMs });
  return { guarded, naive: await hangNaive(database, { forMs: Math.min(forMs, NAIVE_MS) }) };
}

/** It would spare the server most of the load: here the bound alone is shown. */
function createBreakerThatStaysClosed(options: BreakerOptions, deps: BreakerDeps): Breaker {
  const never = Number.POSITIVE_INFINITY;
  return createBreaker({ ...options, failuresMax: never, overdueMax: never }, deps);
}

/** The same with `pg.Pool` and its `query_timeout`, until it has ten times what it was allowed. */
export async function hangNaive(database: Database, { forMs }: { forMs: number }): Promise<HangResult> {
  const applicationName = "hang naive";
  const pool = new NaivePool({
    connectionString: database.url,
    application_name: applicationName,
    max: HANG.max,
    query_timeout: HANG.deadlineMs,
    connectionTimeoutMillis: 5000,
  });
  pool.on("error", () => undefined);
  try {
    return await load(database, { applicationName, forMs, backendsMax: NAIVE_BACKENDS_MAX }, async () => {
      await pool.query(HANGING);
    });
  } finally {
    await database.owner(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [applicationName],
    );
    await Promise.race([pool.end(), Bun.sleep(1000)]);
  }
}

async function load(
  { owner }: Database,
  {
    applicationName,
    forMs,
    backendsMax = Number.POSITIVE_INFINITY,
  }: { applicationName: string; forMs: number; backendsMax?: number },
  ask: () => Promise<void>,
): Promise<HangResult> {
  const until = performance.now() + forMs;
  let result: HangResult = { backendsMost: 0, looks: 0, givenUp: 0 };
  const isOver = () => performance.now() >= until || result.backendsMost >= backendsMax;
  const callers = Array.from({ length: HANG.callers }, async () => {
    while (!isOver()) {
      await ask().catch(() => undefined);
      result = { ...result, givenUp: result.givenUp + 1 };
    }
  });
  while (!isOver()) {
    const [row] = await owner<{ backends: number }>(
      "select count(*)::integer as backends from pg_stat_activity where application_name = $1",
      [applicationName],
    );
    const backendsMost = Math.max(result.backendsMost, row?.backends ?? 0);
    result = { ...result, backendsMost, looks: result.looks + 1 };
    await Bun.sleep(HANG.lookEveryMs);
  }
  await Promise.all(callers);
  return result;
}
