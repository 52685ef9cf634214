import { expect, test } from "bun:test";
import { and, atLeast, atMost, equals, isMissing, isOdd, not, or } from "../../src/results/mod.ts";

const between = (least: number, most: number) => ({ least, most, of: "score match" });
const OPEN = { missing: "score match" };

test("a quantity is compared as far as it is known", () => {
  expect([atLeast(between(2, 3), 2), atLeast(between(2, 3), 3), atLeast(between(2, 3), 4)]).toEqual([
    true,
    OPEN,
    false,
  ]);
  expect([atMost(between(2, 3), 1), atMost(between(2, 3), 2), atMost(between(2, 3), 3)]).toEqual([
    false,
    OPEN,
    true,
  ]);
  expect([equals(between(2, 2), 2), equals(between(2, 3), 2), equals(between(2, 3), 4)]).toEqual([
    true,
    OPEN,
    false,
  ]);
  expect([equals(between(2, 3), 3), equals(between(2, 3), 1)]).toEqual([OPEN, false]);
  expect([isOdd(between(3, 3)), isOdd(between(4, 4)), isOdd(between(3, 4))]).toEqual([true, false, OPEN]);
});

test("one false makes all false, one true makes any true, else what is first missing decides", () => {
  const [one, other] = [{ missing: "one" }, { missing: "other" }];

  expect(and(one, false, other)).toBe(false);
  expect(and(true, one, other)).toEqual(one);
  expect(and(other, one)).toEqual(other);
  expect([and(true, true), and()]).toEqual([true, true]);
  expect(or(one, true, other)).toBe(true);
  expect(or(false, one, other)).toEqual(one);
  expect([or(false, false), or()]).toEqual([false, false]);
  expect([not(true), not(false)]).toEqual([false, true]);
  expect(not(one)).toEqual(one);
});

test("missing is told from every other value", () => {
  expect([OPEN, null, undefined, "missing", 0, false, {}, () => OPEN].map(isMissing)).toEqual([
    true,
    ...Array.from({ length: 7 }, () => false),
  ]);
});
