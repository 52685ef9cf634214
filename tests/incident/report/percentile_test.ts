import { expect, test } from "bun:test";
import fc from "fast-check";
import { latencyOf, percentile } from "./percentile.ts";

test("percentile is the nearest rank, worked by hand", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([...hundred, 101], 0.99)).toBe(100);
  expect(percentile([3, 5], 0.99)).toBe(5);
  expect(percentile([7], 0.5)).toBe(7);
  expect(percentile([], 0.99)).toBe(0);
});

test("percentile is a value that at least the share does not exceed, and the smallest such", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const found = percentile(sorted, share);
        const atMost = sorted.filter((value) => value <= found).length;
        const below = sorted.filter((value) => value < found).length;

        expect(atMost).toBeGreaterThanOrEqual(share * sorted.length);
        expect(below).toBeLessThan(share * sorted.length);
      },
    ),
  );
});

test("latencyOf counts every request, in whatever order they ended", () => {
  expect(latencyOf([30, 10, 20])).toEqual({ count: 3, p50Ms: 20, p99Ms: 30, maxMs: 30 });
  expect(latencyOf([])).toEqual({ count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
});
