import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { dataPath } from "../harness/mod.ts";
import { type Entry, line, market, price } from "./_board.ts";
import { named, read } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

/** As likely as one another, with a margin of a twentieth. */
function prices(...names: string[]): Entry[] {
  return names.map((name) => price(name, Math.max(1.5, names.length / 1.05).toFixed(2)));
}

describe("labels of soccer", () => {
  test.each([
    [
      "a number of goals, the last with all above it",
      market("22614", "Exact Goals Number", prices("0", "1", "6", "more 7")),
      [
        "exact_goals regulation 0",
        "exact_goals regulation 1",
        "exact_goals regulation 6",
        "exact_goals regulation 7+",
      ],
    ],
    [
      "a side's number of goals",
      market("22617", "Away Team Exact Goals Number", prices("2", "more 3")),
      ["team_exact_goals_away regulation 2", "team_exact_goals_away regulation 3+"],
    ],
    [
      "a margin, its Draw being the goalless one beside the Score Draw",
      market("22832", "Winning Margin", prices("1 by 1", "2 by 4+", "Score Draw", "Draw")),
      [
        "winning_margin regulation home_by_1",
        "winning_margin regulation away_by_4+",
        "winning_margin regulation score_draw",
        "winning_margin regulation goalless_draw",
      ],
    ],
    [
      "over and under with both to score, in letters",
      market("22834", "Total Goals/Both Teams To Score", [
        line("total", "2.5", prices("o/yes", "o/no", "u/yes", "u/no")),
      ]),
      ["over_yes", "over_no", "under_yes", "under_no"].map(
        (name) => `total_both_to_score regulation 10 ${name}`,
      ),
    ],
    [
      "a result with over and under",
      market("22621", "Result/Total Goals", [line("total", "2.5", prices("Home/Over", "Draw/Under"))]),
      ["1x2_total regulation 10 home_over", "1x2_total regulation 10 draw_under"],
    ],
    [
      "a result with both to score",
      market("22620", "Results/Both Teams To Score", prices("Home/Yes", "Away/No")),
      ["1x2_both_to_score regulation home_yes", "1x2_both_to_score regulation away_no"],
    ],
    [
      "who scores first, Draw being nobody",
      market("2224", "Team To Score First", prices("Home", "Draw", "Away")),
      ["home", "none", "away"].map((name) => `first_to_score regulation ${name}`),
    ],
    [
      "players, as they are written",
      market("22846", "First Goal Scorer", prices("J. Nobody", "No Goalscorer")),
      ["first_scorer regulation J. Nobody", "first_scorer regulation none"],
    ],
    [
      "the half with more goals",
      market("91", "Highest Scoring Half", prices("1st Half", "Draw", "2nd Half")),
      ["first_half", "draw", "second_half"].map((name) => `highest_half regulation ${name}`),
    ],
    [
      "corners on a whole line, three ways",
      market("22850", "Total Corners (3 way)", [line("total", "10", prices("Over", "Exactly", "Under"))]),
      ["over", "exactly", "under"].map((name) => `corners_total_three_way regulation 40 ${name}`),
    ],
    [
      "the winner of the first ten minutes",
      market("22626", "First 10 min Winner", prices("Home", "Draw", "Away")),
      ["home", "draw", "away"].map((name) => `1x2 first_10_minutes ${name}`),
    ],
  ])("name %s", async (_, odd, wanted) => {
    expect(named(await read([odd]))).toEqual(wanted);
  });

  test.each([
    ["a margin without a number", market("22832", "Winning Margin", prices("1 by some"))],
    ["a count in words", market("22614", "Exact Goals Number", prices("0", "many"))],
    ["a half that does not exist", market("91", "Highest Scoring Half", prices("3rd Half"))],
    [
      "a line that is only a sign where the type has one",
      market("5", "Goals Over/Under", [line("total", "+", prices("Over"))]),
    ],
    ["what every object inherits", market("222", "Double Chance", prices("constructor"))],
  ])("that name %s leave the whole market unknown", async (_, odd) => {
    expect(named(await read([odd]))[0]).toStartWith("unknown unknown ");
  });
});

test("the same names in other sports are other markets, or none that is known", async () => {
  const exact = market("22616", "Home Team Exact Goals Number", prices("1", "27"));
  const scorers = market("22845", "Anytime Goal Scorer", prices("J. Nobody"));
  const half = market("181", "Correct Score 1st Half", prices("6:4", "7:6"));
  const result = market("22621", "Result/Total Goals", [
    line("total", "8.5", prices("Home/Over", "Away/Under")),
  ]);
  const rounds = market("5", "Over/Under", [line("total", "2.5", prices("Over", "Under"))]);

  expect(named(await read([exact], { sport: "rugby" }))[0]).toBe("unknown unknown 1");
  expect(named(await read([scorers], { sport: "football" }))[0]).toBe("unknown unknown J. Nobody");
  expect(named(await read([half], { sport: "tennis" }))).toEqual([
    "games_score first_set 6:4",
    "games_score first_set 7:6",
  ]);
  expect(named(await read([half]))[0]).toBe("correct_score first_half 6:4");
  expect(named(await read([result], { sport: "baseball" }))).toEqual([
    "moneyline_total match 34 home_over",
    "moneyline_total match 34 away_under",
  ]);
  expect(named(await read([rounds], { sport: "mma" }))[0]).toBe("rounds_total match 10 over");
});

type Node = Record<string, unknown>;
const list = (value: unknown) => (Array.isArray(value) ? value : [value]) as Node[];

/** What "Draw" means where nobody scores, by the price of 0:0 in each stored match: read as any draw, it would be a third of that. */
test.skipIf(dataPath("goalserve") === undefined)(
  "the stored boards price a margin's Draw like 0:0, and its Score Draw far shorter",
  async () => {
    let seen = 0;
    for (const name of ["2025-09-11_soccer_selected", "2025-09-20_soccer_epl"]) {
      const file = await Bun.file(dataPath(`goalserve/${name}.json`) ?? "").json();
      for (const found of list(file.odds_data.scores.categories).flatMap((one) => list(one["matches"]))) {
        const priceOf = (id: string, label: string) =>
          list(found["odds"])
            .filter((one) => one["id"] === id)
            .flatMap((one) => list(list(one["bookmakers"])[0]?.["odds"]))
            .flatMap((one) => (one["name"] === label ? [Number(one["value"])] : []))[0] ?? Number.NaN;
        const goalless = priceOf("81", "0:0");
        expect(priceOf("22832", "Draw") / goalless).toBeWithin(0.85, 1.15);
        expect(priceOf("2224", "Draw") / goalless).toBeWithin(0.85, 1.15);
        expect(priceOf("22832", "Score Draw") / goalless).toBeLessThan(0.75);
        seen += 1;
      }
    }
    expect(seen).toBe(22);
  },
);
