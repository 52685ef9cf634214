import type { Facts } from "../../../src/results/mod.ts";
import type { Leg } from "../../../src/settlement/mod.ts";
import { counted, known } from "./_known.ts";

/** Home's and away's count of one thing. */
export type Two = readonly [home: number, away: number];

/** A football match in numbers, all of them known. */
export interface Numbers {
  readonly first: Two;
  readonly second: Two;
  readonly corners: readonly [first: Two, second: Two];
  readonly yellow: readonly [first: Two, second: Two];
  readonly red: readonly [first: Two, second: Two];
}

type Word = "won" | "lost" | "push" | "half_won" | "half_lost";

const plus = ([a, b]: Two, [c, d]: Two): Two => [a + c, b + d];
const twice = ([a, b]: Two): Two => [2 * a, 2 * b];
const whether = (holds: boolean): Word => (holds ? "won" : "lost");

/** What a number of quarters beyond a line is worth. */
function beyond(quarters: number): Word {
  if (quarters > 1) return "won";
  if (quarters < -1) return "lost";
  return ({ 1: "half_won", 0: "push", [-1]: "half_lost" } as const)[quarters as -1 | 0 | 1];
}

function way([home, away]: Two): "home" | "draw" | "away" {
  if (home === away) return "draw";
  return home > away ? "home" : "away";
}

function total(outcome: string, count: number, line: number): Word {
  return beyond(outcome === "over" ? 4 * count - line : line - 4 * count);
}

function handicap(outcome: string, [home, away]: Two, line: number): Word {
  const ahead = 4 * (home - away) + line;
  return beyond(outcome === "home" ? ahead : -ahead);
}

/** Three ways around a line: nothing comes back. */
function around(
  outcome: string,
  value: number,
  names: readonly [above: string, level: string, below: string],
): Word {
  return whether(outcome === names[value > 0 ? 0 : value === 0 ? 1 : 2]);
}

/** Both of two things, where the line that is hit gives the stake back. */
function andTotal(holds: boolean, outcome: string, count: number, line: number): Word {
  return 4 * count === line ? "push" : whether(holds && outcome === (4 * count > line ? "over" : "under"));
}

const isCount = (count: number, said: string) =>
  said.endsWith("+") ? count >= Number(said.slice(0, -1)) : count === Number(said);

/**
 * What football's markets come to, worked out anew from whole numbers: `undefined` for what is no market of that stretch of play. Goals in
 * their order are not in it.
 */
export function oracle(
  { marketType, outcome, lineQuarters, period }: Leg,
  numbers: Numbers,
): Word | undefined {
  const { first, second } = numbers;
  const over = <T extends readonly [Two, Two]>([one, other]: T) =>
    period === "first_half" ? one : period === "second_half" ? other : plus(one, other);
  const score = over([first, second]);
  const corners = over(numbers.corners);
  const cards = plus(over(numbers.yellow), twice(over(numbers.red)));
  const [home, away] = score;
  const line = lineQuarters ?? 0;
  const both = home > 0 && away > 0;
  const [one = "", two = ""] = outcome.split("_");
  const yes = (holds: boolean) => whether(holds === (outcome === "yes"));
  const half = (which: (pair: Two) => number) =>
    around(outcome, which(first) - which(second), ["first_half", "draw", "second_half"]);
  const isWhole = period === "regulation";
  const hasQuarter = line % 2 !== 0;
  const side = (pair: Two) => (outcome === "home" ? pair[0] : pair[1]);
  switch (marketType) {
    case "1x2":
      return whether(way(score) === outcome);
    case "corners_1x2":
      return whether(way(corners) === outcome);
    case "double_chance":
      return whether(outcome.split("_or_").includes(way(score)));
    case "draw_no_bet":
      return home === away ? "push" : whether(way(score) === outcome);
    case "total":
    case "asian_total":
      return total(outcome, home + away, line);
    case "team_total_home":
      return total(outcome, home, line);
    case "team_total_away":
      return total(outcome, away, line);
    case "asian_handicap":
      return handicap(outcome, score, line);
    case "european_handicap":
      return hasQuarter ? undefined : around(outcome, 4 * (home - away) + line, ["home", "draw", "away"]);
    case "both_to_score":
      return yes(both);
    case "clean_sheet_home":
      return yes(away === 0);
    case "clean_sheet_away":
      return yes(home === 0);
    case "odd_even":
      return whether(outcome === ((home + away) % 2 === 1 ? "odd" : "even"));
    case "team_odd_even_home":
      return whether(outcome === (home % 2 === 1 ? "odd" : "even"));
    case "team_odd_even_away":
      return whether(outcome === (away % 2 === 1 ? "odd" : "even"));
    case "half_time_full_time":
      return isWhole ? whether(outcome === `${way(first)}/${way(score)}`) : undefined;
    case "correct_score":
      return whether(outcome === `${home}:${away}`);
    case "exact_goals":
      return whether(isCount(home + away, outcome));
    case "team_exact_goals_home":
      return whether(isCount(home, outcome));
    case "team_exact_goals_away":
      return whether(isCount(away, outcome));
    case "winning_margin":
      if (outcome === "goalless_draw") return whether(home + away === 0);
      if (outcome === "score_draw") return whether(home === away && home > 0);
      return whether(isCount(one === "home" ? home - away : away - home, outcome.split("_by_")[1] ?? ""));
    case "1x2_total":
      return hasQuarter ? undefined : andTotal(way(score) === one, two, home + away, line);
    case "total_both_to_score":
      return hasQuarter ? undefined : andTotal(both === (two === "yes"), one, home + away, line);
    case "1x2_both_to_score":
      return whether(way(score) === one && both === (two === "yes"));
    case "win_to_nil":
      return whether(way(score) === outcome && Math.min(home, away) === 0);
    case "win_both_halves":
      return isWhole ? whether(way(first) === outcome && way(second) === outcome) : undefined;
    case "win_either_half":
      return isWhole ? whether(way(first) === outcome || way(second) === outcome) : undefined;
    case "score_both_halves":
      return isWhole ? whether(side(first) > 0 && side(second) > 0) : undefined;
    case "highest_half":
      return isWhole ? half(([a, b]) => a + b) : undefined;
    case "team_highest_half_home":
      return isWhole ? half(([a]) => a) : undefined;
    case "team_highest_half_away":
      return isWhole ? half(([, b]) => b) : undefined;
    case "corners_total":
      return total(outcome, corners[0] + corners[1], line);
    case "corners_total_three_way":
      return hasQuarter
        ? undefined
        : around(outcome, 4 * (corners[0] + corners[1]) - line, ["over", "exactly", "under"]);
    case "corners_asian_handicap":
      return handicap(outcome, corners, line);
    case "corners_european_handicap":
      return hasQuarter
        ? undefined
        : around(outcome, 4 * (corners[0] - corners[1]) + line, ["home", "draw", "away"]);
    case "team_corners_total_home":
      return total(outcome, corners[0], line);
    case "team_corners_total_away":
      return total(outcome, corners[1], line);
    case "cards_total":
      return total(outcome, cards[0] + cards[1], line);
    case "cards_asian_handicap":
      return handicap(outcome, cards, line);
    case "cards_european_handicap":
      return hasQuarter
        ? undefined
        : around(outcome, 4 * (cards[0] - cards[1]) + line, ["home", "draw", "away"]);
    case "team_cards_total_home":
      return total(outcome, cards[0], line);
    case "team_cards_total_away":
      return total(outcome, cards[1], line);
    default:
      throw new RangeError(`Cannot work out ${marketType}`);
  }
}

/** The numbers as facts: both halves, final unless `soFar`, which leaves open what the second half still brings. */
export function factsOf(numbers: Numbers, { soFar = false }: { readonly soFar?: boolean } = {}): Facts {
  const { first, second, corners, yellow, red } = numbers;
  const all = [
    ["score", [first, second]],
    ["corners", corners],
    ["yellow_cards", yellow],
    ["red_cards", red],
  ] as const;
  const counts = all.flatMap(([statistic, [one, other]]) => [
    ...counted("first_half", one, { statistic }),
    ...counted("second_half", other, { statistic, final: !soFar }),
  ]);
  return known(counts, { status: soFar ? "live" : "ended" });
}
