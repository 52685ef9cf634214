import { expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseUnreachableError, type Pool } from "../../src/pool/mod.ts";
import { createReads, type Reads, SnapshotRefusedError } from "../../src/reads/mod.ts";
import { type ManualClock, manualClock, seededRandom } from "../harness/mod.ts";

const away = new DatabaseUnreachableError("Cannot reach it here");

/** A pool whose database answers with the values given, or is away when there are none. */
function poolOf(up: boolean): Pool {
  const lease = {
    connection: {
      query: () => Promise.resolve([]),
      execute: () => Promise.resolve(0),
      copyIn: () => Promise.resolve(0),
    },
    commit: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return {
    lease: () => (up ? Promise.resolve(lease) : Promise.reject(away)),
    refusal: () => (up ? undefined : away),
    stats: () => {
      throw new TypeError("Cannot count here");
    },
    resize: () => {},
    renew: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function readerOf(reads: Reads, shape = "brand/1") {
  return reads.define<{ owner: string; name: string }>({
    name: "brand",
    freshMs: 1000,
    staleMs: Number.POSITIVE_INFINITY,
    load: (key) => Promise.resolve({ owner: key, name: `Brand of ${key}` }),
    fallback: () => ({ owner: "", name: "default" }),
    snapshot: {
      shape,
      encode: (value) => value,
      decode: (key, data) => {
        const { owner, name } = data as { owner: string; name: string };
        return owner === key ? { owner, name } : undefined;
      },
    },
  });
}

function boot({ up, clock, shape }: { up: boolean; clock: ManualClock; shape?: string }) {
  const reads = createReads({ pool: poolOf(up), clock, random: seededRandom(1) });
  return { reads, brands: readerOf(reads, shape) };
}

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), "linehold-snapshot-"));
  return {
    path: join(folder, "state", "reads.snapshot"),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function saved(path: string, keys: readonly string[]): Promise<void> {
  const { reads, brands } = boot({ up: true, clock: manualClock(1_000_000) });
  for (const key of keys) await brands.read(key);
  await reads.save(path);
  reads[Symbol.dispose]();
}

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof SnapshotRefusedError ? error.reason : error;
};

test("a process that boots with the database away serves the last known values, stale, with their true age", async () => {
  await using folder = await openFolder();
  await saved(folder.path, ["acme", "bravo"]);

  const { reads, brands } = boot({ up: false, clock: manualClock(1_000_000 + 3_600_000) });
  const { restored } = await reads.restore(folder.path);

  expect(restored).toBe(2);
  expect(brands.read("acme")).toMatchObject({
    value: { name: "Brand of acme" },
    state: "stale",
    ageMs: 3_600_000,
    ttlMs: 1000 - 3_600_000,
    cause: "database_unreachable",
  });
  expect(brands.read("unknown")).toMatchObject({ state: "default" });
});

test("a restored value is replaced by the first load, and never replaces a newer one", async () => {
  await using folder = await openFolder();
  await saved(folder.path, ["acme"]);
  const { reads, brands } = boot({ up: true, clock: manualClock(9_000_000) });

  await brands.read("acme");
  expect(await reads.restore(folder.path)).toEqual({ restored: 0 });

  expect(brands.read("acme")).toMatchObject({ state: "fresh", ageMs: 0 });
});

test("every flipped byte is detected", async () => {
  await using folder = await openFolder();
  await saved(folder.path, ["acme", "bravo"]);
  const whole = await readFile(folder.path);
  const { reads } = boot({ up: false, clock: manualClock() });

  for (let at = 0; at < whole.length; at += 7) {
    const torn = Buffer.from(whole);
    torn[at] = (torn[at] ?? 0) ^ 0x01;
    await writeFile(folder.path, torn);
    expect(await refusalOf(reads.restore(folder.path))).toBeOneOf(["torn", "foreign"]);
  }
});

test("a file cut at any length, one of another shape and one that is not there are refused, each by its name", async () => {
  await using folder = await openFolder();
  const { reads } = boot({ up: false, clock: manualClock() });
  expect(await refusalOf(reads.restore(folder.path))).toBe("absent");
  await saved(folder.path, ["acme"]);
  const whole = await readFile(folder.path);

  const other = boot({ up: false, clock: manualClock(), shape: "brand/2" });
  expect(await refusalOf(other.reads.restore(folder.path))).toBe("foreign");
  for (let length = 0; length < whole.length; length += 5) {
    await writeFile(folder.path, whole.subarray(0, length));
    expect(await refusalOf(reads.restore(folder.path))).toBeOneOf(["torn", "foreign"]);
  }
});

test("an entry whose data is another key's is left out", async () => {
  await using folder = await openFolder();
  const clock = manualClock(1_000_000);
  const reads = createReads({ pool: poolOf(true), clock, random: seededRandom(1) });
  const confused = reads.define<{ owner: string; name: string }>({
    name: "brand",
    freshMs: 1000,
    staleMs: 1000,
    load: () => Promise.resolve({ owner: "someone else", name: "X" }),
    snapshot: { shape: "brand/1", encode: (value) => value, decode: () => undefined },
  });
  await confused.read("acme");
  await reads.save(folder.path);

  const later = boot({ up: false, clock: manualClock(1_000_000) });
  expect(await later.reads.restore(folder.path)).toEqual({ restored: 0 });
  expect(later.brands.read("acme")).toMatchObject({ state: "default" });
});

test("a plan whose values another release shaped otherwise is left out, and the others are taken", async () => {
  await using folder = await openFolder();
  const define = (reads: Reads, shapes: { readonly brand: string; readonly odds: string }) =>
    (["brand", "odds"] as const).map((name) =>
      reads.define<string>({
        name,
        freshMs: 1000,
        staleMs: Number.POSITIVE_INFINITY,
        load: () => Promise.resolve(`${name} as loaded`),
        fallback: () => "default",
        snapshot: { shape: shapes[name], encode: (value) => value, decode: (_, data) => String(data) },
      }),
    );
  const before = createReads({ pool: poolOf(true), clock: manualClock(1_000_000), random: seededRandom(1) });
  for (const reader of define(before, { brand: "brand/1", odds: "odds/1" })) await reader.read("acme");
  await before.save(folder.path);

  const after = createReads({ pool: poolOf(false), clock: manualClock(1_060_000), random: seededRandom(1) });
  const readers = define(after, { brand: "brand/1", odds: "odds/2" });

  expect(await after.restore(folder.path)).toEqual({ restored: 1 });
  const values = await Promise.all(readers.map(async (reader) => (await reader.read("acme")).value));
  expect(values).toEqual(["brand as loaded", "default"]);
});

test("saves to one path at once leave one whole file, and a large one is written and read in pieces", async () => {
  await using folder = await openFolder();
  const keys = Array.from({ length: 3000 }, (_, at) => `brand-${at}-é`);
  const stages = [1, 2, 3].map(() => boot({ up: true, clock: manualClock(1_000_000) }));
  for (const { brands } of stages) for (const key of keys) await brands.read(key);

  // An immediate each turn of the event loop: a timer misses turns on a busy machine.
  let turns = 0;
  let turning = true;
  const turn = () => {
    turns += 1;
    if (turning) setImmediate(turn);
  };
  turn();
  const saved = await Promise.all(stages.map(({ reads }) => reads.save(folder.path)));
  const turnsToSave = turns;
  const { reads } = boot({ up: false, clock: manualClock(1_000_000) });
  const { restored } = await reads.restore(folder.path);
  turning = false;

  expect(saved).toEqual([{ saved: 3000 }, { saved: 3000 }, { saved: 3000 }]);
  expect(restored).toBe(3000);
  expect(turnsToSave).toBeGreaterThan(2);
  expect(turns - turnsToSave).toBeGreaterThan(2);
  expect(await readdir(join(folder.folder, "state"))).toEqual(["reads.snapshot"]);
});

test("what a killed save left is removed by a later start, and a running save's is not", async () => {
  await using folder = await openFolder();
  await saved(folder.path, ["acme"]);
  const left = `${folder.path}.killed.writing`;
  await writeFile(left, "half");
  const { reads } = boot({ up: false, clock: manualClock(Date.now()) });

  await reads.restore(folder.path);
  const soon = await readdir(join(folder.folder, "state"));
  const later = boot({ up: false, clock: manualClock(Date.now() + 2 * 3_600_000) });
  await later.reads.restore(folder.path);

  expect(soon.sort()).toEqual(["reads.snapshot", "reads.snapshot.killed.writing"]);
  expect(await readdir(join(folder.folder, "state"))).toEqual(["reads.snapshot"]);
});

test("the revision grows with what is loaded, and not with what is read, restored or expired", async () => {
  await using folder = await openFolder();
  await saved(folder.path, ["acme", "bravo"]);
  const { reads, brands } = boot({ up: true, clock: manualClock(1_000_000) });
  await reads.restore(folder.path);
  const restored = reads.revision;

  await brands.read("acme");
  await brands.read("acme");

  expect([restored, reads.revision]).toEqual([0, 1]);
});

test("a save leaves nothing behind but the file, readable by its owner alone", async () => {
  await using folder = await openFolder();

  await saved(folder.path, ["acme"]);
  await saved(folder.path, ["acme", "bravo"]);

  expect(await readdir(join(folder.folder, "state"))).toEqual(["reads.snapshot"]);
  expect(((await Bun.file(folder.path).stat()).mode & 0o777).toString(8)).toBe("600");
});
