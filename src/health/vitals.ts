import { collectDefaultMetrics, Registry } from "prom-client";
import type { AnswerServed, RequestAnswered } from "../http/mod.ts";
import type { Pool, PoolEvent } from "../pool/mod.ts";
import type { ReadEvent, Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { Loop } from "../worker/mod.ts";
import { createMetrics } from "./metrics.ts";
import { poolWords, type Status, type StatusPart, visitorWords } from "./status.ts";
import { createVisitors } from "./visitors.ts";

export interface VitalsOptions {
  /** The process group, as in `worker_odds`. */
  readonly process: string;
  /** Whether `/readyz` refuses. */
  readonly isDraining: () => boolean;
  /** Whether that is since the process ends, and not since an operator asked; the same by default. */
  readonly isStopping?: () => boolean;
}

export interface VitalsDeps {
  readonly clock: Clock;
}

/** How one process is: fed by what happens in it, read by its private listener. */
export interface Vitals {
  requestAnswered(event: RequestAnswered): void;
  requestFailed(): void;
  answerServed(event: AnswerServed): void;
  watchPool(name: string, pool: Pick<Pool, "stats">): void;
  /** Takes the events of one pool. */
  observePool(name: string): (event: PoolEvent) => void;
  watchReads(reads: Pick<Reads, "stats">): void;
  observeReads(event: ReadEvent): void;
  watchLoop(name: string, loop: Pick<Loop, "beat">): void;
  /** A number of the process's own; `undefined` leaves it out for now. */
  watchGauge(name: string, help: string, value: () => number | undefined): void;
  /** The same for a number that only grows. */
  watchCounter(name: string, help: string, value: () => number): void;
  /** The same for several of a kind, told apart by a label of a closed set of values. */
  watchCounters(
    options: { readonly name: string; readonly help: string; readonly label: string },
    values: () => Readonly<Record<string, number>>,
  ): void;
  /** A part of the process that has something to say; the first to be watched has the first words. */
  watchPart(name: string, look: () => StatusPart): void;
  status(): Status;
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** The vitals of a process that has just started. */
export function createVitals(
  { process: name, isDraining, isStopping = isDraining }: VitalsOptions,
  { clock }: VitalsDeps,
): Vitals {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = createMetrics();
  const visitors = createVisitors({ clock });
  const pools = new Map<string, Pick<Pool, "stats">>();
  const loops = new Map<string, Pick<Loop, "beat">>();
  const parts = new Map<string, () => StatusPart>();
  const startedAt = clock.now();
  let answered = false;

  const status = (): Status => {
    const report = visitors.report();
    const atMs = clock.epochMs();
    const since =
      report.degradedForMs === undefined ? null : new Date(atMs - report.degradedForMs).toISOString();
    const stats = Object.fromEntries([...pools].map(([pool, watched]) => [pool, watched.stats()]));
    const draining = isDraining();
    const told = [...parts].map(([part, look]) => [part, look()] as const);
    return {
      process: name,
      at: new Date(atMs).toISOString(),
      upSeconds: Math.round((clock.now() - startedAt) / 1000),
      draining,
      ...(answered && { visitors: report }),
      degradedSince: since,
      pools: stats,
      loops: Object.fromEntries([...loops].map(([loop, watched]) => [loop, watched.beat()])),
      parts: Object.fromEntries(told.map(([part, { detail }]) => [part, detail])),
      words: [
        ...(isStopping() ? ["This process is stopping."] : []),
        ...told.flatMap(([, { words }]) => words),
        ...(answered ? visitorWords(report, since) : []),
        ...poolWords(stats, { now: clock.now(), epochMs: atMs }),
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
    observePool: metrics.observePool,
    watchReads: metrics.watchReads,
    observeReads: metrics.observeReads,
    watchLoop(loop, watched) {
      loops.set(loop, watched);
      metrics.watchLoop(loop, () => watched.beat());
    },
    watchGauge: (name, help, value) => metrics.watchNumber({ kind: "gauge", name, help }, value),
    watchCounter: (name, help, value) => metrics.watchNumber({ kind: "counter", name, help }, value),
    watchCounters: ({ name, help, label }, values) => metrics.watchCounters({ name, help, label }, values),
    watchPart: (part, look) => void parts.set(part, look),
    status,
    async metrics() {
      const ofProcess = await registry.metrics();
      return { text: `${ofProcess}\n${metrics.text()}`, contentType: registry.contentType };
    },
  };
}
