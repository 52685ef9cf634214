import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Facts } from "../../../src/results/mod.ts";
import { type Graded, gradeLeg, graderBy } from "../../../src/settlement/mod.ts";
import { course, FOOTBALL, knownAt, momentsOf } from "./_course.ts";
import { counted, graded, known, match, rules2 } from "./_known.ts";

const live = { status: "live" } as const;
const soFar = (score: readonly [number, number], more: Partial<Facts> = {}) =>
  known(counted("regulation", score, { final: false }), { ...live, ...more });
const atHalfTime = (score: readonly [number, number]) =>
  known([...counted("first_half", score), ...counted("regulation", score, { final: false })], live);

test("a market that later play cannot change is decided while the event runs", () => {
  expect(graded("total over 2.5", soFar([2, 1]))).toBe("won");
  expect(graded("total under 2.5", soFar([2, 1]))).toBe("lost");
  expect(graded("asian_total over 2.75", soFar([2, 1]))).toBe("? score regulation");
  expect(graded("asian_total over 2.75", soFar([2, 2]))).toBe("won");
  expect(graded("both_to_score yes", soFar([1, 1]))).toBe("won");
  expect(graded("clean_sheet_home yes", soFar([0, 1]))).toBe("lost");
  expect(graded("correct_score 1:0", soFar([0, 1]))).toBe("lost");
  expect(graded("correct_score 1:0", soFar([0, 0]))).toStartWith("? ");
  expect(graded("exact_goals 2", soFar([2, 1]))).toBe("lost");
  expect(graded("exact_goals 3+", soFar([2, 1]))).toBe("won");
  expect(graded("1x2_total home_under 2.5", soFar([2, 1]))).toBe("lost");
  expect(graded("win_to_nil home", soFar([3, 1]))).toBe("lost");
  expect(graded("1x2 home", soFar([9, 0]))).toBe("? score regulation");
});

test("first halves are decided at half time, and what they leave open is not", () => {
  const first = { period: "first_half" } as const;

  expect(graded("1x2 home", atHalfTime([1, 0]), first)).toBe("won");
  expect(graded("total under 1.5", atHalfTime([1, 0]), first)).toBe("won");
  expect(graded("half_time_full_time draw/home", atHalfTime([1, 0]))).toBe("lost");
  expect(graded("half_time_full_time home/home", atHalfTime([1, 0]))).toBe("? score regulation");
  expect(graded("win_either_half home", atHalfTime([1, 0]))).toBe("won");
  expect(graded("win_both_halves away", atHalfTime([1, 0]))).toBe("lost");
  expect(graded("1x2 draw", atHalfTime([0, 0]), { period: "first_10_minutes" })).toBe("won");
});

test("the first goal decides who scores first, and the last one is not known before the end", () => {
  const list = [{ side: "away", period: "first_half", player: "A. One" }] as const;
  const scored = soFar([0, 1], {
    goals: { list, final: false },
    players: [
      { name: "B. Two", side: "home", enteredAfterGoals: 0 },
      { name: "C. Three", side: "home", enteredAfterGoals: null },
    ],
  });

  expect(graded("first_to_score away", scored)).toBe("won");
  expect(graded("first_to_score none", scored)).toBe("lost");
  expect(graded("last_to_score away", scored)).toStartWith("? ");
  expect(graded("first_scorer x", scored, { outcome: "A. One" })).toBe("won");
  expect(graded("first_scorer x", scored, { outcome: "B. Two" })).toBe("lost");
  expect(graded("first_scorer x", scored, { outcome: "C. Three" })).toBe("did_not_take_part");
  expect(graded("anytime_scorer x", scored, { outcome: "A. One" })).toBe("won");
  expect(graded("anytime_scorer x", scored, { outcome: "B. Two" })).toStartWith("? ");
});

test("a grade decided early never changes while the same course of play goes on, and in the end all is decided", () => {
  let early = 0;
  fc.assert(
    fc.property(course, (happenings) => {
      const moments = momentsOf(happenings).map((moment) => {
        const facts = knownAt(happenings, moment);
        return { grade: graderBy(facts, rules2()), isLive: facts.status === "live" };
      });
      for (const selection of FOOTBALL) {
        let first: Graded | undefined;
        for (const { grade, isLive } of moments) {
          const now = grade(selection);
          if (first?.decided === true && !Bun.deepEquals(now, first))
            throw new RangeError(`${selection.marketType} ${selection.outcome} ${selection.period} changed`);
          if (now.decided && isLive) early += 1;
          first = now;
        }
        if (first !== undefined && !first.decided && first.why !== "no_grader")
          throw new RangeError(`${selection.marketType} ${selection.period} waits for ${first.what}`);
      }
    }),
    { numRuns: 40, seed: 11 },
  );

  expect(early).toBeGreaterThan(10_000);
});

test("without a rule that pays early, nothing is decided before the end", () => {
  const late = { ...rules2(), decidedMarkets: "paid_at_the_end" } as const;
  const selection = FOOTBALL.filter(({ marketType }) => marketType === "total");

  for (const one of selection)
    expect(gradeLeg(one, soFar([9, 9]), late)).toMatchObject({ decided: false, why: "not_yet" });
  expect(graded("total over 2.5", match([9, 9]))).toBe("won");
});
