import { describe, expect, test } from "bun:test";
import type { Facts, GoalFact } from "../../../src/results/mod.ts";
import { counted, graded, known, match } from "./_known.ts";

describe("winners", () => {
  test("of a double chance win plainly with either, and draw no bet returns the stake at a draw", () => {
    expect(graded("double_chance home_or_draw", match([2, 2]))).toBe("won");
    expect(graded("double_chance home_or_away", match([2, 2]))).toBe("lost");
    expect(graded("draw_no_bet home", match([0, 0]))).toBe("push");
    expect(graded("draw_no_bet away", match([0, 1]))).toBe("won");
    expect(graded("draw_no_bet home", match([0, 1]))).toBe("lost");
  });

  test("of a set are told by its games or points, of a match by its sets, of a bout by who was named", () => {
    const tennis = known([
      ...counted("first_set", [6, 7], { statistic: "games" }),
      ...counted("match", [2, 1], { statistic: "sets" }),
    ]);
    const volleyball = known([
      ...counted("first_set", [25, 27]),
      ...counted("match", [3, 1], { statistic: "sets" }),
    ]);
    const bout = known([], { winners: [{ period: "match", winner: "away" }] });
    const drawn = known([], { winners: [{ period: "match", winner: "draw" }] });

    expect(graded("moneyline home", tennis, { sport: "tennis", period: "match" })).toBe("won");
    expect(graded("moneyline home", tennis, { sport: "tennis", period: "first_set" })).toBe("lost");
    expect(graded("moneyline away", volleyball, { sport: "volleyball", period: "first_set" })).toBe("won");
    expect(graded("moneyline home", volleyball, { sport: "volleyball", period: "match" })).toBe("won");
    expect(graded("moneyline away", bout, { sport: "mma", period: "match" })).toBe("won");
    expect(graded("moneyline away", drawn, { sport: "boxing", period: "match" })).toBe("push");
    expect(graded("set_score 2:1", tennis, { sport: "tennis", period: "match" })).toBe("won");
    expect(graded("games_score 6:7", tennis, { sport: "tennis", period: "first_set" })).toBe("won");
    expect(graded("straight_sets_home no", tennis, { sport: "tennis", period: "match" })).toBe("won");
    expect(graded("sets_handicap home 1.5", volleyball, { sport: "volleyball", period: "match" })).toBe(
      "won",
    );
  });

  test("named by a person win whatever is counted: a chase cut short by rain", () => {
    const chase = known(counted("regulation", [180, 95]), { winners: [{ period: "match", winner: "away" }] });

    expect(graded("moneyline away", chase, { sport: "cricket", period: "match" })).toBe("won");
    expect(graded("total under 277.5", chase, { sport: "cricket" })).toBe("won");
  });
});

describe("scores", () => {
  test("nothing is even, and a clean sheet is the other side's goals", () => {
    expect(graded("odd_even even", match([0, 0]))).toBe("won");
    expect(graded("team_odd_even_home odd", match([3, 2]))).toBe("won");
    expect(graded("clean_sheet_home yes", match([2, 0]))).toBe("won");
    expect(graded("clean_sheet_away yes", match([2, 0]))).toBe("lost");
    expect(graded("win_to_nil home", match([2, 0]))).toBe("won");
    expect(graded("win_to_nil home", match([0, 0]))).toBe("lost");
  });

  test("a margin of four is any of four and more, and draws are told apart by whether anybody scored", () => {
    expect(graded("winning_margin away_by_4+", match([0, 6]))).toBe("won");
    expect(graded("winning_margin home_by_1", match([0, 6]))).toBe("lost");
    expect(graded("winning_margin home_by_3", match([3, 0]))).toBe("won");
    expect(graded("winning_margin score_draw", match([1, 1]))).toBe("won");
    expect(graded("winning_margin goalless_draw", match([1, 1]))).toBe("lost");
    expect(graded("winning_margin goalless_draw", match([0, 0]))).toBe("won");
  });

  test("two things both come true, and a whole total that is hit returns the stake of all of them", () => {
    expect(graded("1x2_total home_over 2.5", match([2, 1]))).toBe("won");
    expect(graded("1x2_total away_over 2.5", match([2, 1]))).toBe("lost");
    expect(graded("1x2_total home_over 3", match([2, 1]))).toBe("push");
    expect(graded("1x2_total away_under 3", match([2, 1]))).toBe("push");
    expect(graded("1x2_both_to_score draw_yes", match([1, 1]))).toBe("won");
    expect(graded("total_both_to_score under_no 3.5", match([2, 0]))).toBe("won");
  });
});

describe("parts of a game", () => {
  test("the second half is what the full time adds to the half time", () => {
    const second = { period: "second_half" } as const;

    expect(graded("1x2 away", match([2, 2], [2, 1]), second)).toBe("won");
    expect(graded("total over 0.5", match([2, 1], [2, 1]), second)).toBe("lost");
    expect(graded("highest_half draw", match([2, 2], [1, 1]))).toBe("won");
    expect(graded("team_highest_half_home second_half", match([2, 2], [0, 1]))).toBe("won");
    expect(graded("score_both_halves away", match([2, 2], [0, 1]))).toBe("won");
  });

  test("two quarters alike at the top are a draw", () => {
    const points = (...scores: readonly [number, number, number, number]) =>
      known([
        ...counted("first_quarter", [scores[0], 0]),
        ...counted("second_quarter", [scores[1], 0]),
        ...counted("third_quarter", [scores[2], 0]),
        ...counted("fourth_quarter", [scores[3], 0]),
      ]);
    const basketball = { sport: "basketball" } as const;

    expect(graded("highest_quarter third_quarter", points(20, 25, 31, 30), basketball)).toBe("won");
    expect(graded("highest_quarter draw", points(31, 25, 31, 30), basketball)).toBe("won");
    expect(graded("highest_quarter first_quarter", points(31, 25, 31, 30), basketball)).toBe("lost");
    expect(graded("half_time_full_time away/home", points(0, 0, 1, 0), basketball)).toBe("lost");
    expect(
      graded("total over 61.5", points(20, 25, 31, 30), { sport: "basketball", period: "second_half" }),
    ).toBe("lost");
  });

  test("innings add up, and what came after the ninth is no part of seven", () => {
    const innings = known([
      ...counted("first_3_innings", [2, 0]),
      ...counted("fourth_inning", [0, 1]),
      ...counted("fifth_inning", [0, 1]),
      ...counted("match", [4, 5]),
    ]);
    const baseball = { sport: "baseball", period: "first_5_innings" } as const;

    expect(graded("asian_handicap home 0", innings, baseball)).toBe("push");
    expect(graded("total over 3.5", innings, baseball)).toBe("won");
    expect(graded("total over 3.5", innings, { sport: "baseball", period: "first_7_innings" })).toBe("won");
    expect(graded("total over 4.5", innings, { sport: "baseball", period: "first_7_innings" })).toStartWith(
      "? ",
    );
  });

  test("who scored first and last is told by halves where they tell", () => {
    expect(graded("first_to_score home", match([1, 2], [1, 0]))).toBe("won");
    expect(graded("last_to_score away", match([1, 2], [1, 0]))).toBe("won");
    expect(graded("first_to_score away", match([1, 2], [0, 0]))).toBe("? goals in their order regulation");
    expect(graded("first_to_score none", match([0, 0]))).toBe("won");
    expect(graded("last_to_score home", match([3, 0]))).toBe("won");
  });
});

describe("scorers", () => {
  const goal = (side: "home" | "away", player: string, more: Partial<GoalFact> = {}): GoalFact => ({
    side,
    player,
    period: "first_half",
    ...more,
  });
  const played = (list: readonly GoalFact[], score: readonly [number, number]): Facts =>
    match(score, undefined, {
      goals: { list, final: true },
      players: [
        { name: "A. Starter", side: "home", enteredAfterGoals: 0 },
        { name: "B. Late", side: "home", enteredAfterGoals: 1 },
        { name: "C. Bench", side: "home", enteredAfterGoals: null },
      ],
    });
  const by = (marketType: string, outcome: string, facts: Facts) =>
    graded(`${marketType} x`, facts, { outcome });

  test("an own goal is nobody's: the next one is the first", () => {
    const facts = played([goal("home", "Z. Unlucky", { ownGoal: true }), goal("home", "A. Starter")], [2, 0]);

    expect(by("first_scorer", "Z. Unlucky", facts)).toBe("? whether Z. Unlucky took part");
    expect(by("first_scorer", "A. Starter", facts)).toBe("won");
    expect(by("first_to_score", "home", facts)).toBe("won");
    expect(by("first_scorer", "B. Late", facts)).toBe("lost");
    expect(by("first_scorer", "none", facts)).toBe("lost");
  });

  test("only own goals are no scorer at all", () => {
    const facts = played([goal("home", "Z. Unlucky", { ownGoal: true })], [1, 0]);

    expect(by("first_scorer", "none", facts)).toBe("won");
    expect(by("last_scorer", "A. Starter", facts)).toBe("lost");
    expect(by("anytime_scorer", "A. Starter", facts)).toBe("lost");
  });

  test("who came too late, or not at all, has his stake back", () => {
    const facts = played([goal("away", "D. Other"), goal("away", "D. Other")], [0, 2]);

    expect(by("first_scorer", "B. Late", facts)).toBe("did_not_take_part");
    expect(by("last_scorer", "B. Late", facts)).toBe("lost");
    expect(by("anytime_scorer", "B. Late", facts)).toBe("lost");
    expect(by("anytime_scorer", "C. Bench", facts)).toBe("did_not_take_part");
    expect(by("anytime_scorer", "D. Other", facts)).toBe("won");
  });

  test("goals that do not fit the score decide nothing, nor does one whose scorer nobody knows", () => {
    const { player: _, ...nameless } = goal("home", "");

    expect(by("first_scorer", "A. Starter", played([goal("home", "A. Starter")], [2, 0]))).toStartWith(
      "? goals",
    );
    expect(by("first_scorer", "A. Starter", played([nameless], [1, 0]))).toBe("? scorers");
    expect(by("anytime_scorer", "A. Starter", played([nameless], [1, 0]))).toBe("? scorers");
  });
});

test("cards count by their points, a red one as two", () => {
  const facts = known([
    ...counted("regulation", [2, 1], { statistic: "yellow_cards" }),
    ...counted("regulation", [0, 1], { statistic: "red_cards" }),
  ]);

  expect(graded("cards_total over 4.5", facts)).toBe("won");
  expect(graded("team_cards_total_away under 3", facts)).toBe("push");
  expect(graded("cards_asian_handicap home 0.5", facts)).toBe("lost");
  expect(graded("cards_european_handicap draw 1", facts)).toBe("won");
});

test("half a round is half its time, and exactly half of it returns the stake", () => {
  const ended = (rounds: number, seconds: number) => known([], { bout: { rounds, seconds } });
  const over = (facts: Facts, sport: string) =>
    graded("rounds_total over 2.5", facts, { sport, period: "match" });

  expect(over(ended(2, 149), "mma")).toBe("lost");
  expect(over(ended(2, 150), "mma")).toBe("push");
  expect(over(ended(2, 151), "mma")).toBe("won");
  expect(over(ended(2, 91), "boxing")).toBe("won");
  expect(over(ended(3, 0), "boxing")).toBe("won");
  expect(over(ended(2, 91), "judo")).toBe("? round_seconds judo");
});
