import { describe, expect, test } from "bun:test";
import { fraction, ONE } from "../../../src/markets/mod.ts";
import type { Facts, GoalFact } from "../../../src/results/mod.ts";
import {
  gradeLeg,
  gradePlacing,
  HOUSE_RULES_2,
  houseRulesOf,
  type Leg,
  readHouseRules,
} from "../../../src/settlement/mod.ts";
import { counted, known, leg, match, reasonOf, rules2 } from "./_known.ts";

const full = (words: string, facts: Facts, more: Partial<Leg> = {}) =>
  reasonOf(gradeLeg(leg(words, more), facts, rules2()));
const soFar = (score: readonly [number, number]) =>
  known(counted("regulation", score, { final: false }), { status: "live" });
/** No goals yet: one side can still score, the other cannot. */
const goesOnFor = (side: "home" | "away") =>
  known(
    [true, false]
      .flatMap((final) => counted("regulation", [0, 0], { final }))
      .filter((count) => count.final === (count.side !== side)),
    { status: "live" },
  );
const WAITS = "fact_missing: score regulation";

describe("a total with something else", () => {
  /** A first half of these goals that is over, of a match that goes on. */
  const halfOver = (score: readonly [number, number], end: readonly [number, number]) =>
    known([...counted("first_half", score), ...counted("regulation", end, { final: false })], {
      status: "live",
    });

  test("is lost by the other thing at once on a half line, and on a whole one when the line can no longer be hit", () => {
    expect(full("total_both_to_score over_no 2.5", soFar([1, 1]))).toBe("lost");
    expect(full("total_both_to_score over_no 2", soFar([1, 1]))).toBe(WAITS);
    expect(full("total_both_to_score over_no 3", soFar([1, 1]))).toBe(WAITS);
    expect(full("total_both_to_score over_no 2", soFar([2, 1]))).toBe("lost");
    expect(full("total_both_to_score under_no 4", soFar([1, 2]))).toBe(WAITS);
    expect(full("total_both_to_score under_no 4.5", soFar([1, 2]))).toBe("lost");
    expect(full("total_both_to_score over_yes 1.5", soFar([1, 1]))).toBe("won");
    expect(full("total_both_to_score over_yes 2.5", soFar([1, 1]))).toBe(WAITS);
    expect(full("total_both_to_score under_yes 1.5", soFar([1, 1]))).toBe("lost");
    expect(full("total_both_to_score over_yes 1.5", soFar([2, 0]))).toBe(
      "fact_missing: score regulation away",
    );
    expect(full("1x2_total home_over 2.5", soFar([2, 1]))).toBe(WAITS);
    expect(full("1x2_total home_under 2.5", soFar([2, 1]))).toBe("lost");
    expect(full("1x2_total draw_under 3", soFar([2, 1]))).toBe(WAITS);
    expect(full("1x2_total draw_under 3", soFar([2, 2]))).toBe("lost");
  });

  test("comes back on a whole line that is hit, whichever of both goes on", () => {
    const first = { period: "first_half" } as const;

    expect(full("1x2_total away_over 3", halfOver([2, 1], [2, 1]), first)).toBe("push");
    expect(full("1x2_total away_over 2.5", halfOver([2, 1], [2, 1]), first)).toBe("lost");
    expect(full("1x2_total home_over 2", halfOver([2, 1], [2, 1]), first)).toBe("won");
    expect(full("1x2_total home_under 4", halfOver([2, 1], [2, 1]), first)).toBe("won");
  });

  test("waits while a line may be hit from below, and says first what the first thing misses", () => {
    const first = { period: "first_half" } as const;

    expect(full("1x2_total home_over 3", match([2, 1]), first)).toBe("fact_missing: score first_half");
    expect(full("1x2_both_to_score home_yes", soFar([1, 0]))).toBe("fact_missing: score regulation");
  });

  test("waits for the winner, and takes no other for him", () => {
    const more = { sport: "basketball", period: "match" } as const;
    const ended = known(counted("match", [90, 80]));

    expect(full("moneyline_total home_over 165.5", ended, more)).toBe("won");
    expect(full("moneyline_total away_over 165.5", ended, more)).toBe("lost");
    expect(full("moneyline_total home_under 165.5", ended, more)).toBe("lost");
    expect(
      full("moneyline_total home_over 165.5", known(counted("match", [90, 80], { final: false })), more),
    ).toBe("fact_missing: score match");
  });
});

describe("rounds", () => {
  const bout = (rounds: number, seconds: number, status: Facts["status"] = "ended") =>
    known([], { status, bout: { rounds, seconds } });
  const mma = { sport: "mma", period: "match" } as const;

  test("count to the second, and exactly on the line the stake comes back", () => {
    expect(full("rounds_total over 2.5", bout(2, 151), mma)).toBe("won");
    expect(full("rounds_total under 2.5", bout(2, 151), mma)).toBe("lost");
    expect(full("rounds_total over 2.5", bout(2, 150), mma)).toBe("push");
    expect(full("rounds_total under 2.5", bout(2, 149), mma)).toBe("won");
    expect(full("rounds_total over 2.5", bout(2, 149), mma)).toBe("lost");
    expect(full("rounds_total over 1.5", bout(1, 91), { ...mma, sport: "boxing" })).toBe("won");
  });

  test("are over the line while the bout goes on, and under it only at its end, however it ends", () => {
    expect(full("rounds_total over 1.5", bout(2, 0, "live"), mma)).toBe("won");
    expect(full("rounds_total under 1.5", bout(1, 0, "live"), mma)).toBe("fact_missing: rounds of the bout");
    expect(full("rounds_total under 1.5", bout(1, 150, "live"), mma)).toBe(
      "fact_missing: rounds of the bout",
    );
    for (const status of ["retired", "disqualified"] as const)
      expect(full("rounds_total under 1.5", bout(1, 0, status), mma)).toBe("won");
  });

  test("that nobody has told, or whose length no rule has, decide nothing; nor does a quarter line", () => {
    expect(full("rounds_total over 1.5", known([]), mma)).toBe("fact_missing: rounds of the bout");
    expect(full("rounds_total over 1.25", bout(2, 0), mma)).toBe("no_grader: rounds have no quarter line");
    expect(full("rounds_total over 1.5", bout(2, 0), { ...mma, sport: "judo" })).toBe(
      "rule_missing: round_seconds judo",
    );
  });
});

describe("a finish among many", () => {
  const silent = readHouseRules({ ...HOUSE_RULES_2, dead_heat: undefined });
  const golf = (places: number, position: number | undefined, tied: number) => ({
    marketType: "golf_top",
    places,
    position,
    tied,
  });

  test("that is shared needs a rule, one that is not does not", () => {
    const reason = (placing: Parameters<typeof gradePlacing>[0], rules = silent) =>
      reasonOf(gradePlacing(placing, rules));

    expect(reason(golf(1, 1, 2))).toBe("rule_missing: dead_heat");
    expect(reason(golf(2, 1, 2))).toBe("won");
    expect(reason(golf(1, 1, 1))).toBe("won");
    expect(reason(golf(1, 1, 2), rules2())).toBe("dead_heat");
    expect(reason(golf(2, 1, 2), rules2())).toBe("won");
    expect(reason(golf(2, 3, 1), rules2())).toBe("lost");
    expect(reason(golf(1, undefined, 1), rules2())).toBe("lost");
  });

  test("takes every part of the winnings that is announced, and needs a table where prices are told", () => {
    const rules1 = houseRulesOf(1) ?? rules2();
    const winner = { ...golf(1, 1, 1), withdrawn: { announced: fraction(1n, 4n) } };

    expect(gradePlacing(winner, rules1)).toMatchObject({
      grade: { deduction: fraction(1n, 4n), deadHeat: ONE },
    });
    expect(reasonOf(gradePlacing({ ...winner, withdrawn: [fraction(3n)] }, rules1))).toBe(
      "rule_missing: deductions",
    );
  });
});

describe("winners", () => {
  const tennis = { sport: "tennis", period: "match" } as const;
  const sets = (score: readonly [number, number], final = true) =>
    known(counted("match", score, { statistic: "sets", final }));

  test("in straight sets lose none, on either side", () => {
    expect(full("straight_sets_home yes", sets([2, 0]), tennis)).toBe("won");
    expect(full("straight_sets_home yes", sets([2, 1]), tennis)).toBe("lost");
    expect(full("straight_sets_home yes", sets([0, 2]), tennis)).toBe("lost");
    expect(full("straight_sets_away yes", sets([0, 2]), tennis)).toBe("won");
    expect(full("straight_sets_away no", sets([0, 2]), tennis)).toBe("lost");
    expect(full("straight_sets_away yes", sets([2, 0]), tennis)).toBe("lost");
    expect(full("straight_sets_home yes", sets([2, 0], false), tennis)).toBe("fact_missing: sets match");
  });

  test("wait for what would name them", () => {
    const more = { sport: "basketball", period: "match" } as const;

    expect(full("moneyline home", known(counted("match", [9, 0], { final: false })), more)).toBe(
      "fact_missing: score match",
    );
    expect(full("draw_no_bet home", soFar([9, 0]))).toBe(WAITS);
    expect(full("draw_no_bet home", match([1, 0]))).toBe("won");
  });
});

describe("what must be known first is named first", () => {
  test.each([
    ["half_time_full_time home/home", "score first_half"],
    ["win_both_halves home", "score first_half"],
    ["win_either_half away", "score first_half"],
    ["score_both_halves home", "score first_half home"],
    ["winning_margin goalless_draw", "score regulation home"],
    ["winning_margin score_draw", "score regulation"],
    ["win_to_nil home", "score regulation away"],
    ["both_to_score yes", "score regulation home"],
  ])("%s waits for %s", (words, missing) => {
    expect(full(words, known([]))).toBe(`fact_missing: ${missing}`);
  });
});

describe("parts of a game", () => {
  test("make up the whole match with its overtime, too", () => {
    const whole = { sport: "basketball", period: "match" } as const;
    const facts = known([
      ...counted("first_half", [40, 50]),
      ...counted("regulation", [90, 90]),
      ...counted("overtime", [9, 8]),
    ]);

    expect(full("half_time_full_time away/home", facts, whole)).toBe("won");
    expect(full("half_time_full_time away/draw", facts, { ...whole, period: "regulation" })).toBe("won");
    expect(full("half_time_full_time away/home", facts, { ...whole, period: "first_half" })).toBe(
      "no_grader: half_time_full_time first_half",
    );
  });

  test("are compared with every other: the best quarter may be any of the four", () => {
    const best = (scores: readonly [number, number, number, number], outcome: string) => {
      const [first, second, third, fourth] = scores;
      const facts = known([
        ...counted("first_quarter", [first, 0]),
        ...counted("second_quarter", [second, 0]),
        ...counted("third_quarter", [third, 0]),
        ...counted("fourth_quarter", [fourth, 0]),
      ]);
      return full(`highest_quarter ${outcome}`, facts, { sport: "basketball" });
    };

    expect(best([20, 35, 31, 30], "second_quarter")).toBe("won");
    expect(best([20, 35, 31, 30], "third_quarter")).toBe("lost");
    expect(best([20, 25, 30, 35], "fourth_quarter")).toBe("won");
    expect(best([20, 25, 30, 35], "third_quarter")).toBe("lost");
    expect(best([35, 25, 30, 31], "fourth_quarter")).toBe("lost");
    expect(best([35, 35, 30, 31], "draw")).toBe("won");
    expect(best([35, 25, 30, 31], "draw")).toBe("lost");
  });
});

test("a draw with goals is lost as soon as either side can have none", () => {
  expect(full("winning_margin score_draw", goesOnFor("away"))).toBe("lost");
  expect(full("winning_margin score_draw", goesOnFor("home"))).toBe("lost");
  expect(full("winning_margin score_draw", soFar([0, 0]))).toBe(WAITS);
});

describe("goals in their order", () => {
  const goal = { side: "home", period: "first_half" } as const;
  const told = (final: boolean, player?: string) =>
    known(counted("regulation", [1, 0], { final }), {
      status: final ? "ended" : "live",
      goals: { list: [player === undefined ? goal : { ...goal, player }], final },
    });
  const NO_ORDER = "fact_missing: goals in their order regulation";

  test("that nobody has told are missing, and so are the rest of those that go on", () => {
    expect(full("first_to_score home", match([1, 1]))).toBe(NO_ORDER);
    expect(full("first_scorer A", match([1, 1]))).toBe(NO_ORDER);
    expect(full("anytime_scorer B", told(false, "A"))).toBe(NO_ORDER);
    expect(full("last_scorer B", told(false, "A"))).toBe(NO_ORDER);
  });

  test("tell all there is to know once the list of them is whole, though nobody has told the score", () => {
    const whole = (...list: readonly GoalFact[]) => known([], { goals: { list, final: true } });

    expect(full("last_scorer A", whole({ ...goal, player: "A" }))).toBe("won");
    expect(full("last_to_score home", whole(goal))).toBe("won");
    expect(full("first_to_score home", whole())).toBe("lost");
  });

  test("are not a side's alone while it has none, though the other side can have none any more", () => {
    expect(full("first_to_score home", goesOnFor("home"))).toBe(NO_ORDER);
    expect(full("first_to_score away", goesOnFor("away"))).toBe(NO_ORDER);
  });

  test("without a scorer's name, or a squad, miss that", () => {
    expect(full("anytime_scorer A", told(true))).toBe("fact_missing: scorers");
    expect(full("first_scorer A", told(true))).toBe("fact_missing: scorers");
    expect(full("first_scorer B", told(true, "A"))).toBe("fact_missing: whether B took part");
  });

  test("name no scorer where the rules do not speak of them", () => {
    const rules1 = houseRulesOf(1) ?? rules2();

    expect(reasonOf(gradeLeg(leg("first_scorer A"), told(true, "A"), rules1))).toBe("rule_missing: scorers");
  });
});

test("what is counted is what the market is named for, and the side's alone where it is one side's", () => {
  const facts = known([
    ...counted("match", [9, 4], { statistic: "hits" }),
    ...counted("match", [13, 7], { statistic: "games" }),
    ...counted("match", [1, 1], { statistic: "red_cards" }),
  ]);
  const baseball = { sport: "baseball", period: "match" } as const;
  const tennis = { sport: "tennis", period: "match" } as const;

  expect(full("hits_total over 12.5", facts, baseball)).toBe("won");
  expect(full("hits_total over 13.5", facts, baseball)).toBe("lost");
  expect(full("team_hits_total_home over 8.5", facts, baseball)).toBe("won");
  expect(full("team_hits_total_home over 9.5", facts, baseball)).toBe("lost");
  expect(full("team_hits_total_away over 3.5", facts, baseball)).toBe("won");
  expect(full("team_hits_total_away over 4.5", facts, baseball)).toBe("lost");
  expect(full("games_handicap away -6.5", facts, tennis)).toBe("won");
  expect(full("games_handicap home -5.5", facts, tennis)).toBe("won");
  expect(full("games_handicap home -6.5", facts, tennis)).toBe("lost");
});
