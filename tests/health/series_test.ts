import { expect, test } from "bun:test";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { createSeries, oneOf } from "../../src/health/series.ts";

/** Lines in any order: prom-client writes series as they came, too, but groups them otherwise. */
const linesOf = (text: string) => text.split("\n").filter(Boolean).sort();

test("series write what prom-client would, to the last digit", async () => {
  const registers = [new Registry()];
  const series = createSeries();
  const seconds = [0.001, 0.01, 0.1, 1];
  const theirs = {
    count: new Counter({ name: "a_total", help: "A", labelNames: ["route", "status"], registers }),
    bare: new Counter({ name: "bare_total", help: "Bare", registers }),
    times: new Histogram({
      name: "b_seconds",
      help: "B",
      labelNames: ["route"],
      buckets: seconds,
      registers,
    }),
    gauge: new Gauge({ name: "c", help: "C", labelNames: ["pool"], registers }),
  };
  const ours = {
    count: series.counter({ name: "a_total", help: "A", labels: ["route", "status"] }),
    bare: series.counter({ name: "bare_total", help: "Bare" }),
    times: series.histogram({ name: "b_seconds", help: "B", labels: ["route"], seconds }),
  };
  series.watched({ kind: "gauge", name: "c", help: "C", labels: ["pool"] }, () => [[4.5, 'odd "name"\\\n']]);
  theirs.gauge.set({ pool: 'odd "name"\\\n' }, 4.5);
  for (const [route, status] of [
    ["/a", "200"],
    ["/a", "200"],
    ["/b", "404"],
  ] as const) {
    theirs.count.inc({ route, status });
    ours.count(route, status);
  }
  for (const ms of [0, 1, 1.5, 10, 99, 3000]) {
    theirs.times.observe({ route: "/a" }, ms / 1000);
    ours.times(ms, "/a");
  }
  expect(linesOf(series.text())).toEqual(linesOf((await registers[0]?.metrics()) ?? ""));
});

test("what is watched has the value of the moment it is asked for, and none is left out", () => {
  const series = createSeries();
  let value: number | undefined;
  series.watched({ kind: "counter", name: "seen_total", help: "Seen" }, () => [[value]]);

  const before = series.text();
  value = 7;

  expect(before).not.toMatch(/^seen_total /m);
  expect(series.text()).toContain("\nseen_total 7\n");
});

test("a label has the values it may have, and all others are one", () => {
  const cause = oneOf(["pool_exhausted", "database_slow"]);

  expect([cause("database_slow"), cause("whatever"), cause(undefined)]).toEqual([
    "database_slow",
    "other",
    "other",
  ]);
});
