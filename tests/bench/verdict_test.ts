import { expect, test } from "bun:test";
import { renderTable } from "../../bench/measure/table.ts";
import { atLeast, atMost, exitCodeOf, notMeasured, round } from "../../bench/measure/verdict.ts";

test("atMost and atLeast hold at their bound and fail past it", () => {
  expect(atMost("cost", { found: 3, bound: 3 }).state).toBe("holds");
  expect(atMost("cost", { found: 3.01, bound: 3 }).state).toBe("fails");
  expect(atLeast("rate", { found: 0.95, bound: 0.95 }).state).toBe("holds");
  expect(atLeast("rate", { found: 0.949, bound: 0.95 }).state).toBe("fails");
});

test("a figure that is no number fails both ways", () => {
  expect(atMost("cost", { found: Number.NaN, bound: 3 }).state).toBe("fails");
  expect(atLeast("rate", { found: Number.NaN, bound: 0 }).state).toBe("fails");
});

test("a verdict says its bound and what was found, with their unit", () => {
  expect(atMost("a hit costs", { found: 2.3712, bound: 3, unit: "x" })).toEqual({
    claim: "a hit costs (bound 3 x)",
    state: "holds",
    found: "2.37 x",
  });
});

test("exitCodeOf fails for a claim that fails, and for one not measured only where all is required", () => {
  const good = atMost("cost", { found: 1, bound: 3 });
  const bad = atMost("cost", { found: 4, bound: 3 });
  const open = notMeasured("as fast as nginx", "nginx is not installed");

  expect(exitCodeOf([good], { requireAll: true })).toBe(0);
  expect(exitCodeOf([good, bad], { requireAll: false })).toBe(1);
  expect(exitCodeOf([good, open], { requireAll: false })).toBe(0);
  expect(exitCodeOf([good, open], { requireAll: true })).toBe(1);
});

test("round keeps three digits and never hides what is no number", () => {
  expect([0.123456, 12.345, 1234.5, Number.NaN, Number.POSITIVE_INFINITY].map(round)).toEqual([
    "0.123",
    "12.3",
    "1,235",
    "none",
    "unbounded",
  ]);
});

test("renderTable lines up figures to the right of their names", () => {
  const table = renderTable({
    title: "HOT",
    columns: ["call", "ns"],
    rows: [
      ["Map.get", "8"],
      ["read", "26.7"],
    ],
    notes: ["A note."],
  });

  expect(table.split("\n")).toEqual([
    "HOT",
    "call       ns",
    "-------  ----",
    "Map.get     8",
    "read     26.7",
    "A note.",
  ]);
});
