import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ClaimedBet, GradedLeg, LegGrade, OutcomeGrade } from "../../src/bets/mod.ts";
import { fraction, HALF, ONE, ZERO } from "../../src/markets/mod.ts";
import { UngradableLegError } from "../../src/settlement/errors.ts";
import { judgeBet } from "../../src/settlement/judge_bet.ts";

const WON: LegGrade = { result: 1, voided: ZERO, deadHeat: ONE, deduction: ZERO, reason: "ahead" };
const LOST: LegGrade = { ...WON, result: 0, reason: "behind" };
const VOID: LegGrade = { ...LOST, voided: ONE, reason: "cancelled" };
const GRADES = { WON, LOST, VOID, HALF_WON: { ...WON, voided: HALF } };
const EVEN = fraction(2n);

const as = (grade: LegGrade): OutcomeGrade => ({ decided: true, grade });
const undecided = (why: string): OutcomeGrade => ({ decided: false, why, what: "score regulation" });

function claimed(of: Partial<ClaimedBet> = {}): ClaimedBet {
  return {
    ...{ betId: "bet", playerId: "player", currency: "EUR", stakeMinor: 1000n, state: "open" },
    ...{ settlementVersion: 0, legCount: 1, legNumber: 1, price: EVEN },
    selection: {
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: "home",
    },
    ...{ gradedBy: null, gradedUnder: null, cancellationId: null, graded: as(WON) },
    ...of,
  };
}

const other = (legNumber: number, grade: LegGrade): GradedLeg => ({
  ...{ betId: "bet", legNumber, price: EVEN, resultVersion: 10 * legNumber, grade },
});

const alone = { others: [], resultVersion: 3 };
/** Settled by a return of so many minor units. */
const settledBy = (exact: bigint) => ({
  ...alone,
  standing: { betId: "bet", exact: fraction(exact) },
});
const settled = (of: Partial<ClaimedBet> = {}) =>
  claimed({ state: "settled", settlementVersion: 1, gradedBy: 2, ...of });

describe("an open bet", () => {
  test("of one leg is paid at once what the leg makes, under its next version, and names no leg's version", () => {
    const bet = claimed({ settlementVersion: 4 });

    expect(judgeBet(bet, alone)).toEqual({
      bet,
      grade: WON,
      settled: { bet, settlementVersion: 5, grade: WON, exact: fraction(2000n), returnMinor: 2000n },
    });
  });

  test("of which nothing is known yet stays as it is, with nothing to note", () => {
    const bet = claimed({ graded: undecided("not_yet") });

    expect(judgeBet(bet, alone)).toEqual({ bet });
  });

  test("of several legs notes its leg and waits for the rest", () => {
    const bet = claimed({ legCount: 3, legNumber: 2 });

    expect(judgeBet(bet, { ...alone, others: [other(1, WON)] })).toEqual({ bet, grade: WON });
  });

  test("of several legs is paid with the last one, and tells which version each is graded by", () => {
    const bet = claimed({ legCount: 3, legNumber: 2 });

    const { settled: paid } = judgeBet(bet, { ...alone, others: [other(1, WON), other(3, WON)] });

    expect(paid).toMatchObject({ grade: WON, returnMinor: 8000n, legVersions: [10, 3, 30] });
  });

  test("is lost with its first lost leg, and a leg without a grade has no version", () => {
    const bet = claimed({ legCount: 3, legNumber: 2, graded: as(LOST) });

    const { settled: paid } = judgeBet(bet, alone);

    expect(paid).toMatchObject({ grade: LOST, returnMinor: 0n, legVersions: [null, 3, null] });
  });

  test("that another leg has lost is settled by that leg's grade while its own is not decided", () => {
    const bet = claimed({ legCount: 3, legNumber: 1, graded: undecided("missing") });
    const others = [other(2, VOID), other(3, LOST)];

    const { grade, settled: paid } = judgeBet(bet, { ...alone, others });

    expect(grade).toBeUndefined();
    expect(paid).toMatchObject({ grade: LOST, returnMinor: 0n, legVersions: [null, 20, 30] });
  });
});

test("an open bet that two other legs have lost is settled by the first of them", () => {
  const bet = claimed({ legCount: 3, graded: undecided("missing") });
  const others = [other(2, LOST), other(3, { ...LOST, reason: "retired" })];

  expect(judgeBet(bet, { ...alone, others }).settled?.grade).toBe(LOST);
});

describe("a settled bet", () => {
  test("that comes to the very same stays as it is, and its leg is noted", () => {
    const bet = settled();

    expect(judgeBet(bet, settledBy(2000n))).toEqual({ bet, grade: WON });
  });

  test("that comes to another sum is reversed, and paid again under the version after that", () => {
    const bet = settled({ graded: as(LOST) });

    const judged = judgeBet(bet, settledBy(2000n));

    expect(judged.reversed).toEqual({ bet, settlementVersion: 2, reason: "result_corrected" });
    expect(judged.settled).toMatchObject({ settlementVersion: 3, grade: LOST, returnMinor: 0n });
  });

  test("is held against what was paid before it was rounded", () => {
    const bet = settled({ stakeMinor: 1n, price: fraction(3n, 2n) });

    const { reversed, settled: paid } = judgeBet(bet, settledBy(2n));

    expect(reversed?.reason).toBe("result_corrected");
    expect(paid).toMatchObject({ exact: fraction(3n, 2n), returnMinor: 2n });
  });

  test("that nothing decides any more is reversed, and open again", () => {
    const bet = settled({ graded: undecided("missing") });

    expect(judgeBet(bet, settledBy(2000n))).toEqual({
      bet,
      reversed: { bet, settlementVersion: 2, reason: "result_rolled_back" },
    });
  });

  test.each<[string | null, string | null, OutcomeGrade, string]>([
    [null, "c1", as(VOID), "cancelled"],
    ["c1", "c2", as(VOID), "cancelled"],
    ["c1", null, as(LOST), "cancellation_rolled_back"],
    ["c1", null, undecided("missing"), "cancellation_rolled_back"],
    ["c1", "c1", as(LOST), "result_corrected"],
    [null, null, undecided("not_yet"), "result_rolled_back"],
  ])("void by %p and now by %p says why it is reversed", (gradedUnder, cancellationId, graded, reason) => {
    const bet = settled({ gradedUnder, cancellationId, graded });

    expect(judgeBet(bet, settledBy(2000n)).reversed?.reason as string).toBe(reason);
  });

  test("whose settlement is not there to be compared is reversed", () => {
    expect(judgeBet(settled(), alone)).toMatchObject({ reversed: { reason: "result_corrected" } });
  });
});

test("judgeBet throws UngradableLegError for a market that no rule covers", () => {
  expect(() => judgeBet(claimed({ graded: undecided("no_grader") }), alone)).toThrow(UngradableLegError);
});

const anyGrade = fc.constantFrom(...Object.values(GRADES));
const anyGraded = fc.oneof(anyGrade.map(as), fc.constantFrom("missing", "not_yet").map(undecided));

test("what is judged once is not judged again: what it has come to stands, and nothing moves", () => {
  fc.assert(
    fc.property(
      anyGraded,
      fc.array(fc.option(anyGrade), { maxLength: 4 }),
      fc.nat(4),
      (graded, grades, at) => {
        const legNumber = Math.min(at, grades.length) + 1;
        const others = grades.flatMap((grade, index) =>
          grade === null ? [] : [other(index + (index + 1 < legNumber ? 1 : 2), grade)],
        );
        const bet = claimed({ legCount: grades.length + 1, legNumber, graded });
        const { settled: paid } = judgeBet(bet, { ...alone, others });
        const isDecided = graded.decided && others.length === grades.length;
        const isLost = [...others.map(({ grade }) => grade), ...(graded.decided ? [graded.grade] : [])].some(
          (grade) => grade === LOST,
        );

        expect(paid !== undefined).toBe(isDecided || isLost);
        if (paid === undefined) return;
        const again = judgeBet(
          { ...bet, state: "settled", settlementVersion: paid.settlementVersion },
          { ...alone, others, standing: { betId: "bet", exact: paid.exact } },
        );
        expect([again.reversed, again.settled]).toEqual([undefined, undefined]);
        if (bet.legCount > 1)
          expect(paid.legVersions).toEqual(
            Array.from({ length: bet.legCount }, (_, index) =>
              index + 1 === legNumber && graded.decided
                ? 3
                : (others.find((leg) => leg.legNumber === index + 1)?.resultVersion ?? null),
            ),
          );
      },
    ),
    { numRuns: 500, seed: 41 },
  );
});
