import { describe, expect, test } from "bun:test";
import type { Facts } from "../../../src/results/mod.ts";
import { counted, graded, hoursAfter, known, rules2 } from "../graders/_known.ts";

const WINDOWS = [
  ["soccer", 48],
  ["tennis", 72],
  ["cricket", 72],
  ["handball", 24],
] as const;

describe.each(WINDOWS)("version 2: an event of %s", (sport, hours) => {
  const of = { sport, period: "regulation" } as const;
  const facts = (status: Facts["status"], after: number) =>
    known(counted("regulation", [3, 0], { final: false }), { status, asOf: hoursAfter(after) });

  test.each(["postponed", "abandoned"] as const)(
    `that is %s may be played within ${hours} hours`,
    (status) => {
      expect(graded("1x2 home", facts(status, hours), of)).toStartWith("? play, or the end of its window");
      expect(graded("1x2 home", facts(status, hours + 0.01), of)).toBe(status);
    },
  );

  test("that was abandoned pays what was decided", () => {
    expect(graded("total over 2.5", facts("abandoned", 1), of)).toBe("won");
  });
});

const ENOUGH = [
  ["baseball", "moneyline home", 4.5],
  ["baseball", "total over 7.5", 8.5],
  ["baseball", "asian_handicap home -3.5", 8.5],
  ["baseball", "team_total_home over 5.5", 8.5],
  ["baseball", "team_total_away over 2.5", 8.5],
  ["baseball", "odd_even odd", 8.5],
  ["basketball", "moneyline home", 43],
  ["basketball", "total over 7.5", 43],
  ["american_football", "moneyline home", 55],
  ["ice_hockey", "total over 7.5", 55],
] as const;

test.each(ENOUGH)("version 2: %s, %s is graded once %s were played", (sport, words, least) => {
  const of = { sport, period: "match" } as const;
  const shortened = (amount: number) =>
    known(counted("match", [5, 2], { final: false }), {
      status: "abandoned",
      asOf: hoursAfter(100),
      played: { amount },
    });

  expect(["won", "lost"]).toContain(graded(words, shortened(least), of));
  expect(graded(words, shortened(least - 0.5), of)).toBe("abandoned");
});

test("version 2: a market of baseball that no least play is said of is taken as it was decided, however long play was", () => {
  const facts = known(counted("match", [5, 2], { final: false }), {
    status: "abandoned",
    asOf: hoursAfter(100),
    played: { amount: 9 },
  });

  expect(graded("both_to_score yes", facts, { sport: "baseball", period: "match" })).toBe("won");
  expect(graded("correct_score 5:2", facts, { sport: "baseball", period: "match" })).toBe("abandoned");
});

test("version 2: rounds, cards, ties and scorers are as its page says", () => {
  const rules = rules2();

  expect([rules.roundSeconds?.get("mma"), rules.roundSeconds?.get("boxing")]).toEqual([300, 180]);
  expect(rules.cardPoints).toEqual({ yellow: 1, red: 2 });
  expect(rules.scorers).toEqual({ ownGoals: "ignored", notTakingPart: "stake_returned" });
  expect(rules.deadHeat?.default).toBe("shared");
  expect(rules.deductions?.most).toEqual({ numerator: 9n, denominator: 10n });
  expect(rules.deductions?.bands[0]?.deduction).toEqual({ numerator: 9n, denominator: 10n });
});
