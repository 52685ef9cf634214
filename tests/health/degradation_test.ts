import { expect, test } from "bun:test";
import { createDegradationReporter, type DegradationCounts } from "../../src/health/mod.ts";
import { manualClock } from "../harness/mod.ts";

function openStage(keysMax?: number) {
  const clock = manualClock();
  const said: string[] = [];
  const summaries: DegradationCounts[] = [];
  const words = {
    degraded: (key: string, { state, cause }: { state: string; cause: string }) =>
      void said.push(`${key} ${state} ${cause}`),
    recovered: (key: string) => void said.push(`${key} recovered`),
    summary: (counts: DegradationCounts) => void summaries.push(counts),
  };
  const reporter = createDegradationReporter(keysMax === undefined ? {} : { keysMax }, { clock, words });
  return { clock, said, summaries, reporter };
}

test("a key is spoken of once per change of state, however many answers there are", () => {
  const { reporter, said } = openStage();

  for (let n = 0; n < 1000; n += 1) reporter.served({ key: "acme", state: "stale", cause: "pool_exhausted" });
  for (let n = 0; n < 1000; n += 1)
    reporter.served({ key: "acme", state: "default", cause: "pool_exhausted" });
  for (let n = 0; n < 1000; n += 1) reporter.served({ key: "acme", state: "fresh" });

  expect(said).toEqual(["acme stale pool_exhausted", "acme default pool_exhausted", "acme recovered"]);
});

test("a slow refresh that becomes an outage is spoken of again, by its cause, and not each time the two alternate", () => {
  const { reporter, said } = openStage();

  reporter.served({ key: "acme", state: "stale", cause: "refreshing" });
  for (let n = 0; n < 100; n += 1) {
    reporter.served({ key: "acme", state: "stale", cause: "database_slow" });
    reporter.served({ key: "acme", state: "stale", cause: "refreshing" });
  }

  expect(said).toEqual(["acme stale refreshing", "acme stale database_slow"]);
});

test("each key has its own line", () => {
  const { reporter, said } = openStage();

  reporter.served({ key: "acme", state: "stale", cause: "database_slow" });
  reporter.served({ key: "beta", state: "stale", cause: "database_slow" });

  expect(said).toHaveLength(2);
});

test("every ten seconds of an outage are summed up, and nothing is said when none was degraded", async () => {
  const { clock, reporter, summaries } = openStage();
  for (let n = 0; n < 5; n += 1) reporter.served({ key: `t${n}`, state: "stale", cause: "database_slow" });
  reporter.served({ key: "t0", state: "default", cause: "pool_exhausted" });

  await clock.advance(10_000);
  expect(summaries).toEqual([
    { stale: 5, default: 1, keys: 5, seconds: 10, causes: ["database_slow", "pool_exhausted"] },
  ]);

  reporter.served({ key: "t1", state: "stale", cause: "database_slow" });
  await clock.advance(10_000);
  expect(summaries.at(-1)).toMatchObject({ stale: 1, default: 0, keys: 1 });

  await clock.advance(60_000);
  expect(summaries).toHaveLength(2);
  expect(clock.pending()).toBe(0);
});

test("keys past the bound are counted and not spoken of", async () => {
  const { clock, reporter, said, summaries } = openStage(10);

  for (let n = 0; n < 1000; n += 1) reporter.served({ key: `t${n}`, state: "stale", cause: "database_slow" });
  await clock.advance(10_000);

  expect(said).toHaveLength(10);
  expect(summaries).toEqual([{ stale: 1000, default: 0, keys: 10, seconds: 10, causes: ["database_slow"] }]);
});

test("fresh answers of healthy keys say nothing and start no timer", () => {
  const { clock, reporter, said } = openStage();

  reporter.served({ key: "acme", state: "fresh" });

  expect(said).toEqual([]);
  expect(clock.pending()).toBe(0);
});

test("closing ends the summaries", () => {
  const { clock, reporter } = openStage();
  reporter.served({ key: "acme", state: "stale", cause: "database_slow" });

  reporter[Symbol.dispose]();

  expect(clock.pending()).toBe(0);
});
