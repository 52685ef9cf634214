import { expect, test } from "bun:test";
import { ONE, ZERO } from "../../src/markets/mod.ts";
import { gradeLeg, UngradableLegError } from "../../src/settlement/mod.ts";

const leg = (outcome: string, market: object = {}) => ({
  marketType: "1x2",
  period: "regulation",
  label: "",
  lineQuarters: null,
  outcome,
  ...market,
});

test("gradeLeg of home, draw and away is won by exactly one of them, whatever the score", () => {
  for (let homeScore = 0; homeScore <= 4; homeScore++) {
    for (let awayScore = 0; awayScore <= 4; awayScore++) {
      const facts = { state: "final", homeScore, awayScore } as const;
      const winner = homeScore === awayScore ? "draw" : homeScore > awayScore ? "home" : "away";

      for (const outcome of ["home", "draw", "away"]) {
        const won = outcome === winner;
        expect(gradeLeg(leg(outcome), facts)).toEqual({
          result: won ? 1 : 0,
          voided: ZERO,
          deadHeat: ONE,
          deduction: ZERO,
          reason: won ? "won" : "lost",
        });
      }
    }
  }
});

test("gradeLeg of a void result returns the stake, also on a market it has no rule for", () => {
  for (const selection of [
    leg("home"),
    leg("draw"),
    leg("over", { marketType: "total", lineQuarters: 10 }),
  ]) {
    expect(gradeLeg(selection, { state: "void" })).toEqual({
      result: 0,
      voided: ONE,
      deadHeat: ONE,
      deduction: ZERO,
      reason: "result_void",
    });
  }
});

test("gradeLeg never takes an unknown selection for a lost one", () => {
  const facts = { state: "final", homeScore: 1, awayScore: 0 } as const;

  for (const selection of [
    leg("Home"),
    leg("1"),
    leg("home", { period: "match" }),
    leg("home", { period: "first_half" }),
    leg("home", { marketType: "draw_no_bet" }),
    leg("over", { marketType: "total", lineQuarters: 10 }),
    leg("home", { marketType: "unknown", label: "Fulltime Result" }),
  ]) {
    expect(() => gradeLeg(selection, facts)).toThrow(UngradableLegError);
  }
});
