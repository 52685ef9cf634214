import type { PoolEvent, PoolStats } from "../pool/mod.ts";
import { CAUSES } from "./causes.ts";
import { oneOf, type Series, SHORT_SECONDS } from "./series.ts";

/** What pools do, as series labelled by the pool's name. */
export interface PoolMetrics {
  watch(pool: string, stats: () => PoolStats): void;
  /** Feeds one pool's events. */
  observe(pool: string): (event: PoolEvent) => void;
}

/** Why the pool itself ends connections; the list of `slots.ts` and `lease.ts`. */
const REASONS = [
  "abandoned",
  "breaker_opened",
  "closed",
  "connect_failed",
  "idle",
  "in_doubt",
  "lifetime",
  "lost",
  "probe_failed",
  "renewed",
  "resized",
  "silent",
];

export function createPoolMetrics(series: Series): PoolMetrics {
  const pools = new Map<string, () => PoolStats>();
  watchStats(series, pools);
  const tell = createTellers(series);
  return {
    watch: (pool, stats) => void pools.set(pool, stats),
    observe: (pool) => (event) => tell(pool, event),
  };
}

function watchStats(series: Series, pools: ReadonlyMap<string, () => PoolStats>): void {
  const gauge = (name: string, help: string, value: (stats: PoolStats) => number) =>
    series.watched({ kind: "gauge", name: `linehold_pool_${name}`, help, labels: ["pool"] }, () =>
      [...pools].map(([pool, stats]) => [value(stats()), pool] as const),
    );
  gauge("connections_max", "Connections at most", ({ max }) => max);
  gauge("connections", "Connections now, being opened ones included", ({ total }) => total);
  gauge("idle", "Connections at rest", ({ idle }) => idle);
  gauge("leased", "Connections in use", ({ leased }) => leased);
  gauge("abandoned", "Connections whose statement nobody waits for any more", ({ abandoned }) => abandoned);
  gauge("waiting", "Callers in line for a connection", ({ waiting }) => waiting);
  gauge("breaker_open", "Whether the breaker is open", ({ breaker }) => (breaker.kind === "open" ? 1 : 0));
}

function createTellers(series: Series): (pool: string, event: PoolEvent) => void {
  const counter = (name: string, help: string, ...labels: string[]) =>
    series.counter({ name: `linehold_pool_${name}_total`, help, labels: ["pool", ...labels] });
  const times = (name: string, help: string) =>
    series.histogram({
      name: `linehold_pool_${name}_seconds`,
      help,
      labels: ["pool"],
      seconds: SHORT_SECONDS,
    });
  const wait = times("wait", "Time from asking for a connection to having it");
  const hold = times("hold", "Time a connection was held");
  const connect = times("connect", "Time to open a connection");
  const refused = counter("leases_refused", "Leases refused, by cause and criticality", "cause", "class");
  const failed = counter("connections_failed", "Connections that could not be opened", "cause");
  const closed = counter("connections_closed", "Connections ended, by reason", "reason");
  const cancelled = counter("statements_cancelled", "Abandoned statements ended with their connection kept");
  const overheld = counter("leases_overheld", "Leases held longer than a borrower should");
  const opened = counter("breaker_opened", "Times the breaker opened", "cause");
  const cause = oneOf(CAUSES);
  const reason = oneOf(REASONS);
  return (pool, event) => {
    switch (event.type) {
      case "lease_taken":
        return wait(event.waitedMs, pool);
      case "lease_returned":
        return hold(event.heldMs, pool);
      case "lease_refused":
        return refused(pool, cause(event.code), event.criticality);
      case "connection_opened":
        return connect(event.tookMs, pool);
      case "connection_failed":
        return failed(pool, cause(event.code));
      case "connection_closed":
        return closed(pool, reason(event.reason));
      case "statement_cancelled":
        return cancelled(pool);
      case "lease_overheld":
        return overheld(pool);
      case "breaker_opened":
        return opened(pool, cause(event.cause));
      case "breaker_closed":
    }
  };
}
