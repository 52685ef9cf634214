import { expect, test } from "bun:test";
import { followChanges } from "../../src/changes/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import { createReads, type ReadsParts } from "../../src/reads/mod.ts";
import { createFlights, type Flights, systemClock } from "../../src/resilience/mod.ts";
import { openDatabase, seededRandom, type TestDatabase } from "../harness/mod.ts";
import { until } from "./web_process.ts";

const clock = systemClock;
const ROUNDS = 50;

/** A cache of one brand that hears of changes: what all three below have in common. */
interface Cache {
  read(): Promise<number>;
  /** Told that the brand changed. */
  changed(): void;
}

/** The version is read at once, and lands when the test lets it. */
type Load = (connection: Connection) => Promise<number>;

/**
 * Rounds of the same race, on a real Postgres: a load has read the row, the row changes and is heard of, a second load brings
 * the new version, and then the first one lands.
 *
 * @returns In how many rounds the old version came back.
 */
async function race(open: (database: TestDatabase, load: Load) => Cache): Promise<number> {
  await using database = await openDatabase();
  const tenantId = Bun.randomUUIDv7();
  await database.owner("insert into branding values ($1, 1, '{}', now())", [tenantId]);
  let held: Promise<void> | undefined;
  let hasRead = Promise.withResolvers<void>();
  const load: Load = async (connection) => {
    const [row] = await connection.query<{ version: bigint }>(
      "select version from branding where tenant_id = $1",
      [tenantId],
    );
    if (held !== undefined) hasRead.resolve();
    await held;
    return Number(row?.version);
  };
  const cache = open(database, load);
  let heard = 0;
  await using follower = followChanges(
    { listenUrl: database.url, pollMs: 50 },
    {
      pool: database.pool("linehold_read"),
      clock,
      random: seededRandom(3),
      observe: () => undefined,
      onChange: () => {
        heard += 1;
        cache.changed();
      },
      onResync: () => undefined,
    },
  );
  await until(() => follower.ageMs() !== undefined, 5000);
  await cache.read();

  let resurfaced = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const late = Promise.withResolvers<void>();
    hasRead = Promise.withResolvers<void>();
    held = late.promise;
    cache.changed();
    await hasRead.promise;
    held = undefined;
    await database.owner("update branding set version = version + 1");
    await until(() => heard === round, 5000, 1);
    await until(async () => (await cache.read()) === round + 1, 5000, 1);
    late.resolve();
    await Bun.sleep(5);
    if ((await cache.read()) !== round + 1) resurfaced += 1;
  }
  return resurfaced;
}

const pipeline =
  (parts: Partial<ReadsParts>) =>
  (database: TestDatabase, load: Load): Cache => {
    const pool = database.pool("linehold_read");
    const reader = createReads({ pool, clock, random: seededRandom(1), parts }).define<number>({
      name: "brand",
      freshMs: 60_000,
      staleMs: 60_000,
      load: (_key, connection) => load(connection),
    });
    return { read: async () => (await reader.read("acme")).value, changed: () => reader.expire("acme") };
  };

/** Deletes on a change and stores what lands, as most caches do. */
function naive(database: TestDatabase, load: Load): Cache {
  const pool = database.pool("linehold_read");
  let value: number | undefined;
  const fill = async () => {
    await using lease = await pool.lease();
    value = await load(lease.connection);
    return value;
  };
  return {
    read: async () => value ?? (await fill()),
    changed() {
      value = undefined;
      void fill();
    },
  };
}

test("a load that began before a change never resurfaces", async () => {
  expect(await race(pipeline({}))).toBe(0);
}, 60_000);

/** Loads for which a change begins a new one, and forgets nothing of the one under way. */
function withoutGenerations<T>(deps: { now: () => number }): Flights<T> {
  const flights = createFlights<T>(deps);
  let changes = 0;
  return {
    ...flights,
    get size() {
      return flights.size;
    },
    join: (key, start) => flights.join(`${key} ${changes}`, start),
    get: (key) => flights.get(`${key} ${changes}`),
    detach() {
      changes += 1;
    },
  };
}

test("with generations off, as in a naive cache, it comes back", async () => {
  const off = await race(pipeline({ createFlights: withoutGenerations }));
  const beside = await race(naive);

  console.log(
    `The old version came back in ${off} of ${ROUNDS} rounds without generations, in ${beside} in a naive cache`,
  );
  expect(off).toBeGreaterThan(ROUNDS / 2);
  expect(beside).toBeGreaterThan(ROUNDS / 2);
}, 60_000);
