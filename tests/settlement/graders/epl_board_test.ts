import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { OfferedPrice } from "../../../src/markets/mod.ts";
import type { Facts } from "../../../src/results/mod.ts";
import { type Graded, graderBy } from "../../../src/settlement/mod.ts";
import { readBoard } from "../../feeds/_read.ts";
import { dataPath } from "../../harness/mod.ts";
import { withoutStops } from "../board_house.ts";
import { counted, match, rules2 } from "./_known.ts";

const boardPath = dataPath("goalserve/2025-09-20_soccer_epl.json");
const resultsPath = dataPath("goalserve/2025-09-20_epl_results_join.csv");

/** What full-time score, half-time score and corners cannot tell, by market: how many of its prices wait, and for what. */
const ORDER = "fact_missing, goals in their order regulation";
const PART = "fact_missing, whether he took part";
const CARDS = "fact_missing, yellow_cards and red_cards regulation";
const UNDECIDED: Readonly<Record<string, number>> = {
  "1x2 first_10_minutes: fact_missing, score first_10_minutes": 20,
  [`anytime_scorer regulation: ${ORDER}`]: 428,
  [`anytime_scorer regulation: ${PART}`]: 47,
  [`cards_asian_handicap regulation: ${CARDS}`]: 20,
  [`cards_european_handicap regulation: ${CARDS}`]: 150,
  [`cards_total regulation: ${CARDS}`]: 30,
  "corners_total_three_way first_half: fact_missing, corners first_half": 43,
  [`first_scorer regulation: ${ORDER}`]: 437,
  [`first_scorer regulation: ${PART}`]: 47,
  [`first_to_score regulation: ${ORDER}`]: 10,
  [`last_scorer regulation: ${ORDER}`]: 437,
  [`last_scorer regulation: ${PART}`]: 47,
  [`last_to_score regulation: ${ORDER}`]: 8,
  [`team_cards_total_away regulation: ${CARDS} away`]: 20,
  [`team_cards_total_home regulation: ${CARDS} home`]: 20,
  "unknown unknown: no_grader, First Goal Method": 60,
  "unknown unknown: no_grader, Own Goal": 20,
  "unknown unknown: no_grader, Player Assists": 479,
  "unknown unknown: no_grader, Player Passes": 174,
  "unknown unknown: no_grader, ShotOnTarget 1x2": 30,
};

test.skipIf(boardPath === undefined || resultsPath === undefined)(
  "of the Premier League board of 20 September every market is graded that its results can decide, the others say why not",
  async () => {
    const { events } = await readBoard(withoutStops(JSON.parse(readFileSync(boardPath ?? "", "utf8"))));
    const facts = factsByMatch();

    const graded = events.flatMap(({ facts: { sourceEventId }, prices = [] }) => {
      const grade = graderBy(facts.get(sourceEventId) ?? match([0, 0]), rules2());
      return prices.map((price) => ({
        match: sourceEventId,
        price,
        result: grade({ ...price, sport: "soccer" }),
      }));
    });
    const waiting = Map.groupBy(
      graded.filter(({ result }) => !result.decided),
      ({ price, result }) => `${price.marketType} ${price.period}: ${reasonOf(result)}`,
    );

    expect(facts.size).toBe(10);
    expect(graded.length).toBe(6578);
    expect(Object.fromEntries([...waiting].map(([what, prices]) => [what, prices.length]))).toEqual(
      UNDECIDED,
    );
    expect(graded.filter(({ result }) => result.decided).length).toBe(4051);
    expect(winnersOf(graded, "6344723")).toEqual([...FULHAM].sort());
  },
);

/** Fulham 3-1 Brentford, 2-1 at half time, corners 2-10, worked by hand: who wins the markets without a line. */
const FULHAM: readonly string[] = [
  "1x2 first_half home",
  "1x2 regulation home",
  "1x2 second_half home",
  "1x2_both_to_score regulation home_yes",
  "both_to_score first_half yes",
  "both_to_score regulation yes",
  "both_to_score second_half no",
  "clean_sheet_away regulation no",
  "clean_sheet_home regulation no",
  "corners_1x2 regulation away",
  "correct_score first_half 2:1",
  "correct_score regulation 3:1",
  "double_chance first_half home_or_away",
  "double_chance first_half home_or_draw",
  "double_chance regulation home_or_away",
  "double_chance regulation home_or_draw",
  "draw_no_bet regulation home",
  "exact_goals first_half 3",
  "exact_goals regulation 4",
  "exact_goals second_half 1",
  "half_time_full_time regulation home/home",
  "highest_half regulation first_half",
  "last_to_score regulation home",
  "odd_even first_half odd",
  "odd_even regulation even",
  "odd_even second_half odd",
  "team_exact_goals_away regulation 1",
  "team_exact_goals_home regulation 3+",
  "team_odd_even_away regulation odd",
  "team_odd_even_home regulation odd",
  "win_both_halves regulation home",
  "win_either_half regulation home",
  "winning_margin regulation home_by_2",
  "score_both_halves regulation home",
];

interface GradedPrice {
  readonly match: string;
  readonly price: OfferedPrice;
  readonly result: Graded;
}

function winnersOf(graded: readonly GradedPrice[], match: string): string[] {
  const won = graded.filter(
    (one) => one.match === match && one.price.lineQuarters === null && isWon(one.result),
  );
  return won.map(({ price }) => `${price.marketType} ${price.period} ${price.outcome}`).sort();
}

function isWon(result: Graded): boolean {
  return result.decided && result.grade.reason === "won";
}

function reasonOf(result: Graded): string {
  // The names of a hundred players who are not known to have played in the match without goals.
  return result.decided ? "" : `${result.why}, ${result.what.replace(/whether .+ took/, "whether he took")}`;
}

function factsByMatch(): Map<string, Facts> {
  const [header = "", ...lines] = readFileSync(resultsPath ?? "", "utf8")
    .trimEnd()
    .split(/\r?\n/);
  const names = header.split(",");
  return new Map(
    lines.map((line) => {
      const cells = line.split(",");
      const at = (name: string) => cells[names.indexOf(name)] ?? "";
      const pair = (what: string) => [Number(at(`${what}_home`)), Number(at(`${what}_away`))] as const;
      const facts = match(pair("ft"), pair("ht"));
      const corners = counted("regulation", pair("corners"), { statistic: "corners" });
      return [at("goalserve_id"), { ...facts, counts: [...facts.counts, ...corners] }];
    }),
  );
}
