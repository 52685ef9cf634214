import { expect, test } from "bun:test";
import { DatabaseSlowError } from "../../src/pool/mod.ts";
import { createReads, type Reader, type ReadPlan } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { seededRandom } from "../harness/mod.ts";
import { idlePool } from "./idle_pool.ts";

// On the machine's own clock. The bounds are at least five times what was measured; `bun run bench reads` has the figures.

function openCrowd(plan: Pick<ReadPlan<string>, "load"> & Partial<ReadPlan<string>>) {
  const reads = createReads({ pool: idlePool(), clock: systemClock, random: seededRandom(3) });
  let loads = 0;
  const reader = reads.define({
    name: "crowd",
    freshMs: 60_000,
    staleMs: 3_600_000,
    ...plan,
    load(key, connection) {
      loads += 1;
      return plan.load(key, connection);
    },
  });
  return { reader, loads: () => loads, [Symbol.dispose]: () => reads[Symbol.dispose]() };
}

/** How long one reader waited, whatever came of it. */
async function waitOf(
  reader: Reader<string>,
  { key = "acme", deadlineMs }: { key?: string; deadlineMs?: number },
): Promise<number> {
  const began = performance.now();
  const read = async () => reader.read(key, deadlineMs === undefined ? {} : { deadlineMs });
  await read().catch(() => undefined);
  return performance.now() - began;
}

test("10,000 readers of a cold key cost one load of 50 ms and hardly wait longer than it takes", async () => {
  using crowd = openCrowd({
    async load() {
      await Bun.sleep(50);
      return "one";
    },
  });

  const began = performance.now();
  const outcomes = await Promise.all(Array.from({ length: 10_000 }, () => crowd.reader.read("acme")));
  const tookMs = performance.now() - began;

  expect(crowd.loads()).toBe(1);
  expect(outcomes.every(({ value, state }) => value === "one" && state === "fresh")).toBe(true);
  // Measured 62 ms.
  expect(tookMs).toBeLessThan(350);
});

test("500 readers of a failing cold key cost one load, and no more while its pause lasts", async () => {
  using crowd = openCrowd({
    async load() {
      await Bun.sleep(10);
      throw new DatabaseSlowError("slow");
    },
  });

  const waits = await Promise.all(Array.from({ length: 500 }, () => waitOf(crowd.reader, {})));
  expect(crowd.loads()).toBe(1);
  const inThePause = await Promise.all(Array.from({ length: 500 }, () => waitOf(crowd.reader, {})));
  expect(crowd.loads()).toBe(1);

  // One by one, as behind a lock, the last of them would wait for five seconds.
  expect(Math.max(...waits, ...inThePause)).toBeLessThan(150);
  // The first pause is at most 200 ms.
  await Bun.sleep(200);
  await Promise.all(Array.from({ length: 500 }, () => waitOf(crowd.reader, {})));
  expect(crowd.loads()).toBe(2);
});

test("200 readers of a cold key whose load hangs are each answered at their own deadline", async () => {
  using crowd = openCrowd({ load: () => new Promise(() => {}), hardMs: 400 });
  const deadlines = Array.from({ length: 200 }, (_, i) => 20 + i);

  const waits = await Promise.all(deadlines.map((deadlineMs) => waitOf(crowd.reader, { deadlineMs })));
  const late = waits.map((waitMs, i) => waitMs - (deadlines[i] ?? 0));

  expect(crowd.loads()).toBe(1);
  expect(Math.min(...late)).toBeGreaterThan(-2);
  expect(Math.max(...late)).toBeLessThan(75);
});

test("with a stale value held and its load hanging, 500 readers have it within the soft deadline", async () => {
  const hanging = Promise.withResolvers<string>();
  let first = true;
  using crowd = openCrowd({
    freshMs: 20,
    load: () => {
      const answer = first ? Promise.resolve("old") : hanging.promise;
      first = false;
      return answer;
    },
  });
  await crowd.reader.read("acme");
  await Bun.sleep(40);

  const reads = Array.from({ length: 500 }, async () => {
    const waitMs = await waitOf(crowd.reader, {});
    return { waitMs, outcome: await crowd.reader.read("acme") };
  });
  const answered = await Promise.all(reads);

  expect(crowd.loads()).toBe(2);
  expect(answered.every(({ outcome }) => outcome.state === "stale" && outcome.value === "old")).toBe(true);
  expect(Math.max(...answered.map(({ waitMs }) => waitMs))).toBeLessThan(50 + 75);
});
