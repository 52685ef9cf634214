import { expect, test } from "bun:test";
import { goodputBetween, goodputBySecond, recoveryMs, stripOf } from "../../bench/metastable/timeline.ts";
import type { VisitOutcome } from "../../bench/service/visits.ts";

/** Visits a hundredth of a second apart; each is answered at once, where `isServed` says so. */
function visits(endMs: number, isServed: (atMs: number) => boolean): readonly VisitOutcome[] {
  return Array.from({ length: endMs / 10 }, (_, index) => ({
    who: "visitor",
    atMs: index * 10,
    tookMs: 1,
    isServed: isServed(index * 10),
    attempts: 1,
  }));
}

test("goodput counts the served, by when their answer came", () => {
  const outcomes = [
    { who: "a", atMs: 100, tookMs: 50, isServed: true, attempts: 1 },
    { who: "a", atMs: 900, tookMs: 600, isServed: true, attempts: 2 },
    { who: "a", atMs: 950, tookMs: 10, isServed: false, attempts: 4 },
  ];

  expect(goodputBySecond(outcomes, 3)).toEqual([1, 1, 0]);
  expect(goodputBetween(outcomes, { fromMs: 0, toMs: 2000 })).toBe(1);
});

test("recovery is the first 3 s at the goal after the trigger is gone", () => {
  const outcomes = visits(30_000, (atMs) => atMs < 5000 || atMs >= 14_000);

  expect(recoveryMs(outcomes, { faultToMs: 10_000, endMs: 30_000, goal: 95 })).toBe(4000);
});

test("recovery is not declared for a single good second, nor for one that never lasts", () => {
  const flicker = visits(30_000, (atMs) => atMs < 5000 || Math.floor(atMs / 1000) % 2 === 0);
  const late = visits(30_000, (atMs) => atMs < 5000 || atMs >= 28_000);

  expect(recoveryMs(flicker, { faultToMs: 10_000, endMs: 30_000, goal: 95 })).toBeUndefined();
  expect(recoveryMs(late, { faultToMs: 10_000, endMs: 30_000, goal: 95 })).toBeUndefined();
});

test("the strip shows a full height for what was before, and a dot for nothing", () => {
  expect(stripOf([100, 50, 1, 0, 130], 100)).toBe("█▄▁·█");
});
