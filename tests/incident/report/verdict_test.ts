import { expect, test } from "bun:test";
import type { BuildName } from "../builds/build.ts";
import { PHASES } from "../timeline.ts";
import type { Latency } from "./percentile.ts";
import type { PhaseSummary } from "./summary.ts";
import { renderReport } from "./text.ts";
import { type BuildSummary, judgeBuilds, PROMISED } from "./verdict.ts";

const quick: Latency = { count: 100, p50Ms: 1, p99Ms: 20, maxMs: 30 };
const slow: Latency = { count: 100, p50Ms: 4000, p99Ms: 10_000, maxMs: 10_000 };

/** A build that stands through everything, but for what a test changes in the phases with a fault. */
function summaryOf(
  build: BuildName,
  fault: Partial<PhaseSummary> = {},
  rest: Partial<BuildSummary> = {},
): BuildSummary {
  const phases = PHASES.map(
    ({ fault: name, name: phase }): PhaseSummary => ({
      phase,
      fault: name,
      answers: { "200": 100 },
      failures: {},
      held: quick,
      newcomers: quick,
      newcomersSettled: quick,
      health: { ...quick, good: 100 },
      provenance: name ? { fresh: 0, stale: 80, default: 20 } : { fresh: 100, stale: 0, default: 0 },
      ...(name ? fault : {}),
    }),
  );
  return {
    build,
    about: build,
    phases,
    strip: { held: "f".repeat(28), newcomers: "f".repeat(28) },
    recoveries: [{ after: "kill", servedMs: 900 }],
    endings: [],
    work: { prices: 10, bets: 10 },
    generator: { latestMs: 1, connectionsMost: 10 },
    ...rest,
  };
}

function broken(summary: BuildSummary): string[] {
  return judgeBuilds([summary], PROMISED)
    .filter(({ holds }) => !holds)
    .map(({ claim }) => claim);
}

test("judgeBuilds finds nothing wrong with a Linehold that keeps every promise", () => {
  expect(broken(summaryOf("linehold"))).toEqual([]);
});

const MUTANTS: readonly [what: string, claim: string, mutant: BuildSummary][] = [
  ["a 503", "0 answers other than 200", summaryOf("linehold", { answers: { "200": 99, "503": 1 } })],
  ["another tenant's bytes", "0 answers other than 200", summaryOf("linehold", { failures: { foreign: 1 } })],
  ["one reset", "0 resets", summaryOf("linehold", { failures: { reset: 1 } })],
  ["an empty reply", "0 resets", summaryOf("linehold", { failures: { empty: 1 } })],
  [
    "a slow held tenant",
    "p99 of tenants held before",
    summaryOf("linehold", { held: { ...quick, p99Ms: 76 } }),
  ],
  [
    "a slow new tenant",
    "p99 of new tenants within",
    summaryOf("linehold", { newcomers: { ...quick, p99Ms: 1526 } }),
  ],
  [
    "a new tenant that still waits after two seconds",
    "p99 of new tenants from 2 s",
    summaryOf("linehold", { newcomersSettled: { ...quick, p99Ms: 76 } }),
  ],
  [
    "a health check without 200",
    "0 health checks",
    summaryOf("linehold", { health: { ...quick, good: 99 } }),
  ],
  [
    "a slow health check",
    "slowest health check",
    summaryOf("linehold", { health: { ...quick, maxMs: 51, good: 100 } }),
  ],
  [
    "no stale answer",
    "stale and default",
    summaryOf("linehold", { provenance: { fresh: 0, stale: 0, default: 20 } }),
  ],
  [
    "no default answer",
    "stale and default",
    summaryOf("linehold", { provenance: { fresh: 0, stale: 80, default: 0 } }),
  ],
  [
    "a brand never seen",
    "a brand changed",
    summaryOf("linehold", {}, { recoveries: [{ after: "kill", servedMs: null }] }),
  ],
  ["no brand looked for", "a brand changed", summaryOf("linehold", {}, { recoveries: [] })],
  ["a process that died", "0 processes", summaryOf("linehold", {}, { endings: ["web: SIGSEGV"] })],
  ["idle workers", "has both workers busy", summaryOf("linehold", {}, { work: { prices: 0, bets: 5 } })],
];

test.each(MUTANTS)("judgeBuilds refuses a Linehold with %s", (_what, claim, mutant) => {
  const claims = broken(mutant);

  expect(claims).toHaveLength(1);
  expect(claims[0]).toStartWith(claim);
});

test("judgeBuilds wants the naive build to fail on answers, p99 and health", () => {
  const ill = { answers: { "200": 10, "500": 90 }, held: slow, health: { ...slow, good: 0 } };

  expect(broken(summaryOf("naive", ill))).toEqual([]);
  expect(broken(summaryOf("naive", { ...ill, answers: { "200": 100 } }))).toEqual(["fails on answers"]);
  expect(broken(summaryOf("naive"))).toHaveLength(3);
});

test("judgeBuilds wants the remedied build to fail on p99 and health, whatever its answers", () => {
  expect(broken(summaryOf("remedied", { held: slow, health: { ...slow, good: 100 } }))).toEqual([]);
  expect(broken(summaryOf("remedied"))).toHaveLength(2);
});

test("judgeBuilds refuses a build that was ill before the fault", () => {
  const summary = summaryOf("naive", { answers: { "500": 100 }, held: slow, health: { ...slow, good: 0 } });
  const phases = summary.phases.map((phase) =>
    phase.phase === "healthy" ? { ...phase, answers: { "500": 100 } } : phase,
  );

  expect(broken({ ...summary, phases })[0]).toStartWith("is clean while the database is healthy");
});

test("renderReport shows each phase side by side, the seconds by phase and each verdict with what was found", () => {
  const summaries = [summaryOf("naive", { failures: { timeout: 7 } }), summaryOf("linehold")];
  const verdicts = judgeBuilds(summaries, PROMISED);
  const facts = {
    seconds: 4,
    rate: 300,
    heldTenants: 200,
    newShare: 0.2,
    poolMax: 4,
    gunicornThreads: 1,
    seed: 1,
  };

  const report = renderReport(summaries, { facts, verdicts });

  expect(report).toContain("without a right answer    timeout: 7                        none");
  expect(report).toContain("0.0 % / 80.0 % / 20.0 %");
  expect(report).toContain("ffff|ffff|ffff|ffff|ffff|ffff|ffff");
  expect(report).toContain("  NO   naive fails on p99 (above 75 ms): 20 ms");
  expect(report).toContain("  yes  linehold 0 processes that ended by themselves: 0");
  expect(report).toEndWith(`2 of ${verdicts.length} verdicts do not hold`);
});
