import { Registry } from "prom-client";
import type { AnswerServed, RequestAnswered } from "../http/mod.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { Loop } from "../worker/mod.ts";
import { createMetrics } from "./metrics.ts";
import { poolWords, type Status, visitorWords } from "./status.ts";
import { createVisitors } from "./visitors.ts";

export interface VitalsOptions {
  /** The process group, as in `worker_odds`. */
  readonly process: string;
  readonly isDraining: () => boolean;
}

export interface VitalsDeps {
  readonly clock: Clock;
  /** Where its metrics are kept; a registry of its own by default. */
  readonly registry?: Registry;
}

/** How one process is: fed by what happens in it, read by its private listener. */
export interface Vitals {
  requestAnswered(event: RequestAnswered): void;
  requestFailed(): void;
  answerServed(event: AnswerServed): void;
  watchPool(name: string, pool: Pick<Pool, "stats">): void;
  watchLoop(name: string, loop: Pick<Loop, "beat">): void;
  /** A number of the process's own; `undefined` leaves it out for now. */
  watchGauge(name: string, help: string, value: () => number | undefined): void;
  status(): Status;
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** The vitals of a process that has just started. */
export function createVitals(
  { process: name, isDraining }: VitalsOptions,
  { clock, registry = new Registry() }: VitalsDeps,
): Vitals {
  const metrics = createMetrics(registry);
  const visitors = createVisitors({ clock });
  const pools = new Map<string, Pick<Pool, "stats">>();
  const loops = new Map<string, Pick<Loop, "beat">>();
  const startedAt = clock.now();
  let answered = false;

  const status = (): Status => {
    const report = visitors.report();
    const atMs = clock.epochMs();
    const since =
      report.degradedForMs === undefined ? null : new Date(atMs - report.degradedForMs).toISOString();
    const stats = Object.fromEntries([...pools].map(([pool, watched]) => [pool, watched.stats()]));
    const draining = isDraining();
    return {
      process: name,
      at: new Date(atMs).toISOString(),
      upSeconds: Math.round((clock.now() - startedAt) / 1000),
      draining,
      ...(answered && { visitors: report }),
      degradedSince: since,
      pools: stats,
      loops: Object.fromEntries([...loops].map(([loop, watched]) => [loop, watched.beat()])),
      words: [
        ...(draining ? ["This process is stopping."] : []),
        ...(answered ? visitorWords(report, since) : []),
        ...poolWords(stats),
      ],
    };
  };
  return {
    requestAnswered: metrics.requestAnswered,
    requestFailed: metrics.requestFailed,
    answerServed(event) {
      answered = true;
      visitors.served(event);
      metrics.answerServed(event);
    },
    watchPool(pool, watched) {
      pools.set(pool, watched);
      metrics.watchPool(pool, () => watched.stats());
    },
    watchLoop(loop, watched) {
      loops.set(loop, watched);
      metrics.watchLoop(loop, () => watched.beat());
    },
    watchGauge: metrics.watchGauge,
    status,
    metrics: async () => ({ text: await metrics.render(), contentType: registry.contentType }),
  };
}
