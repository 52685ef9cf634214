import { expect, test } from "bun:test";
import fc from "fast-check";
import { differenceOf, exactly, narrowed, scaled, sumOf } from "../../src/results/mod.ts";

const bounds = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.nat({ max: 50 }), fc.boolean())
  .map(([least, more, isOpen]) => ({ least, most: isOpen ? Number.POSITIVE_INFINITY : least + more }));

/** A number within bounds, by how far it is from the least. */
const within = ({ least, most }: { least: number; most: number }, offset: number) =>
  Math.min(most, least + offset);

test("sums and what is true of both are the same in any order", () => {
  fc.assert(
    fc.property(bounds, bounds, (one, other) => {
      expect(sumOf(one, other)).toEqual(sumOf(other, one));
      expect(narrowed(one, other)).toEqual(narrowed(other, one));
    }),
  );
});

test("what two numbers within bounds make is within the bounds of what they make, and those are reached", () => {
  fc.assert(
    fc.property(bounds, bounds, fc.nat({ max: 60 }), fc.nat({ max: 60 }), (left, right, one, other) => {
      const [a, b] = [within(left, one), within(right, other)];
      const [sum, difference] = [sumOf(left, right), differenceOf(left, right)];

      expect(a + b >= sum.least && a + b <= sum.most).toBe(true);
      expect(a - b >= difference.least && a - b <= difference.most).toBe(true);
    }),
  );

  expect(sumOf({ least: 1, most: 4 }, { least: 2, most: 3 }, { least: 0, most: 1 })).toEqual({
    least: 3,
    most: 8,
  });
  expect(sumOf()).toEqual({ least: 0, most: 0 });
  expect(differenceOf({ least: 1, most: 4 }, { least: 2, most: 3 })).toEqual({ least: -2, most: 2 });
  expect(scaled({ least: 1, most: 4 }, 4)).toEqual({ least: 4, most: 16 });
  expect(narrowed({ least: 1, most: 4 }, { least: 2, most: 9 })).toEqual({ least: 2, most: 4 });
});

test("a number is known when it can be one alone", () => {
  expect(exactly({ least: 2, most: 2 })).toBe(2);
  expect(exactly({ least: 2, most: 3 })).toBeUndefined();
});
