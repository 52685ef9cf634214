import { expect, test } from "bun:test";
import type { Outcome } from "../load/outcome.ts";
import { planPhases } from "../timeline.ts";
import { stripOf, summarisePhase } from "./summary.ts";

const [healthy, frozen] = planPhases(4);

function answered(outcome: Partial<Outcome>): Outcome {
  return {
    audience: "held",
    atMs: 0,
    tookMs: 5,
    ending: "answered",
    status: 200,
    provenance: "fresh",
    ...outcome,
  };
}

function unanswered(ending: Outcome["ending"], outcome: Partial<Outcome> = {}): Outcome {
  return { audience: "held", atMs: 0, tookMs: 5, ...outcome, ending };
}

test("summarisePhase counts a request in the phase it was scheduled in, however late it ended", () => {
  const outcomes = [answered({ atMs: 3999, tookMs: 9000 }), answered({ atMs: 4000 })];

  expect(summarisePhase(required(healthy), outcomes).held).toMatchObject({ count: 1, maxMs: 9000 });
  expect(summarisePhase(required(frozen), outcomes).held).toMatchObject({ count: 1, maxMs: 5 });
});

test("summarisePhase separates answers, failures and foreign bytes", () => {
  const summary = summarisePhase(required(healthy), [
    answered({}),
    answered({ foreign: true }),
    answered({ status: 500 }),
    unanswered("reset"),
    unanswered("timeout"),
    unanswered("timeout"),
  ]);

  expect(summary.answers).toEqual({ "200": 2, "500": 1 });
  expect(summary.failures).toEqual({ foreign: 1, reset: 1, timeout: 2 });
  expect(summary.provenance).toEqual({ fresh: 1, stale: 0, default: 0 });
});

test("summarisePhase keeps health, held and new tenants apart, and the new ones of the first two seconds", () => {
  const summary = summarisePhase(required(frozen), [
    answered({ atMs: 4000, tookMs: 1 }),
    answered({ atMs: 5999, tookMs: 1500, audience: "new", provenance: "default" }),
    answered({ atMs: 6000, tookMs: 8, audience: "new", provenance: "default" }),
    answered({ atMs: 4500, tookMs: 2, audience: "health" }),
    unanswered("timeout", { atMs: 4600, tookMs: 15_000, audience: "health" }),
  ]);

  expect(summary.held.count).toBe(1);
  expect(summary.newcomers).toMatchObject({ count: 2, maxMs: 1500 });
  expect(summary.newcomersSettled).toMatchObject({ count: 1, maxMs: 8 });
  expect(summary.health).toMatchObject({ count: 2, good: 1, maxMs: 15_000 });
  expect(summary.answers).toEqual({ "200": 3 });
});

test("stripOf writes what most got each second, in capitals after a long wait, x when any failed, a blank when nobody asked", () => {
  const outcomes = [
    answered({ atMs: 10 }),
    answered({ atMs: 1000, provenance: "stale" }),
    answered({ atMs: 1500, provenance: "stale" }),
    answered({ atMs: 1600 }),
    answered({ atMs: 2000, provenance: "default" }),
    answered({ atMs: 3000 }),
    unanswered("reset", { atMs: 3999 }),
    answered({ atMs: 5000, tookMs: 1001 }),
    answered({ atMs: 5500, tookMs: 1001 }),
    answered({ atMs: 5600 }),
    unanswered("timeout", { atMs: 10, audience: "new" }),
  ];

  expect(stripOf(outcomes, { audience: "held", seconds: 6 })).toBe("fsdx F");
  expect(stripOf(outcomes, { audience: "new", seconds: 2 })).toBe("x ");
});

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("Cannot go on without the phase: it is missing");
  return value;
}
