import type { BuildName, WorkDone } from "../builds/build.ts";
import type { FaultName } from "../timeline.ts";
import type { PhaseSummary } from "./summary.ts";

/** Everything measured on one build. */
export interface BuildSummary {
  readonly build: BuildName;
  readonly about: string;
  readonly phases: readonly PhaseSummary[];
  /** A letter a second for tenants held before and for new ones. */
  readonly strip: { readonly held: string; readonly newcomers: string };
  /** After each fault, how long until a brand changed at the moment of healing was served; null if never in its phase. */
  readonly recoveries: readonly Recovery[];
  /** Its processes that ended by themselves. */
  readonly endings: readonly string[];
  /** What its workers did during the load. */
  readonly work: WorkDone;
  /** The generator's own delay and its most connections: what the figures owe to it. */
  readonly generator: { readonly latestMs: number; readonly connectionsMost: number };
}

export interface Recovery {
  readonly after: FaultName;
  readonly servedMs: number | null;
}

export interface Bounds {
  readonly heldP99Ms: number;
  /** The hard deadline and what the answer itself takes. */
  readonly newP99Ms: number;
  readonly newSettledP99Ms: number;
  readonly healthMs: number;
  readonly recoveryMs: number;
}

/** What is promised of Linehold: hard deadline 1.5 s, and 25 ms for the answer. */
export const PROMISED: Bounds = {
  heldP99Ms: 75,
  newP99Ms: 1525,
  newSettledP99Ms: 75,
  healthMs: 50,
  recoveryMs: 5000,
};

export interface Verdict {
  readonly build: BuildName;
  readonly claim: string;
  readonly holds: boolean;
  /** What was measured. */
  readonly found: string;
}

/** Every claim about every build measured. The replay proves something only if all hold, the failures of the others too. */
export function judgeBuilds(summaries: readonly BuildSummary[], bounds: Bounds): readonly Verdict[] {
  return summaries.flatMap((summary) => {
    const verdicts =
      summary.build === "linehold" ? judgeLinehold(summary, bounds) : judgeFirst(summary, bounds);
    return [judgeHealthyPhase(summary, bounds), judgeWork(summary), ...verdicts].map((verdict) => ({
      build: summary.build,
      ...verdict,
    }));
  });
}

type Finding = Omit<Verdict, "build">;

function judgeLinehold({ endings, phases, recoveries }: BuildSummary, bounds: Bounds): Finding[] {
  const faults = phases.filter(({ fault }) => fault !== undefined);
  const served = recoveries.map(({ servedMs }) => servedMs ?? Number.POSITIVE_INFINITY);
  const slowest = served.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...served);
  return [
    nothing("answers other than 200, or with another tenant's bytes", sum(phases, wrongAnswers)),
    nothing("resets, empty replies, refusals and timeouts", sum(phases, unanswered)),
    atMost(
      "p99 of tenants held before",
      bounds.heldP99Ms,
      worst(phases, ({ held }) => held.p99Ms),
    ),
    atMost(
      "p99 of new tenants",
      bounds.newP99Ms,
      worst(phases, ({ newcomers }) => newcomers.p99Ms),
    ),
    atMost(
      "p99 of new tenants from 2 s after a fault begins",
      bounds.newSettledP99Ms,
      worst(faults, ({ newcomersSettled }) => newcomersSettled.p99Ms),
    ),
    nothing(
      "health checks without a 200",
      sum(phases, ({ health }) => health.count - health.good),
    ),
    atMost(
      "slowest health check",
      bounds.healthMs,
      worst(phases, ({ health }) => health.maxMs),
    ),
    {
      claim: "stale and default answers in every fault, by Cache-Status",
      holds:
        faults.length > 0 && faults.every(({ provenance }) => provenance.stale > 0 && provenance.default > 0),
      found: faults
        .map(({ phase, provenance }) => `${phase} ${provenance.stale} and ${provenance.default}`)
        .join(", "),
    },
    atMost("a brand changed at the moment of healing is served", bounds.recoveryMs, slowest),
    {
      ...nothing("processes that ended by themselves", endings.length),
      ...(endings.length > 0 && { found: endings.join(", ") }),
    },
  ];
}

/** The naive build must fail on answers, p99 and health; the remedied one on p99 and health. Else the faults are too mild. */
function judgeFirst({ build, phases }: BuildSummary, bounds: Bounds): Finding[] {
  const faults = phases.filter(({ fault }) => fault !== undefined);
  const answers = sum(faults, wrongAnswers) + sum(faults, unanswered);
  const p99 = worst(faults, ({ held }) => held.p99Ms);
  const health = worst(faults, ({ health }) => health.maxMs);
  const ill = sum(faults, (phase) => phase.health.count - phase.health.good);
  const failures: Finding[] = [
    {
      claim: `fails on p99 (above ${bounds.heldP99Ms} ms)`,
      holds: p99 > bounds.heldP99Ms,
      found: milliseconds(p99),
    },
    {
      claim: `fails on health (not 200, or above ${bounds.healthMs} ms)`,
      holds: ill > 0 || health > bounds.healthMs,
      found: `${ill} not 200, slowest ${milliseconds(health)}`,
    },
  ];
  if (build === "remedied") return failures;
  return [{ claim: "fails on answers", holds: answers > 0, found: `${answers} not right` }, ...failures];
}

/** A build that is ill before the fault would prove nothing about the fault. */
function judgeHealthyPhase({ phases }: BuildSummary, bounds: Bounds): Finding {
  const healthy = phases.filter(({ phase }) => phase === "healthy");
  const bad = sum(healthy, wrongAnswers) + sum(healthy, unanswered);
  const p99 = worst(healthy, ({ held, newcomers }) => Math.max(held.p99Ms, newcomers.p99Ms));
  return {
    claim: `is clean while the database is healthy (p99 at most ${bounds.heldP99Ms} ms)`,
    holds: healthy.length > 0 && bad === 0 && p99 <= bounds.heldP99Ms,
    found: `${bad} not right, p99 ${milliseconds(p99)}`,
  };
}

function judgeWork({ work }: BuildSummary): Finding {
  return {
    claim: "has both workers busy",
    holds: work.prices > 0 && work.bets > 0,
    found: `${work.prices} prices written, ${work.bets} bets settled`,
  };
}

function nothing(what: string, count: number): Finding {
  return { claim: `0 ${what}`, holds: count === 0, found: String(count) };
}

function atMost(what: string, boundMs: number, foundMs: number): Finding {
  return { claim: `${what} within ${boundMs} ms`, holds: foundMs <= boundMs, found: milliseconds(foundMs) };
}

function milliseconds(ms: number): string {
  return Number.isFinite(ms) ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : "never";
}

function wrongAnswers({ answers, failures }: PhaseSummary): number {
  const others = Object.entries(answers).filter(([status]) => status !== "200");
  return others.reduce((total, [, count]) => total + count, 0) + (failures["foreign"] ?? 0);
}

function unanswered({ failures }: PhaseSummary): number {
  const endings = Object.entries(failures).filter(([ending]) => ending !== "foreign");
  return endings.reduce((total, [, count]) => total + count, 0);
}

function sum(phases: readonly PhaseSummary[], of: (phase: PhaseSummary) => number): number {
  return phases.reduce((total, phase) => total + of(phase), 0);
}

function worst(phases: readonly PhaseSummary[], of: (phase: PhaseSummary) => number): number {
  return Math.max(0, ...phases.map(of));
}
