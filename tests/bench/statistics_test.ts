import { expect, test } from "bun:test";
import fc from "fast-check";
import { median, pairedRatio, spreadOf } from "../../bench/measure/statistics.ts";

const figures = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

test("median gives the middle value, and the mean of the middle two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("median of nothing is no number, so that a bench that measured nothing cannot pass", () => {
  expect(median([])).toBeNaN();
});

test("median leaves as many values below it as above it, whatever their order", () => {
  fc.assert(
    fc.property(figures, (values) => {
      const middle = median(values);
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;

      expect(below).toBeLessThanOrEqual(values.length / 2);
      expect(above).toBeLessThanOrEqual(values.length / 2);
      expect(median(values.toReversed())).toBe(middle);
    }),
  );
});

test("spreadOf brackets the middle half", () => {
  expect(spreadOf([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ median: 4.5, lower: 2, upper: 6, count: 8 });
});

test("pairedRatio compares within each round, so that a slow stretch of the machine cancels out", () => {
  fc.assert(
    fc.property(figures, fc.double({ min: 0.1, max: 10, noNaN: true }), (weather, factor) => {
      const ours = weather.map((slowness) => slowness * factor);

      expect(pairedRatio(ours, weather).median).toBeCloseTo(factor, 6);
    }),
  );
});

test("pairedRatio is the median of the ratios, not the ratio of the medians", () => {
  expect(pairedRatio([10, 1, 30], [10, 10, 10]).median).toBe(1);
  expect(pairedRatio([1, 200, 3], [1, 100, 1]).median).toBe(2);
});

test("pairedRatio refuses samples of different rounds", () => {
  expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
});
