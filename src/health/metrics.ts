import type { AnswerServed, RequestAnswered } from "../http/mod.ts";
import type { PoolEvent, PoolStats } from "../pool/mod.ts";
import type { ReadEvent, Reads } from "../reads/mod.ts";
import type { Beat } from "../worker/mod.ts";
import { createPoolMetrics } from "./pool_metrics.ts";
import { createReadMetrics } from "./read_metrics.ts";
import { createSeries, type Series, type SeriesOptions } from "./series.ts";

/** Counters, gauges and histograms of one process. Every label has a closed set of values. */
export interface Metrics {
  requestAnswered(event: RequestAnswered): void;
  requestFailed(): void;
  answerServed(event: AnswerServed): void;
  watchPool(name: string, stats: () => PoolStats): void;
  observePool(name: string): (event: PoolEvent) => void;
  watchReads(reads: Pick<Reads, "stats">): void;
  observeReads(event: ReadEvent): void;
  watchLoop(name: string, beat: () => Beat): void;
  watchNumber(
    options: Pick<SeriesOptions, "name" | "help"> & { readonly kind: "gauge" | "counter" },
    value: () => number | undefined,
  ): void;
  watchCounters(
    options: Pick<SeriesOptions, "name" | "help"> & { readonly label: string },
    values: () => Readonly<Record<string, number>>,
  ): void;
  /** In Prometheus' text format. */
  text(): string;
}

const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

/** The metrics of a process. Names begin with `linehold_`; durations are in seconds, as Prometheus asks. */
export function createMetrics(): Metrics {
  const series = createSeries();
  const requests = series.counter({
    name: "linehold_http_requests_total",
    help: "Requests answered, by declared route",
    labels: ["route", "method", "status"],
  });
  const durations = series.histogram({
    name: "linehold_http_request_seconds",
    help: "Time from the request's arrival at the door to its answer",
    labels: ["route"],
    seconds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 1.6, 3],
  });
  const failures = series.counter({
    name: "linehold_http_failures_total",
    help: "Requests that ended in a bug of ours",
  });
  const answers = series.counter({
    name: "linehold_answers_total",
    help: "Answers that came through a cache, by how good they were",
    labels: ["what", "state"],
  });
  const pools = createPoolMetrics(series);
  const reads = createReadMetrics(series);
  return {
    requestAnswered({ route, method, status, ms, times }) {
      requests(route, METHODS.has(method) ? method : "other", `${status}`, times);
      durations(ms, route, undefined, undefined, times);
    },
    requestFailed: () => failures(),
    answerServed: ({ what, state, times }) => answers(what, state, undefined, times),
    watchPool: pools.watch,
    observePool: pools.observe,
    watchReads: reads.watch,
    observeReads: reads.observe,
    watchLoop: watchLoops(series),
    watchNumber: (options, value) => series.watched(options, () => [[value()]]),
    watchCounters: ({ label, ...options }, values) =>
      series.watched({ ...options, kind: "counter", labels: [label] }, () =>
        Object.entries(values()).map(([name, value]) => [value, name] as const),
      ),
    text: series.text,
  };
}

function watchLoops(series: Series): Metrics["watchLoop"] {
  const loops = new Map<string, () => Beat>();
  const gauge = (name: string, help: string, value: (beat: Beat) => number) =>
    series.watched({ kind: "gauge", name: `linehold_loop_${name}`, help, labels: ["loop"] }, () =>
      [...loops].map(([loop, beat]) => [value(beat()), loop] as const),
    );
  gauge(
    "last_step_age_seconds",
    "Time since the last step ended well",
    ({ lastStepAgeMs }) => lastStepAgeMs / 1000,
  );
  gauge("resting", "Whether the loop rests", ({ resting }) => (resting ? 1 : 0));
  gauge("steps", "Steps that ended well since the start", ({ steps }) => steps);
  gauge("failures", "Steps that failed since the start", ({ failures }) => failures);
  return (name, beat) => void loops.set(name, beat);
}
