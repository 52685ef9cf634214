import { expect, test } from "bun:test";
import { ONE, ZERO } from "../../../src/markets/mod.ts";
import type { PublicResult } from "../../../src/results/mod.ts";
import {
  GRADE_REASONS,
  gradeLeg,
  HOUSE_RULES_2,
  houseRulesOf,
  readHouseRules,
} from "../../../src/settlement/mod.ts";
import { factsOfResult } from "../facts_of_result.ts";
import { counted, graded, known, leg, match, rules2, short } from "./_known.ts";

const rules1 = houseRulesOf(1) ?? rules2();
const told = (result: PublicResult, sport = "soccer") =>
  factsOfResult(result, { sport, at: new Date("2025-01-01T14:00:00Z") });

test("gradeLeg of home, draw and away is won by exactly one of them, whatever the score", () => {
  for (let homeScore = 0; homeScore <= 4; homeScore++) {
    for (let awayScore = 0; awayScore <= 4; awayScore++) {
      const facts = told({ state: "final", score: { home: homeScore, away: awayScore } });
      const winner = homeScore === awayScore ? "draw" : homeScore > awayScore ? "home" : "away";

      for (const outcome of ["home", "draw", "away"]) {
        const won = outcome === winner;
        expect(gradeLeg(leg(`1x2 ${outcome}`), facts, rules1)).toEqual({
          decided: true,
          grade: {
            result: won ? 1 : 0,
            voided: ZERO,
            deadHeat: ONE,
            deduction: ZERO,
            reason: won ? "won" : "lost",
          },
        });
      }
    }
  }
});

test("gradeLeg of a void result returns the stake, also on a market it has no rule for", () => {
  const facts = told({ state: "void" });

  for (const selection of [leg("1x2 home"), leg("total over 2.5"), leg("unknown Shot")]) {
    expect(gradeLeg(selection, facts, rules1)).toEqual({
      decided: true,
      grade: { result: 0, voided: ONE, deadHeat: ONE, deduction: ZERO, reason: "result_void" },
    });
  }
});

test("gradeLeg never takes an unknown selection for a lost one", () => {
  const facts = told({ state: "final", score: { home: 1, away: 0 } });
  const strange = [
    leg("1x2 Home"),
    leg("1x2 1"),
    leg("1x2 home", { period: "second_leg" }),
    leg("1x2 home", { period: "unknown" }),
    leg("1x2 home 1"),
    leg("total over"),
    leg("total over 2.6"),
    leg("total exactly 2"),
    leg("european_handicap home 0.25"),
    leg("corners_total_three_way over 9.75"),
    leg("1x2_total home_over 2.25"),
    leg("win_both_halves home", { period: "first_half" }),
    leg("unknown home", { label: "Fulltime Result" }),
    leg("constructor home"),
  ];

  for (const selection of strange)
    expect(gradeLeg(selection, facts, rules2())).toMatchObject({ decided: false, why: "no_grader" });
  expect(graded("unknown home", facts, { label: "Fulltime Result" })).toBe("? Fulltime Result");
  expect(graded("constructor home", facts)).toBe("? constructor regulation home");
});

test("gradeLeg of what no grader knows says so though play goes on, or was broken off", () => {
  const bout = { bout: { rounds: 2, seconds: 0 } };
  const selection = leg("rounds_total over 1.25", { sport: "mma", period: "match" });

  for (const status of ["live", "abandoned", "ended"] as const)
    expect(gradeLeg(selection, known([], { ...bout, status }), rules2())).toMatchObject({ why: "no_grader" });
});

test("gradeLeg says which fact is missing, and never counts one as 0", () => {
  const unknown = told({ state: "final" });
  const [halfless, cornerless] = [match([2, 1]), match([2, 1], [1, 0])];

  expect(graded("1x2 draw", unknown)).toBe("? score regulation");
  expect(graded("both_to_score no", unknown)).toBe("? score regulation home");
  expect(graded("1x2 home", halfless, { period: "first_half" })).toBe("? score first_half");
  expect(graded("half_time_full_time home/home", halfless)).toBe("? score first_half");
  expect(graded("corners_total over 8.5", cornerless)).toBe("? corners regulation");
  expect(graded("cards_total over 3.5", cornerless)).toBe("? yellow_cards and red_cards regulation");
  expect(graded("first_scorer none", cornerless)).toBe("? goals in their order regulation");
  expect(graded("moneyline home", match([2, 1]), { period: "match", sport: "cricket" })).toBe(
    "? winner match",
  );
});

test("gradeLeg decides nothing by facts that exclude each other", () => {
  const fewerAtTheEnd = match([1, 0], [2, 0]);
  const twice = known([...counted("regulation", [1, 0]), ...counted("regulation", [2, 0])]);

  expect(graded("1x2 home", fewerAtTheEnd)).toBe("? score regulation home");
  expect(graded("1x2 home", twice)).toBe("? score regulation home");
  expect(graded("corners_1x2 home", twice)).toBe("? score regulation home");
  expect(gradeLeg(leg("1x2 home"), twice, rules2())).toMatchObject({ why: "facts_contradict" });
});

test("gradeLeg counts overtime as the rules say, of each sport or of all", () => {
  const more = { period: "match" } as const;
  const excluded = readHouseRules({ ...HOUSE_RULES_2, overtime: { default: "excluded", tennis: "counts" } });
  const facts = known([...counted("regulation", [80, 80]), ...counted("overtime", [9, 12])]);
  const under = (sport: string, rules = rules2()) =>
    short(gradeLeg(leg("total under 170.5", { ...more, sport }), facts, rules));

  expect([under("basketball"), under("soccer")]).toEqual(["lost", "won"]);
  expect([under("basketball", excluded), under("tennis", excluded)]).toEqual(["won", "lost"]);
  // What is left without overtime is all of the rest, no part of it.
  expect(graded("total over 159.5", facts, more)).toBe("won");
});

test("gradeLeg refuses a count that is none", () => {
  for (const value of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => graded("1x2 home", match([value, 0]))).toThrow(RangeError);
});

test("gradeLeg by the first published rules pays at the end alone and leaves what they are silent on to a person", () => {
  const underWay = known(counted("regulation", [3, 0], { final: false }), { status: "live" });

  expect(gradeLeg(leg("total over 2.5"), underWay, rules1)).toMatchObject({ decided: false, why: "not_yet" });
  for (const status of ["postponed", "abandoned", "cancelled", "walkover", "retired"] as const)
    expect(gradeLeg(leg("1x2 home"), match([3, 0], undefined, { status }), rules1)).toMatchObject({
      decided: false,
      why: "rule_missing",
    });
  expect(gradeLeg(leg("moneyline home"), match([1, 1]), rules1)).toMatchObject({ why: "rule_missing" });
});

test("a result tells what its sport's score counts, and nothing of sports where nobody has said", () => {
  const of = (sport: string) => told({ state: "final", score: { home: 3, away: 1 } }, sport);

  expect(graded("1x2 home", of("soccer"))).toBe("won");
  expect(graded("moneyline home", of("basketball"), { sport: "basketball", period: "match" })).toBe("won");
  expect(graded("1x2 home", of("basketball"), { sport: "basketball" })).toBe("? score regulation");
  expect(graded("moneyline home", of("tennis"), { sport: "tennis", period: "match" })).toBe("? sets match");
});

test("reasons of grades are stored by these names, and none is lost", () => {
  const names = [
    ...["won", "lost", "half_won", "half_lost", "push", "dead_heat", "result_void", "cancelled", "postponed"],
    ...["abandoned", "walkover", "retired", "disqualified", "not_enough_play", "pitcher_changed"],
    "did_not_take_part",
  ];

  expect([...GRADE_REASONS] as string[]).toEqual(names);
});
