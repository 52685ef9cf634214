import { type Connection, openPool, type Pool, type PoolEvent } from "../../src/pool/mod.ts";
import { createReads, type ReadEvent, type Reader, type ReadPlan, type Reads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { type FaultProxy, openFaultProxy } from "../harness/fault_proxy.ts";
import { seededRandom } from "../harness/random.ts";
import { until } from "../harness/until.ts";
import { type Cell, nameOf } from "./cells.ts";
import type { Ground } from "./ground.ts";
import { GUARDS, type GuardName, type Removal } from "./guards.ts";
import { LIMITS } from "./rules.ts";

/** A cell to play, with one guard taken away or with all of them. */
export interface Cast {
  readonly cell: Cell;
  readonly without?: GuardName;
}

/** The plans of a cell. `brand` has a default, `price` has none; the others are the crowd around them. */
export const PLANS = ["brand", "price", "crowd", "shelf", "leaving", "report", "bulk"] as const;
export type PlanName = (typeof PLANS)[number];

/** Whose share of the pool a plan's loads take. */
const TENANTS: Readonly<Record<PlanName, string>> = {
  brand: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0001",
  price: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0001",
  leaving: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0002",
  report: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0003",
  crowd: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0004",
  shelf: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0005",
  // The same tenant's, and of the lowest class.
  bulk: "0197a2c4-7d11-7a3e-9b1c-0f6f6d2f0001",
};

export const KEYS = ["k0", "k1", "k2"] as const;
const DAY_MS = 86_400_000;
/** A report takes this long, if it is let. */
const REPORT_S = 8;

export interface TimedEvent {
  /** `performance.now()`. */
  readonly at: number;
  readonly event: PoolEvent | ReadEvent;
}

/** The real pool and the real reads, behind a proxy of their own. */
export interface Stage extends AsyncDisposable {
  readonly cast: Cast;
  readonly proxy: FaultProxy;
  /** How the server knows the pool's connections. */
  readonly applicationName: string;
  readonly pool: Pool;
  readonly readers: Readonly<Record<PlanName, Reader<number>>>;
  /** What pool and reads told, and when. */
  readonly events: readonly TimedEvent[];
  /** Brings it to the state in which the fault finds it, but for what must be done at the last moment. */
  prepare(): Promise<void>;
  /** What must be done at the last moment. */
  finish(): Promise<void>;
  /** What is done after the fault has begun: a process that boots into it. */
  boot(): Promise<void>;
}

const SELECT_VERSION = `
  select
    coalesce((select version from wares where key = $1), 0) as version,
    case when $2 > 0 then pg_sleep($2) end`;

/** `number` tells the casts of one episode apart. */
export async function openStage(ground: Ground, cast: Cast, { number }: { number: number }): Promise<Stage> {
  const { cell, without } = cast;
  const removal: Partial<Removal> = without === undefined ? {} : GUARDS[without];
  const applicationName = `cell ${number} ${nameOf(cell)}`.slice(0, 63);
  const url = new URL(ground.url(cell.route));
  const scope = new AsyncDisposableStack();
  const random = seededRandom(1000 + number);
  const proxy = scope.use(
    await openFaultProxy({ hostname: url.hostname, port: Number(url.port) }, { random }),
  );
  const events: TimedEvent[] = [];
  const process = () =>
    openProcess({ url: proxy.through(url.href), applicationName, removal, random, events });
  let current = process();
  scope.defer(() => current[Symbol.asyncDispose]());
  const file = ground.file(`${number}.snapshot`);

  return {
    cast,
    proxy,
    applicationName,
    events,
    get pool() {
      return current.pool;
    },
    get readers() {
      return current.readers;
    },
    async prepare() {
      if (cell.state !== "snapshot") await fillPool(current.pool);
      if (cell.state === "stale" || cell.state === "snapshot") await loadAll(current.readers);
      if (cell.state !== "snapshot") return;
      await current.reads.save(file);
      await current[Symbol.asyncDispose]();
    },
    async finish() {
      // Frozen in the midst of its work: what was used this moment is lent unasked.
      if (cell.fault === "frozen" && cell.state !== "snapshot") await fillPool(current.pool);
      if (cell.state !== "fresh") return;
      await loadAll(current.readers);
      await current.readers.shelf.warm(SHELF);
    },
    async boot() {
      if (cell.state !== "snapshot") return;
      current = process();
      if (!removal.withoutSnapshot) await current.reads.restore(file);
    },
    [Symbol.asyncDispose]: () => scope.disposeAsync(),
  };
}

/** Keys that are loaded together, by one statement. */
export const SHELF = Array.from({ length: 60 }, (_, number) => `shelf ${number}`);

interface Process extends AsyncDisposable {
  readonly pool: Pool;
  readonly reads: Reads;
  readonly readers: Stage["readers"];
}

interface ProcessOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly removal: Partial<Removal>;
  readonly random: () => number;
  readonly events: TimedEvent[];
}

function openProcess({ url, applicationName, removal, random, events }: ProcessOptions): Process {
  const scope = new AsyncDisposableStack();
  const deps = {
    clock: systemClock,
    random: removal.random ?? random,
    observe: (event: PoolEvent | ReadEvent) => void events.push({ at: performance.now(), event }),
  };
  const { max, overdueMs, waitingMax } = LIMITS;
  const settings = {
    url,
    applicationName,
    role: "linehold_read",
    max,
    overdueMs,
    waitingMax,
    connectTimeoutMs: 1000,
  };
  const pool = scope.use(openPool(settings, { ...deps, parts: removal.poolParts ?? {} }));
  const reads = scope.use(createReads({ ...deps, pool, parts: removal.readsParts ?? {} }));
  const define = (name: PlanName) => reads.define(planOf(name, removal));
  const readers = {
    brand: define("brand"),
    price: define("price"),
    crowd: define("crowd"),
    shelf: define("shelf"),
    leaving: define("leaving"),
    report: define("report"),
    bulk: define("bulk"),
  };
  return { pool, reads, readers, [Symbol.asyncDispose]: () => scope.disposeAsync() };
}

function planOf(name: PlanName, removal: Partial<Removal>): ReadPlan<number> {
  const { beforeLoad, plan, withoutFallback } = removal;
  // So that the server's list of statements tells those that all readers have left.
  const text = `/* ${name} */ ${SELECT_VERSION}`;
  const seconds = name === "report" ? REPORT_S : 0;
  return {
    name,
    freshMs: name === "shelf" ? 2 * LIMITS.freshMs : LIMITS.freshMs,
    staleMs: DAY_MS,
    softMs: LIMITS.softMs,
    hardMs: LIMITS.hardMs,
    tenantId: () => TENANTS[name],
    criticality: name === "bulk" ? "report" : "catalogue",
    async load(key, connection) {
      await beforeLoad?.(connection);
      return await selectVersion(connection, { text, key, seconds });
    },
    ...(name === "shelf" ? { loadMany: async (keys) => new Map(keys.map((key) => [key, 0])) } : {}),
    ...(name === "brand" && !withoutFallback ? { fallback: () => -1 } : {}),
    snapshot: {
      shape: "version/1",
      encode: (version) => version,
      decode: (_key, data) => (typeof data === "number" ? data : undefined),
    },
    ...plan,
  };
}

async function selectVersion(
  connection: Connection,
  { text, key, seconds }: { text: string; key: string; seconds: number },
): Promise<number> {
  const [row] = await connection.query<{ version: number }>(text, [key, seconds]);
  return row?.version ?? 0;
}

/** Every place taken at once, so that as many connections idle when the fault begins. */
async function fillPool(pool: Pool): Promise<void> {
  const use = async () => {
    await using lease = await pool.lease();
    await lease.connection.query("select pg_sleep(0.1)");
  };
  const fill = () => Promise.all(Array.from({ length: LIMITS.max }, use));
  await eventually(fill);
  await until(() => pool.stats().idle > 0 && pool.stats().leased === 0);
}

async function loadAll({ brand, price }: Stage["readers"]): Promise<void> {
  await eventually(async () => {
    const outcomes = await Promise.all(KEYS.flatMap((key) => [brand.read(key), price.read(key)]));
    if (outcomes.some(({ state }) => state !== "fresh"))
      throw new RangeError("Cannot begin as what was loaded is not fresh");
  });
}

/** A busy machine may be too slow for the matrix's small deadlines: what comes before the fault is tried again. */
async function eventually(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await Bun.sleep(200);
    }
  }
}
