import { expect, test } from "bun:test";
import { DatabaseUnreachableError, type LeaseOptions, type Pool } from "../../src/pool/mod.ts";
import { createReads, type ReadEvent, type ReadPlan } from "../../src/reads/mod.ts";
import { manualClock, seededRandom } from "../harness/mod.ts";

const away = new DatabaseUnreachableError("Cannot reach it here");
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function openStage(overrides: Partial<ReadPlan<string>> = {}) {
  const clock = manualClock();
  const events: ReadEvent[] = [];
  const leases: LeaseOptions[] = [];
  const database = { up: true, value: "one" };
  const pool: Pool = {
    lease(options = {}) {
      leases.push(options);
      if (!database.up) return Promise.reject(away);
      return Promise.resolve({
        connection: {
          query: () => Promise.resolve([]),
          execute: () => Promise.resolve(0),
          copyIn: () => Promise.resolve(0),
        },
        commit: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    refusal: () => undefined,
    stats: () => {
      throw new TypeError("Cannot count the places of a pool that has none");
    },
    resize: () => {},
    renew: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const reads = createReads({ pool, clock, random: seededRandom(4), observe: (event) => events.push(event) });
  const reader = reads.define<string>({
    name: "brand",
    freshMs: 1000,
    staleMs: 3_600_000,
    load: () => Promise.resolve(database.value),
    ...overrides,
  });
  const answered = () => events.flatMap((event) => (event.type === "read_answered" ? [event.outcome] : []));
  return { clock, events, leases, database, reader, answered };
}

test("every read that no fresh value served tells its outcome once, and a hit tells nothing", async () => {
  const stage = openStage();

  await Promise.all([stage.reader.read("acme"), stage.reader.read("acme")]);
  for (let hit = 0; hit < 10; hit += 1) stage.reader.read("acme");

  const told = { state: "fresh", ageMs: 0, attempts: 1, waitedMs: 0 };
  expect(stage.answered()).toMatchObject([
    { ...told, shared: false },
    { ...told, shared: true },
  ]);
  expect(stage.answered()).toHaveLength(2);
  expect(stage.events.every((event) => event.type === "retry_refused" || event.plan === "brand")).toBe(true);
  expect(stage.reader.counts).toEqual({ fresh: 12, stale: 0, default: 0, failed: 0 });
});

test("a stale answer tells its age, its wait and its cause", async () => {
  const stage = openStage();
  await stage.reader.read("acme");
  await stage.clock.advance(5000);
  stage.database.up = false;

  const reading = stage.reader.read("acme");
  await stage.clock.advance(2000);
  await reading;

  expect(stage.answered().at(-1)).toMatchObject({
    state: "stale",
    ageMs: 5050,
    waitedMs: 50,
    cause: "refreshing",
  });
  await stage.reader.read("acme");
  expect(stage.answered().at(-1)).toMatchObject({ state: "stale", cause: "database_unreachable" });
});

test("a read that ends in an error and one that ends in the default are told as such", async () => {
  const stage = openStage();
  stage.database.up = false;
  const failing = Promise.resolve(stage.reader.read("acme")).catch(() => undefined);
  await stage.clock.advance(2000);
  await failing;
  const gentle = openStage({ fallback: () => "built in" });
  gentle.database.up = false;
  const defaulting = gentle.reader.read("acme");
  await gentle.clock.advance(2000);
  await defaulting;

  expect(stage.answered()).toMatchObject([{ state: "failed", cause: "database_unreachable" }]);
  expect(gentle.answered()).toMatchObject([{ state: "default", cause: "database_unreachable" }]);
});

test("a retry that the budget refuses is told", async () => {
  const stage = openStage();
  stage.database.up = false;

  for (let key = 0; key < 30; key += 1) {
    const reading = Promise.resolve(stage.reader.read(`key-${key}`)).catch(() => undefined);
    await stage.clock.advance(300);
    await reading;
  }

  // Ten saved up, a tenth of each of thirty calls.
  const tried = stage.events.filter((event) => event.type === "load_failed" && event.attempts === 2).length;
  const refused = stage.events.filter(({ type }) => type === "retry_refused").length;
  expect([tried, refused]).toEqual([12, 18]);
});

test("a plan's criticality goes with its loads", async () => {
  const stage = openStage({ criticality: "live" });
  await stage.reader.read("acme");
  await stage.reader.warm(["bravo"]);

  expect(stage.leases.map(({ criticality }) => criticality)).toEqual(["live", "live"]);
});

test("expireAll makes everything stale, begins no load, and lets loads under way land unseen", async () => {
  const lands: ((value: string) => void)[] = [];
  const stage = openStage({ load: () => new Promise<string>((resolve) => lands.push(resolve)) });
  const land = (at: number, value: string) => lands[at]?.(value);
  const held = stage.reader.read("held");
  await settle();
  land(0, "held before");
  await held;
  const cold = stage.reader.read("cold");
  await settle();

  const keys = stage.reader.expireAll();
  await settle();
  const begun = lands.length;
  land(1, "cold before");
  await cold;
  const after = [stage.reader.read("held"), stage.reader.read("cold")];
  await settle();
  land(2, "held after");
  land(3, "cold after");

  expect(keys.sort()).toEqual(["cold", "held"]);
  expect(begun).toBe(2);
  const outcomes = await Promise.all(after);
  expect(outcomes.map(({ value, state }) => [value, state])).toEqual([
    ["held after", "fresh"],
    ["cold after", "fresh"],
  ]);
});

test("a warm-up whose load a change overtook does not count it as warmed, and the next one brings it", async () => {
  const lands: ((value: string) => void)[] = [];
  const stage = openStage({ load: () => new Promise<string>((resolve) => lands.push(resolve)) });
  const warming = stage.reader.warm(["acme"]);
  await settle();

  const keys = stage.reader.expireAll();
  lands[0]?.("before the change");
  const first = await warming;
  const again = stage.reader.warm(keys);
  await settle();
  lands[1]?.("after it");

  expect([first, await again]).toEqual([
    { warmed: 0, total: 1 },
    { warmed: 1, total: 1 },
  ]);
  expect(stage.reader.read("acme")).toMatchObject({ value: "after it", state: "fresh" });
});
