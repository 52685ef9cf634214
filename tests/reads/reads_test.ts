import { expect, test } from "bun:test";
import { DatabaseSlowError, DatabaseUnreachableError } from "../../src/pool/mod.ts";
import { createReads, type Outcome, type ReadPlan } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { manualClock, openDatabase, seededRandom, until } from "../harness/mod.ts";
import { idlePool } from "./idle_pool.ts";

function openStage<T = string>(overrides: Partial<ReadPlan<T>> = {}) {
  const clock = manualClock();
  const pool = idlePool();
  const loads: { key: string; at: number; land: (value: T) => void; fail: (error: unknown) => void }[] = [];
  const reader = createReads({ pool, clock, random: seededRandom(11) }).define<T>({
    name: "test",
    freshMs: 1000,
    staleMs: 3_600_000,
    load: (key) => {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      loads.push({ key, at: clock.now(), land: resolve, fail: reject });
      return promise;
    },
    ...overrides,
  });
  const load = (at: number) => {
    const found = loads.at(at);
    if (found === undefined) throw new RangeError(`Cannot find the load: there were ${loads.length}`);
    return found;
  };
  return { clock, pool, reader, loads, load };
}

const down = new DatabaseUnreachableError("down");
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const outcomeOf = <T>(read: Outcome<T> | Promise<Outcome<T>>) =>
  Promise.resolve(read).catch((error: unknown) => error);

async function held(stage: ReturnType<typeof openStage<string>>, value = "old"): Promise<void> {
  const first = stage.reader.read("acme");
  await settle();
  stage.load(-1).land(value);
  await first;
}

test("a fresh value comes at once and not as a promise", async () => {
  const stage = openStage();
  await held(stage, "one");

  const outcome = stage.reader.read("acme");

  expect(outcome).not.toBeInstanceOf(Promise);
  expect(outcome).toMatchObject({ value: "one", state: "fresh", ageMs: 0, waitedMs: 0 });
  expect(stage.loads).toHaveLength(1);
});

test("readers of one cold key share one load", async () => {
  const stage = openStage();

  const readers = Array.from({ length: 1000 }, () => stage.reader.read("acme"));
  await settle();
  stage.load(0).land("one");
  const outcomes = await Promise.all(readers);

  expect(stage.loads).toHaveLength(1);
  expect(outcomes.every(({ value, state }) => value === "one" && state === "fresh")).toBe(true);
  expect(outcomes.filter(({ shared }) => shared)).toHaveLength(999);
});

test("with a stale value in hand a reader waits no longer than the soft deadline, and the load goes on", async () => {
  const stage = openStage();
  await held(stage);
  await stage.clock.advance(1001);

  const reading = outcomeOf(stage.reader.read("acme"));
  await stage.clock.advance(50);
  expect(await reading).toMatchObject({ value: "old", state: "stale", cause: "refreshing", waitedMs: 50 });
  stage.load(-1).land("new");
  await settle();

  expect(stage.reader.read("acme")).toMatchObject({ value: "new", state: "fresh" });
});

test("the soft deadline counts from the beginning of the load, not from the reader's own arrival", async () => {
  const stage = openStage();
  await held(stage);
  await stage.clock.advance(1001);
  const first = outcomeOf(stage.reader.read("acme"));

  await stage.clock.advance(45);
  const second = outcomeOf(stage.reader.read("acme"));
  await stage.clock.advance(5);

  expect(await second).toMatchObject({ state: "stale", waitedMs: 5, shared: true });
  await first;
});

test("after a failed load stale is served at once, with its cause, while the next load runs behind", async () => {
  const stage = openStage();
  await held(stage);
  await stage.clock.advance(1001);
  const failing = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(-1).fail(new DatabaseSlowError("slow"));
  await failing;

  await stage.clock.advance(2000);
  const outcome = stage.reader.read("acme");
  await settle();

  expect(outcome).not.toBeInstanceOf(Promise);
  expect(outcome).toMatchObject({ value: "old", state: "stale", cause: "database_slow" });
  expect(stage.loads).toHaveLength(3);
});

test("a failed load leaves a pause: a thousand readers of a failing key cost one load", async () => {
  const stage = openStage({ fallback: () => "default" });
  const failing = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(0).fail(new DatabaseSlowError("slow"));
  expect(await failing).toMatchObject({ value: "default", state: "default", cause: "database_slow" });

  for (let i = 0; i < 1000; i++) expect(stage.reader.read("acme")).toMatchObject({ state: "default" });
  expect(stage.loads).toHaveLength(1);
  await stage.clock.advance(200);
  void stage.reader.read("acme");
  await settle();

  expect(stage.loads).toHaveLength(2);
});

test("the pause grows while loads fail and is forgotten once one succeeds", async () => {
  const stage = openStage({ fallback: () => "default" });
  const pauses: number[] = [];
  let failedAt = 0;
  for (let i = 0; i < 6; i++) {
    while (stage.loads.length === i) {
      void outcomeOf(stage.reader.read("acme"));
      await stage.clock.advance(10);
    }
    if (i > 0) pauses.push(stage.load(-1).at - failedAt);
    stage.load(-1).fail(new DatabaseSlowError("slow"));
    await settle();
    failedAt = stage.clock.now();
  }

  expect(pauses[4]).toBeGreaterThan((pauses[0] ?? 0) * 3);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(2010);
});

test("a transient failure is tried once more, with nothing leased in between", async () => {
  const stage = openStage();
  const reading = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(0).fail(down);
  await settle();
  expect(stage.pool.lent).toHaveLength(1);

  await stage.clock.advance(200);
  stage.load(1).land("one");

  expect(await reading).toMatchObject({ value: "one", state: "fresh", attempts: 2 });
});

test("a cold reader with no default waits no longer than the hard deadline and gets a typed error", async () => {
  const stage = openStage({ hardMs: 1500 });

  const reading = outcomeOf(stage.reader.read("acme"));
  await stage.clock.advance(1499);
  const late = Bun.peek.status(reading);
  await stage.clock.advance(1);

  expect(late).toBe("pending");
  expect(await reading).toBeInstanceOf(DatabaseSlowError);
});

test("a cold reader with a default has it at the hard deadline, labelled", async () => {
  const stage = openStage({ hardMs: 1500, fallback: (key) => `default of ${key}` });

  const reading = outcomeOf(stage.reader.read("acme"));
  await stage.clock.advance(1500);

  expect(await reading).toMatchObject({
    value: "default of acme",
    state: "default",
    ageMs: 0,
    waitedMs: 1500,
  });
});

test("with the breaker open nothing is loaded: stale or default come from memory at once", async () => {
  const stage = openStage({ fallback: () => "default" });
  await held(stage);
  await stage.clock.advance(1001);
  stage.pool.refuse(down);

  expect(stage.reader.read("acme")).toMatchObject({
    value: "old",
    state: "stale",
    cause: "database_unreachable",
  });
  expect(stage.reader.read("other")).toMatchObject({ value: "default", state: "default" });
  expect(stage.loads).toHaveLength(1);
  stage.pool.refuse(undefined);
  const reading = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(-1).land("new");

  expect(await reading).toMatchObject({ value: "new", state: "fresh" });
});

test("a value past staleMs is no longer served", async () => {
  const stage = openStage({ staleMs: 5000 });
  await held(stage);
  await stage.clock.advance(5001);
  stage.pool.refuse(down);

  expect(() => stage.reader.read("acme")).toThrow(DatabaseUnreachableError);
});

test("a reader that aborts leaves alone: the load lands and serves the others", async () => {
  const stage = openStage();
  const leaving = new AbortController();
  const gone = outcomeOf(stage.reader.read("acme", { signal: leaving.signal }));
  const staying = outcomeOf(stage.reader.read("acme"));
  await settle();

  leaving.abort(new RangeError("left"));
  expect(await gone).toBeInstanceOf(RangeError);
  stage.load(0).land("one");

  expect(await staying).toMatchObject({ value: "one", state: "fresh" });
});

test("a load that began before a forget lands unseen", async () => {
  const stage = openStage();
  const reading = outcomeOf(stage.reader.read("acme"));
  await settle();

  stage.reader.forget("acme");
  stage.load(0).land("before");
  expect(await reading).toMatchObject({ value: "before" });
  const next = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(1).land("after");

  expect(await next).toMatchObject({ value: "after", state: "fresh" });
});

test("keys that only failed are bounded apart, and push out no key that holds a value", async () => {
  const stage = openStage({ entriesMax: 10, fallback: () => "default" });
  await held(stage);

  for (let i = 0; i < 100; i++) {
    const reading = outcomeOf(stage.reader.read(`unknown-${i}`));
    await settle();
    stage.load(-1).fail(new DatabaseSlowError("slow"));
    await reading;
  }

  expect(stage.reader.size).toBe(1);
  expect(stage.reader.read("acme")).toMatchObject({ value: "old", state: "fresh" });
});

test("values are bounded in number and in bytes, the least recently loaded forgotten first", async () => {
  const stage = openStage({ entriesMax: 5, bytesMax: 100, weigh: (value) => value.length });
  const load = async (key: string, value: string) => {
    const reading = outcomeOf(stage.reader.read(key));
    await settle();
    stage.load(-1).land(value);
    await reading;
  };

  for (let i = 0; i < 9; i++) await load(`key-${i}`, "0123456789");
  expect(stage.reader).toMatchObject({ size: 5, bytes: 50 });
  await load("big", "x".repeat(75));

  expect(stage.reader).toMatchObject({ size: 3, bytes: 95 });
  expect(stage.reader.read("key-8")).toMatchObject({ state: "fresh" });
});

test("counts tell what readers were given", async () => {
  const stage = openStage();
  await held(stage);
  stage.reader.read("acme");
  await stage.clock.advance(1001);
  stage.pool.refuse(down);
  stage.reader.read("acme");
  await outcomeOf((async () => stage.reader.read("unknown"))());

  expect(stage.reader.counts).toEqual({ fresh: 2, stale: 1, default: 0, failed: 1 });
});

test("keys loaded together do not expire together", async () => {
  const stage = openStage();
  const keys = Array.from({ length: 50 }, (_, i) => `tenant-${i}`);
  const reading = keys.map((key) => stage.reader.read(key));
  await settle();
  for (const { land } of stage.loads) land("one");
  const outcomes = await Promise.all(reading);

  const lives = outcomes.map(({ ttlMs }) => ttlMs);
  expect(new Set(lives).size).toBeGreaterThan(40);
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(900);
  expect(Math.max(...lives)).toBeLessThanOrEqual(1000);
});

test("warm loads in batches over a real database and says how many of how many", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_read", { max: 2 });
  const asked: number[] = [];
  const reader = createReads({ pool, clock: manualClock(), random: seededRandom(2) }).define<number>({
    name: "lengths",
    freshMs: 1000,
    staleMs: 1000,
    load: () => Promise.reject(new TypeError("Cannot load one by one here")),
    async loadMany(keys, connection) {
      asked.push(keys.length);
      const rows = await connection.query<{ key: string; length: number }>(
        "select key, length(key) as length from unnest($1::text[]) as key where key <> 'absent'",
        [keys],
      );
      return new Map(rows.map(({ key, length }) => [key, length]));
    },
  });
  const warmed: string[] = [];

  const result = await reader.warm(["a", "bb", "absent", "cccc", "ddddd"], {
    batch: 2,
    onWarmed: (key) => warmed.push(key),
  });

  expect(result).toEqual({ warmed: 4, total: 5 });
  expect(asked).toEqual([2, 2, 1]);
  expect(warmed).toEqual(["a", "bb", "cccc", "ddddd"]);
  expect(reader.read("cccc")).toMatchObject({ value: 4, state: "fresh" });
});

test("warm never throws for a database that is away", async () => {
  const stage = openStage({ load: () => Promise.reject(down) });

  const warming = stage.reader.warm(["a", "b"]);
  await stage.clock.advance(1000);

  expect(await warming).toEqual({ warmed: 0, total: 2 });
});

test("warm and readers share their loads, whoever began", async () => {
  const stage = openStage();
  const early = outcomeOf(stage.reader.read("a"));
  await settle();

  const warming = stage.reader.warm(["a", "b"]);
  await settle();
  expect(stage.loads.map(({ key }) => key)).toEqual(["a"]);
  stage.load(0).land("one");
  await settle();
  const late = outcomeOf(stage.reader.read("b"));
  await settle();
  expect(stage.loads.map(({ key }) => key)).toEqual(["a", "b"]);
  stage.load(1).land("two");

  expect(await warming).toEqual({ warmed: 2, total: 2 });
  expect(await Promise.all([early, late])).toMatchObject([
    { value: "one", state: "fresh" },
    { value: "two", state: "fresh", shared: true },
  ]);
});

test("a reader joins the batch that warms its key, and a change in mid-batch keeps the old value out", async () => {
  const batch = Promise.withResolvers<ReadonlyMap<string, string>>();
  const asked: (readonly string[])[] = [];
  const stage = openStage({
    loadMany(keys) {
      asked.push(keys);
      return batch.promise;
    },
  });
  const known = outcomeOf(stage.reader.read("known"));
  await settle();

  const warming = stage.reader.warm(["known", "a", "b", "absent"]);
  const joined = outcomeOf(stage.reader.read("a"));
  await settle();
  stage.reader.forget("b");
  batch.resolve(
    new Map([
      ["a", "one"],
      ["b", "from before the change"],
    ]),
  );
  await settle();
  for (const { key, land } of stage.loads) land(`alone: ${key}`);

  // What the change overtook is loaded, and not kept.
  expect(await warming).toEqual({ warmed: 3, total: 4 });
  expect(asked).toEqual([["a", "b", "absent"]]);
  expect(await joined).toMatchObject({ value: "one", state: "fresh", shared: true });
  expect(await known).toMatchObject({ value: "alone: known" });
  expect(stage.loads.map(({ key }) => key)).toEqual(["known", "absent"]);
  expect(stage.reader.size).toBe(3);
});

test("a reader's own deadline ends its wait before the plan's, and the load goes on for whoever comes next", async () => {
  const stage = openStage({ hardMs: 1500 });

  const hasty = outcomeOf(stage.reader.read("acme", { deadlineMs: 20 }));
  const patient = outcomeOf(stage.reader.read("acme", { deadlineMs: 9999 }));
  await stage.clock.advance(20);
  expect(await hasty).toBeInstanceOf(DatabaseSlowError);
  expect(Bun.peek.status(patient)).toBe("pending");
  stage.load(0).land("one");

  expect(await patient).toMatchObject({ value: "one", waitedMs: 20 });
  expect(stage.reader.read("acme")).toMatchObject({ value: "one", state: "fresh" });
});

test("a reader's own deadline is never longer than the plan's, and none at all takes what there is", async () => {
  const stage = openStage({ hardMs: 1500 });
  const cold = outcomeOf(stage.reader.read("acme", { deadlineMs: 9999 }));
  await stage.clock.advance(1500);
  expect(await cold).toBeInstanceOf(DatabaseSlowError);
  stage.load(0).land("old");
  await settle();
  await stage.clock.advance(1001);

  const held = stage.reader.read("acme", { deadlineMs: 0 });

  expect(await held).toMatchObject({ value: "old", state: "stale", cause: "refreshing", waitedMs: 0 });
});

test("when all who wait for a cold key have aborted, its load is called off, and the next reader begins anew", async () => {
  const stage = openStage();
  const leaving = [new AbortController(), new AbortController()];
  const gone = leaving.map(({ signal }) => outcomeOf(stage.reader.read("acme", { signal })));
  await settle();
  const { signal } = stage.pool.lent.at(-1) ?? {};

  leaving[0]?.abort(new RangeError("left"));
  await settle();
  expect(signal?.aborted).toBe(false);
  leaving[1]?.abort(new RangeError("left"));
  expect(await Promise.all(gone)).toEqual([expect.any(RangeError), expect.any(RangeError)]);
  expect(signal?.aborted).toBe(true);
  const next = outcomeOf(stage.reader.read("acme"));
  await settle();
  stage.load(0).land("called off");
  stage.load(1).land("one");

  expect(await next).toMatchObject({ value: "one", state: "fresh", shared: false });
});

test("a reader whose patience ended still wants the value: the abort of the last other one calls nothing off", async () => {
  const stage = openStage();
  const leaving = new AbortController();
  const hasty = outcomeOf(stage.reader.read("acme", { deadlineMs: 10 }));
  const gone = outcomeOf(stage.reader.read("acme", { signal: leaving.signal }));
  await stage.clock.advance(10);
  await hasty;

  leaving.abort(new RangeError("left"));
  await gone;

  expect(stage.pool.lent.at(-1)?.signal?.aborted).toBe(false);
});

test("the refresh of a value that is held goes on when its only reader aborts", async () => {
  const stage = openStage();
  await held(stage);
  await stage.clock.advance(1001);
  const leaving = new AbortController();
  const gone = outcomeOf(stage.reader.read("acme", { signal: leaving.signal }));
  await settle();

  leaving.abort(new RangeError("left"));
  expect(await gone).toBeInstanceOf(RangeError);
  expect(stage.pool.lent.at(-1)?.signal?.aborted).toBe(false);
  stage.load(-1).land("new");
  await settle();

  expect(stage.reader.read("acme")).toMatchObject({ value: "new", state: "fresh" });
});

test("a signal that had aborted before is answered at once, and its load is called off", async () => {
  const stage = openStage();

  const gone = outcomeOf(stage.reader.read("acme", { signal: AbortSignal.abort(new RangeError("left")) }));
  expect(await gone).toBeInstanceOf(RangeError);
  await settle();

  expect(stage.pool.lent.every(({ signal }) => signal?.aborted)).toBe(true);
});

test("a load that all have left is ended on the server, long before its own deadline", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_read", { max: 1 });
  using reads = createReads({ pool, clock: systemClock, random: seededRandom(2) });
  const reader = reads.define<string>({
    name: "sleeping",
    freshMs: 1000,
    staleMs: 1000,
    hardMs: 20_000,
    async load(_key, connection) {
      await connection.query("select pg_sleep(15)");
      return "slept";
    },
  });
  const active = async () => {
    const rows = await database.owner(
      "select pid from pg_stat_activity where application_name = 'linehold tests' and state = 'active'",
    );
    return rows.length;
  };
  const leaving = new AbortController();
  const gone = outcomeOf(reader.read("acme", { signal: leaving.signal }));
  await until(async () => (await active()) === 1);

  leaving.abort(new RangeError("left"));

  expect(await gone).toBeInstanceOf(RangeError);
  await until(async () => (await active()) === 0);
  await until(() => pool.stats().abandoned === 0);
  expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
});

test("an expired value is stale from that moment, its reload begins at once, and a load begun before lands unseen", async () => {
  const stage = openStage();
  await held(stage, "old");
  await stage.clock.advance(1001);
  const early = outcomeOf(stage.reader.read("acme"));
  await settle();

  stage.reader.expire("acme");
  await settle();
  expect(stage.loads).toHaveLength(3);
  stage.load(1).land("from before the change");
  await early;
  expect(await outcomeOf(readSoon(stage))).toMatchObject({ value: "old", state: "stale" });
  stage.load(2).land("new");
  await settle();

  expect(stage.reader.read("acme")).toMatchObject({ value: "new", state: "fresh" });
});

test("expiring what is not held loads nothing", async () => {
  const stage = openStage();

  stage.reader.expire("unknown");
  await settle();

  expect(stage.loads).toHaveLength(0);
  expect(stage.reader.size).toBe(0);
});

async function readSoon(stage: ReturnType<typeof openStage<string>>): Promise<Outcome<string>> {
  const reading = stage.reader.read("acme");
  await stage.clock.advance(50);
  return reading;
}
