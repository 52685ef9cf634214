import { expect, test } from "bun:test";
import { createVitals, servePrivate } from "../../src/health/mod.ts";
import type { PoolStats } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { getWithHost } from "../http/raw_socket.ts";

const clock = systemClock;
const closed = {
  max: 5,
  total: 2,
  idle: 1,
  leased: 1,
  connecting: 0,
  abandoned: 0,
  waiting: 0,
  breaker: { kind: "closed" },
} as const;

function openStage({ stats = () => closed as PoolStats } = {}) {
  const state = { draining: false };
  const vitals = createVitals({ process: "worker_odds", isDraining: () => state.draining }, { clock });
  vitals.watchPool("odds", { stats });
  vitals.watchLoop("feeds", { beat: () => ({ lastStepAgeMs: 1500, resting: true, steps: 7, failures: 2 }) });
  const server = servePrivate({ hostname: "127.0.0.1", port: 0 }, { vitals, clock });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  return { server, get, vitals, state, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test("/metrics is Prometheus text with the process's pools and loops", async () => {
  await using stage = openStage();

  const response = await stage.get("/metrics");
  const text = await response.text();

  expect(response.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  expect(text).toContain('linehold_pool_leased{pool="odds"} 1');
  expect(text).toContain('linehold_pool_breaker_open{pool="odds"} 0');
  expect(text).toContain('linehold_loop_last_step_age_seconds{loop="feeds"} 1.5');
  expect(text).toContain("process_cpu_seconds_total");
});

test("metrics of requests and answers have a closed set of labels, whatever visitors send", async () => {
  await using stage = openStage();
  for (const method of ["GET", "PURGE", "TRACE"]) {
    stage.vitals.requestAnswered({ kind: "request_answered", route: "none", method, status: 404, ms: 1 });
  }
  stage.vitals.answerServed({
    kind: "answer_served",
    what: "branding",
    key: "visitor-chosen",
    state: "fresh",
  });

  const text = await (await stage.get("/metrics")).text();

  expect(text).toContain('linehold_http_requests_total{route="none",method="GET",status="404"} 1');
  expect(text).toContain('linehold_http_requests_total{route="none",method="other",status="404"} 2');
  expect(text).toContain('linehold_answers_total{what="branding",state="fresh"} 1');
  expect(text).not.toContain("visitor-chosen");
});

test("a gauge of the process's own is left out while it has no value", async () => {
  await using stage = openStage();
  let age: number | undefined;
  stage.vitals.watchGauge("linehold_test_age_seconds", "A test's age", () => age);

  const before = await (await stage.get("/metrics")).text();
  age = 4;
  const after = await (await stage.get("/metrics")).text();

  expect(before).not.toMatch(/^linehold_test_age_seconds \d/m);
  expect(after).toContain("linehold_test_age_seconds 4");
});

test("/status says as JSON how pools and loops are", async () => {
  await using stage = openStage();

  const status = await (await stage.get("/status")).json();

  expect(status).toMatchObject({
    process: "worker_odds",
    draining: false,
    pools: { odds: { max: 5, leased: 1 } },
    loops: { feeds: { resting: true, steps: 7, failures: 2 } },
    degradedSince: null,
  });
});

test("/status says in plain words what visitors get, since when, why and what to look at", async () => {
  await using stage = openStage();
  for (let n = 0; n < 9; n += 1) {
    stage.vitals.answerServed({
      kind: "answer_served",
      what: "branding",
      key: "acme",
      state: "stale",
      cause: "pool_exhausted",
    });
  }
  stage.vitals.answerServed({
    kind: "answer_served",
    what: "sports",
    key: "all",
    state: "refused",
    cause: "pool_exhausted",
  });

  const asked = await (await stage.get("/status", { accept: "text/plain" })).text();
  const byPath = await (await stage.get("/status.txt")).text();

  for (const words of [asked, byPath]) {
    expect(words).toMatch(/90 % a stored value past its freshness, 10 % a refusal, .* Since \d{4}-/);
    expect(words).toContain("Cause pool_exhausted: Every connection is in use.");
  }
});

test("/status says that all is well when it is", async () => {
  await using stage = openStage();
  stage.vitals.answerServed({ kind: "answer_served", what: "branding", key: "acme", state: "fresh" });

  expect(await (await stage.get("/status.txt")).text()).toBe("Everything visitors see is fresh.\n");
});

test("/status says which pool refuses and what to do, as with a role that is wrong", async () => {
  const stats = (): PoolStats =>
    ({ ...closed, breaker: { kind: "open", cause: "database_misconfigured", since: 0 } }) as PoolStats;
  await using stage = openStage({ stats });

  const words = await (await stage.get("/status.txt")).text();

  expect(words).toMatch(
    /The odds pool refuses at once since \d{4}-.*Z\. Cause database_misconfigured: A password, a role, a grant/,
  );
});

test("the private listener has its own probes, for any Host header, and /readyz turns when draining begins", async () => {
  await using stage = openStage();

  expect((await getWithHost(stage.server.port, "/healthz", "user@evil")).status).toBe(200);
  expect((await stage.get("/readyz")).status).toBe(200);
  stage.state.draining = true;
  expect((await stage.get("/readyz")).status).toBe(503);
  expect((await stage.get("/healthz")).status).toBe(200);
});

test("nothing else is there, and nothing can be posted", async () => {
  await using stage = openStage();

  expect((await stage.get("/supersports/api/public/load-theme")).status).toBe(404);
  expect((await fetch(`${stage.server.url}/status`, { method: "POST" })).status).toBe(405);
});
