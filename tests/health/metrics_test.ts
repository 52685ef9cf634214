import { expect, test } from "bun:test";
import { createVitals } from "../../src/health/mod.ts";
import type { ReadEvent } from "../../src/reads/mod.ts";
import { manualClock } from "../harness/mod.ts";

type Answered = Extract<ReadEvent, { type: "read_answered" }>["outcome"];

function openStage() {
  const clock = manualClock();
  const vitals = createVitals({ process: "web", isDraining: () => false }, { clock });
  const text = async () => (await vitals.metrics()).text;
  return { vitals, text };
}

test("a pool's events are counted by cause, class and reason, and timed", async () => {
  const { vitals, text } = openStage();
  const observe = vitals.observePool("read");

  observe({ type: "lease_taken", waitedMs: 3 });
  observe({ type: "lease_returned", heldMs: 40 });
  observe({ type: "lease_refused", code: "pool_exhausted", criticality: "catalogue", waitedMs: 1500 });
  observe({ type: "lease_refused", code: "pool_exhausted", criticality: "placement", waitedMs: 1500 });
  observe({ type: "connection_opened", tookMs: 6 });
  observe({ type: "connection_failed", code: "database_unreachable" });
  observe({ type: "connection_closed", reason: "lifetime" });
  observe({ type: "connection_closed", reason: "a reason nobody listed" });
  observe({ type: "statement_cancelled" });
  observe({ type: "lease_overheld", heldMs: 11_000, borrower: "Error: Leased here" });
  observe({ type: "breaker_opened", cause: "database_slow" });
  observe({ type: "breaker_closed", openMs: 10 });

  for (const line of [
    'linehold_pool_wait_seconds_bucket{le="0.005",pool="read"} 1',
    'linehold_pool_wait_seconds_bucket{le="0.0025",pool="read"} 0',
    'linehold_pool_hold_seconds_sum{pool="read"} 0.04',
    'linehold_pool_leases_refused_total{pool="read",cause="pool_exhausted",class="catalogue"} 1',
    'linehold_pool_leases_refused_total{pool="read",cause="pool_exhausted",class="placement"} 1',
    'linehold_pool_connect_seconds_count{pool="read"} 1',
    'linehold_pool_connections_failed_total{pool="read",cause="database_unreachable"} 1',
    'linehold_pool_connections_closed_total{pool="read",reason="lifetime"} 1',
    'linehold_pool_connections_closed_total{pool="read",reason="other"} 1',
    'linehold_pool_statements_cancelled_total{pool="read"} 1',
    'linehold_pool_leases_overheld_total{pool="read"} 1',
    'linehold_pool_breaker_opened_total{pool="read",cause="database_slow"} 1',
  ])
    expect(await text()).toContain(`\n${line}\n`);
});

test("reads are counted by plan and state, their causes, waits, ages and loads told", async () => {
  const { vitals, text } = openStage();
  const counts = { fresh: 90, stale: 8, default: 1, failed: 1 };
  vitals.watchReads({ stats: () => ({ branding: { counts, size: 12, bytes: 34_000 } }) });
  const answered = (outcome: Pick<Answered, "state" | "ageMs" | "waitedMs"> & Partial<Answered>) =>
    vitals.observeReads({
      type: "read_answered",
      plan: "branding",
      outcome: { attempts: 0, shared: false, ...outcome },
    });

  answered({ state: "fresh", ageMs: 0, waitedMs: 30, attempts: 1, shared: true });
  answered({ state: "stale", ageMs: 200_000, waitedMs: 50, cause: "refreshing" });
  answered({ state: "stale", ageMs: 200_000, waitedMs: 0, cause: "whatever" });
  vitals.observeReads({ type: "load_succeeded", plan: "branding", tookMs: 30, attempts: 1 });
  vitals.observeReads({
    type: "load_failed",
    plan: "branding",
    cause: "database_slow",
    tookMs: 1500,
    attempts: 2,
  });
  vitals.observeReads({ type: "load_called_off", plan: "branding", tookMs: 20, attempts: 1 });
  vitals.observeReads({ type: "retry_refused" });

  for (const line of [
    'linehold_reads_total{plan="branding",state="fresh"} 90',
    'linehold_reads_total{plan="branding",state="failed"} 1',
    'linehold_held_values{plan="branding"} 12',
    'linehold_held_bytes{plan="branding"} 34000',
    'linehold_read_wait_seconds_count{plan="branding"} 2',
    'linehold_read_stale_age_seconds_bucket{le="300",plan="branding"} 2',
    'linehold_read_stale_age_seconds_bucket{le="60",plan="branding"} 0',
    'linehold_read_causes_total{plan="branding",cause="refreshing"} 1',
    'linehold_read_causes_total{plan="branding",cause="other"} 1',
    'linehold_reads_shared_total{plan="branding"} 1',
    'linehold_loads_total{plan="branding",outcome="ok"} 1',
    'linehold_loads_total{plan="branding",outcome="database_slow"} 1',
    'linehold_loads_total{plan="branding",outcome="called_off"} 1',
    'linehold_load_attempts_total{plan="branding"} 4',
    "linehold_retries_refused_total 1",
  ])
    expect(await text()).toContain(`\n${line}\n`);
});

test("the status page says how old the oldest stale answer of the last minute was", () => {
  const { vitals } = openStage();
  for (const ageMs of [61_000, 412_000])
    vitals.answerServed({
      kind: "answer_served",
      what: "branding",
      key: "acme",
      state: "stale",
      cause: "database_slow",
      ageMs,
    });

  expect(vitals.status().words[0]).toContain(
    "100 % a stored value past its freshness (up to 412 s old). Since ",
  );
  expect(vitals.status().words[1]).toContain("POST /stale-only");
});
