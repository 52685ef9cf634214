import { expect, test } from "bun:test";
import { createVisitors } from "../../src/health/mod.ts";
import { manualClock } from "../harness/mod.ts";

test("report counts the answers of the last minute and their shares", async () => {
  const clock = manualClock();
  const visitors = createVisitors({ clock });

  for (let n = 0; n < 3; n += 1) visitors.served({ state: "fresh" });
  visitors.served({ state: "stale", cause: "database_slow" });
  await clock.advance(59_000);

  expect(visitors.report()).toMatchObject({
    answers: { fresh: 3, stale: 1, default: 0, refused: 0 },
    shares: { fresh: 0.75, stale: 0.25 },
  });
  await clock.advance(2000);
  expect(visitors.report().answers).toEqual({ fresh: 0, stale: 0, default: 0, refused: 0 });
});

test("degradation has a beginning and its causes, the most frequent first", async () => {
  const clock = manualClock();
  const visitors = createVisitors({ clock });

  visitors.served({ state: "stale", cause: "database_slow" });
  await clock.advance(5000);
  visitors.served({ state: "default", cause: "pool_exhausted" });
  visitors.served({ state: "stale", cause: "pool_exhausted" });

  expect(visitors.report()).toMatchObject({
    degradedForMs: 5000,
    causes: ["pool_exhausted", "database_slow"],
  });
});

test("degradation is over after ten seconds without a degraded answer, and begins anew afterwards", async () => {
  const clock = manualClock();
  const visitors = createVisitors({ clock });
  visitors.served({ state: "stale", cause: "database_slow" });

  await clock.advance(10_001);
  expect(visitors.report()).toMatchObject({ degradedForMs: undefined, causes: [] });

  visitors.served({ state: "refused", cause: "pool_exhausted" });
  await clock.advance(100);
  expect(visitors.report()).toMatchObject({ degradedForMs: 100, causes: ["pool_exhausted"] });
});

test("causes are bounded, whatever comes in as one", () => {
  const visitors = createVisitors({ clock: manualClock() });

  for (let n = 0; n < 1000; n += 1) visitors.served({ state: "stale", cause: `cause ${n}` });

  expect(visitors.report().causes).toHaveLength(32);
});
