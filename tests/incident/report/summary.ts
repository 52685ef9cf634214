import { type Audience, isGood, type Outcome, type Provenance } from "../load/outcome.ts";
import type { FaultName, Phase, PhaseName } from "../timeline.ts";
import { type Latency, latencyOf } from "./percentile.ts";

/** What visitors and the platform got in one phase. A request belongs to the phase it was scheduled in. */
export interface PhaseSummary {
  readonly phase: PhaseName;
  readonly fault: FaultName | undefined;
  /** Answers to visitors by status, as `{"200": 1431}`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Visitors' requests without an answer, by how they ended; and `foreign`, answers with another tenant's bytes. */
  readonly failures: Readonly<Record<string, number>>;
  readonly held: Latency;
  readonly newcomers: Latency;
  /** New tenants from two seconds after the phase began. */
  readonly newcomersSettled: Latency;
  readonly health: Latency & { readonly good: number };
  /** Good answers by what their `Cache-Status` says. */
  readonly provenance: Readonly<Record<Provenance, number>>;
}

/** By then a fault is known, and nobody waits for the database any more. */
export const SETTLED_AFTER_MS = 2000;

export function summarisePhase(phase: Phase, outcomes: readonly Outcome[]): PhaseSummary {
  const within = outcomes.filter(({ atMs }) => atMs >= phase.fromMs && atMs < phase.toMs);
  const visitors = within.filter(({ audience }) => audience !== "health");
  const health = within.filter(({ audience }) => audience === "health");
  const settled = visitors.filter(({ atMs }) => atMs >= phase.fromMs + SETTLED_AFTER_MS);
  return {
    phase: phase.name,
    fault: phase.fault,
    answers: countBy(visitors, ({ status }) => (status === undefined ? undefined : String(status))),
    failures: countBy(visitors, failureOf),
    held: latencyOfAudience(visitors, "held"),
    newcomers: latencyOfAudience(visitors, "new"),
    newcomersSettled: latencyOfAudience(settled, "new"),
    health: { ...latencyOf(health.map(({ tookMs }) => tookMs)), good: health.filter(isGood).length },
    provenance: {
      fresh: 0,
      stale: 0,
      default: 0,
      ...countBy(visitors, (outcome) => (isGood(outcome) ? outcome.provenance : undefined)),
    },
  };
}

/** In the strip, a second in which most waited longer than this has a capital. */
const LONG_MS = 1000;

/**
 * One letter a second: f, s or d for what most got, in capitals when most waited longer than a second; x when any
 * failed; a blank when nobody asked.
 */
export function stripOf(
  outcomes: readonly Outcome[],
  { audience, seconds }: { audience: Audience; seconds: number },
): string {
  const asked = outcomes.filter((outcome) => outcome.audience === audience);
  return Array.from({ length: seconds }, (_, second) =>
    letterOf(asked.filter(({ atMs }) => Math.floor(atMs / 1000) === second)),
  ).join("");
}

function letterOf(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return " ";
  if (!outcomes.every(isGood)) return "x";
  const counts = Object.entries(countBy(outcomes, ({ provenance }) => provenance ?? "fresh"));
  const letter = counts.toSorted(([, a], [, b]) => b - a)[0]?.[0].charAt(0) ?? " ";
  const { p50Ms } = latencyOf(outcomes.map(({ tookMs }) => tookMs));
  return p50Ms > LONG_MS ? letter.toUpperCase() : letter;
}

function failureOf({ ending, foreign }: Outcome): string | undefined {
  if (foreign) return "foreign";
  return ending === "answered" ? undefined : ending;
}

function latencyOfAudience(outcomes: readonly Outcome[], audience: Audience): Latency {
  return latencyOf(outcomes.filter((outcome) => outcome.audience === audience).map(({ tookMs }) => tookMs));
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
