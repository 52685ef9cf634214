import { expect, test } from "bun:test";
import { Histogram, Registry } from "prom-client";
import { createRequestTally } from "../../src/health/request_tally.ts";

test("the request tally counts by route, method and status, and takes unknown methods for one", () => {
  const tally = createRequestTally();
  const answered = (method: string, status: number) => tally.answered({ route: "/a", method, status, ms: 1 });

  for (const method of ["GET", "GET", "HEAD", "PURGE", "BREW"]) answered(method, 200);
  answered("GET", 304);

  expect([...tally.counts()]).toEqual([
    { route: "/a", method: "GET", status: 200, count: 2 },
    { route: "/a", method: "GET", status: 304, count: 1 },
    { route: "/a", method: "HEAD", status: 200, count: 1 },
    { route: "/a", method: "other", status: 200, count: 2 },
  ]);
});

test("the request tally renders what a histogram of prom-client would", async () => {
  const tally = createRequestTally();
  const registry = new Registry();
  const histogram = new Histogram({
    name: "linehold_http_request_seconds",
    help: "Time from the request's arrival at the door to its answer",
    labelNames: ["route"],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 1.6, 3],
    registers: [registry],
  });
  for (const [route, ms] of [
    ["/a", 0.5],
    ["/a", 1],
    ["/b", 1.5],
    ["/a", 3000],
    ["/b", 3500],
  ] as const) {
    tally.answered({ route, method: "GET", status: 200, ms });
    histogram.observe({ route }, ms / 1000);
  }

  expect(tally.renderDurations()).toBe(await registry.metrics());
});
