import { Counter, collectDefaultMetrics, Gauge, type Registry } from "prom-client";
import type { AnswerServed, RequestAnswered } from "../http/mod.ts";
import type { PoolStats } from "../pool/mod.ts";
import type { Beat } from "../worker/mod.ts";
import { createRequestTally } from "./request_tally.ts";

/** Counters and gauges of one process, in the registry it was given. Every label has a closed set of values. */
export interface Metrics {
  requestAnswered(event: RequestAnswered): void;
  requestFailed(): void;
  answerServed(event: AnswerServed): void;
  watchPool(name: string, stats: () => PoolStats): void;
  watchLoop(name: string, beat: () => Beat): void;
  watchGauge(name: string, help: string, value: () => number | undefined): void;
  /** All of them as Prometheus text. */
  render(): Promise<string>;
}

/** The metrics of a process. Names begin with `linehold_`; durations are in seconds, as Prometheus asks. */
export function createMetrics(registry: Registry): Metrics {
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = createRequestTally();
  new Counter({
    name: "linehold_http_requests_total",
    help: "Requests answered, by declared route",
    labelNames: ["route", "method", "status"],
    registers,
    collect() {
      this.reset();
      for (const { count, ...labels } of requests.counts()) this.inc(labels, count);
    },
  });
  const failures = new Counter({
    name: "linehold_http_failures_total",
    help: "Requests that ended in a bug of ours",
    registers,
  });
  const answers = new Map<string, Map<AnswerServed["state"], number>>();
  new Counter({
    name: "linehold_answers_total",
    help: "Answers that came through a cache, by how good they were",
    labelNames: ["what", "state"],
    registers,
    collect() {
      this.reset();
      for (const [what, states] of answers)
        for (const [state, count] of states) this.inc({ what, state }, count);
    },
  });
  const watchGauge: Metrics["watchGauge"] = (name, help, value) => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const now = value();
        if (now === undefined) this.remove();
        else this.set(now);
      },
    });
  };
  return {
    requestAnswered: requests.answered,
    requestFailed: () => failures.inc(),
    answerServed({ what, state }) {
      const states = answers.get(what) ?? new Map<AnswerServed["state"], number>();
      if (states.size === 0) answers.set(what, states);
      states.set(state, (states.get(state) ?? 0) + 1);
    },
    watchGauge,
    watchPool: watchPools(registers),
    watchLoop: watchLoops(registers),
    render: async () => `${await registry.metrics()}\n${requests.renderDurations()}`,
  };
}

function watchPools(registers: Registry[]): Metrics["watchPool"] {
  const pools = new Map<string, () => PoolStats>();
  const gauge = (name: string, help: string, value: (stats: PoolStats) => number) =>
    new Gauge({
      name: `linehold_pool_${name}`,
      help,
      labelNames: ["pool"],
      registers,
      collect() {
        for (const [pool, stats] of pools) this.set({ pool }, value(stats()));
      },
    });
  gauge("connections_max", "Connections at most", ({ max }) => max);
  gauge("connections", "Connections now, being opened ones included", ({ total }) => total);
  gauge("idle", "Connections at rest", ({ idle }) => idle);
  gauge("leased", "Connections in use", ({ leased }) => leased);
  gauge("abandoned", "Connections whose statement nobody waits for any more", ({ abandoned }) => abandoned);
  gauge("waiting", "Callers in line for a connection", ({ waiting }) => waiting);
  gauge("breaker_open", "Whether the breaker is open", ({ breaker }) => (breaker.kind === "open" ? 1 : 0));
  return (name, stats) => void pools.set(name, stats);
}

function watchLoops(registers: Registry[]): Metrics["watchLoop"] {
  const loops = new Map<string, () => Beat>();
  const gauge = (name: string, help: string, value: (beat: Beat) => number) =>
    new Gauge({
      name: `linehold_loop_${name}`,
      help,
      labelNames: ["loop"],
      registers,
      collect() {
        for (const [loop, beat] of loops) this.set({ loop }, value(beat()));
      },
    });
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
