import { describe, expect, test } from "bun:test";
import type { BettedGroup, BettedOutcome, LegGrade, OutcomeGrade } from "../../src/bets/mod.ts";
import { fraction, HALF, ONE, ZERO } from "../../src/markets/mod.ts";
import { isSame, planOf } from "../../src/settlement/plan.ts";

const WON: LegGrade = { result: 1, voided: ZERO, deadHeat: ONE, deduction: ZERO, reason: "ahead" };
const won: OutcomeGrade = { decided: true, grade: WON };
const lost: OutcomeGrade = { decided: true, grade: { ...WON, result: 0, reason: "behind" } };
const undecided = (why: string, what = "score regulation"): OutcomeGrade => ({ decided: false, why, what });

const HOME: BettedOutcome = {
  ...{ rulesVersion: 1, plannedAt: new Date("2025-08-15T19:00:00Z"), cancellationId: null },
  ...{ marketType: "total", period: "regulation", label: "", lineQuarters: 10, outcome: "over" },
};
const group = (of: Partial<BettedGroup> = {}): BettedGroup => ({
  ...{ ...HOME, gradedBy: null, gradedUnder: null, bets: 1 },
  ...of,
});
const plan = (
  groups: readonly BettedGroup[],
  graded: OutcomeGrade,
  standing: Parameters<typeof planOf>[1]["standing"] = [],
) => planOf(groups, { standing, grade: () => graded, resultVersion: 7 });
const stands = (graded: OutcomeGrade, resultVersion = 5) => ({ ...HOME, resultVersion, graded });

describe("planOf", () => {
  test("has nothing to do without bets", () => {
    expect(plan([], won)).toEqual({ changed: [], bets: 0, waitsForTime: false });
  });

  test("notes what is made of an outcome for the first time, under this version, and nothing else of the group", () => {
    const { changed } = plan([group({ bets: 4 })], won);

    expect(changed as unknown).toEqual([{ ...HOME, resultVersion: 7, graded: won }]);
  });

  test("notes nothing where the same was made before, and something where it was not", () => {
    expect(plan([group()], won, [stands(won)]).changed).toEqual([]);
    expect(plan([group()], lost, [stands(won)]).changed).toMatchObject([{ graded: lost }]);
  });

  test("asks once for an outcome, however many groups of bets are on it", () => {
    const asked: BettedOutcome[] = [];

    const { changed, bets } = planOf([group({ bets: 2 }), group({ gradedBy: 6, bets: 3 })], {
      standing: [],
      grade: (outcome) => {
        asked.push(outcome);
        return won;
      },
      resultVersion: 7,
    });

    expect([asked.length, changed.length, bets]).toEqual([1, 1, 5]);
  });

  test("goes on with the next outcome after one that has not changed", () => {
    const groups = [group(), group(), group({ outcome: "under" })];

    const { changed } = plan(groups, won, [stands(won)]);

    expect(changed.map(({ outcome }) => outcome)).toEqual(["under"]);
  });

  test.each<[keyof BettedOutcome, Partial<BettedGroup>]>([
    ["rulesVersion", { rulesVersion: 2 }],
    ["plannedAt", { plannedAt: new Date("2025-08-16T19:00:00Z") }],
    ["cancellationId", { cancellationId: "c1" }],
    ["marketType", { marketType: "handicap" }],
    ["period", { period: "match" }],
    ["label", { label: "Salah" }],
    ["lineQuarters", { lineQuarters: 12 }],
    ["outcome", { outcome: "under" }],
  ])("takes outcomes that differ in %s for two", (name, of) => {
    const { changed } = plan([group(of)], won, [stands(won)]);

    expect(changed.map((one) => one[name])).toEqual([of[name] ?? null]);
    expect(plan([group(), group(of)], won).changed.length).toBe(2);
  });

  test("waits for time while time alone may decide something", () => {
    expect(plan([group()], undecided("not_yet")).waitsForTime).toBe(true);
    expect(plan([group()], undecided("missing")).waitsForTime).toBe(false);
    expect(plan([group()], won).waitsForTime).toBe(false);
    expect(plan([group()], undecided("not_yet"), [stands(undecided("not_yet"))]).waitsForTime).toBe(true);
    const mixed = planOf([group(), group({ outcome: "under" })], {
      standing: [],
      grade: ({ outcome }) => (outcome === "under" ? undecided("not_yet") : won),
      resultVersion: 7,
    });
    expect(mixed.waitsForTime).toBe(true);
  });
});

describe("a bet is concerned", () => {
  test.each<[string, boolean, Partial<BettedGroup>, OutcomeGrade]>([
    ["has no grade and gets one", true, {}, won],
    ["has no grade and gets none", false, {}, undecided("missing")],
    ["has no grade, and no rule covers its market", true, {}, undecided("no_grader")],
    ["was graded by an earlier version than the one that stands", true, { gradedBy: 4 }, won],
    ["was graded by the version that stands", false, { gradedBy: 5 }, won],
    ["was graded by a later version", false, { gradedBy: 6 }, won],
    ["was graded, and nothing decides it any more", true, { gradedBy: 4 }, undecided("missing")],
    ["was graded by a rule that is not there any more", false, { gradedBy: 4 }, undecided("no_grader")],
    ["was void by a cancellation that is not there any more", true, { gradedBy: 5, gradedUnder: "c1" }, won],
    ["is void by the cancellation that it was void by", false, { gradedBy: 5, gradedUnder: null }, won],
    [
      "was void, and no rule covers its market now",
      false,
      { gradedBy: 5, gradedUnder: "c1" },
      undecided("no_grader"),
    ],
  ])("that %s: %p", (_name, isConcerned, of, graded) => {
    expect(plan([group({ ...of, bets: 9 })], graded, [stands(graded)]).bets).toBe(isConcerned ? 9 : 0);
  });
});

describe("isSame", () => {
  const other = (of: Partial<LegGrade>): OutcomeGrade => ({ decided: true, grade: { ...WON, ...of } });

  test("tells grades that are alike in everything, whichever way their fractions are written", () => {
    expect(isSame(won, other({}))).toBe(true);
    expect(isSame(other({ deadHeat: fraction(2n, 4n) }), other({ deadHeat: HALF }))).toBe(true);
    expect(isSame(undecided("missing"), undecided("missing"))).toBe(true);
  });

  test.each<[string, OutcomeGrade, OutcomeGrade]>([
    ["result", won, other({ result: 0 })],
    ["reason", won, other({ reason: "by decision" })],
    ["voided", won, other({ voided: HALF })],
    ["deadHeat", won, other({ deadHeat: HALF })],
    ["deduction", won, other({ deduction: HALF })],
    ["decided", won, undecided("missing")],
    ["why", undecided("missing"), undecided("not_yet")],
    ["what", undecided("missing", "goals"), undecided("missing", "players")],
  ])("tells those apart that differ in %s", (_name, one, two) => {
    expect([isSame(one, two), isSame(two, one)]).toEqual([false, false]);
  });
});
