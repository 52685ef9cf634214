/** The short form of `bun run incident`: the same three builds, faults and verdicts, with fewer requests and phases just long enough. */
import { beforeAll, expect, test } from "bun:test";
import { systemClock } from "../../src/resilience/mod.ts";
import { takeTurns } from "../harness/mod.ts";
import {
  type BuildName,
  DEFAULTS,
  type IncidentResult,
  PROMISED,
  replayIncident,
  type Verdict,
} from "./mod.ts";

takeTurns();

/**
 * Liveness bounds for a machine that runs other tests too, about ten times the full form's figures on two cores (held p99
 * 52 ms, health 27 ms). `bun run incident` judges by what is promised.
 */
const BOUNDS = { ...PROMISED, heldP99Ms: 500, newP99Ms: 2750, newSettledP99Ms: 500, healthMs: 500 };

let result: IncidentResult;

beforeAll(async () => {
  const options = { ...DEFAULTS, seconds: 4, rate: 200, clientDeadlineMs: 8000, bounds: BOUNDS };
  const deps = { clock: systemClock, progress: () => undefined, signal: AbortSignal.timeout(280_000) };
  result = await replayIncident(options, deps);
}, 300_000);

function broken(build: BuildName): readonly Verdict[] {
  return result.verdicts.filter((verdict) => verdict.build === build && !verdict.holds);
}

test("the naive build falls: on answers, on p99 and on health", () => {
  expect(broken("naive")).toEqual([]);
});

test("the first system with its seven remedies still falls on p99 and on health", () => {
  expect(broken("remedied")).toEqual([]);
});

test("Linehold stands: every answer 200, in time and labelled, through freeze, kill and exhaustion", () => {
  expect(broken("linehold")).toEqual([]);
});

test("every build met the same visitors", () => {
  const asked = result.builds.map(({ phases }) =>
    phases.map(({ held, newcomers }) => [held.count, newcomers.count]),
  );

  expect(asked[1]).toEqual(asked[0] ?? []);
  expect(asked[2]).toEqual(asked[0] ?? []);
});
