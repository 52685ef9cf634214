import { describe, expect, test } from "bun:test";
import {
  CANCELLATION_REASONS,
  type CountFact,
  countsOf,
  type FactPeriod,
  isFactPeriod,
  isStatistic,
  isWithin,
  partsInOrder,
  type Statistic,
} from "../../src/results/mod.ts";
import { counted, known } from "../settlement/graders/_known.ts";

/** How games are divided, by the rules of each sport. */
const DIVISIONS: readonly [statistic: Statistic, whole: FactPeriod, parts: readonly FactPeriod[]][] = [
  ["score", "match", ["regulation", "overtime"]],
  ["corners", "regulation", ["first_half", "second_half"]],
  ["score", "first_half", ["first_10_minutes", "rest_of_first_half"]],
  ["score", "first_half", ["first_quarter", "second_quarter"]],
  ["score", "second_half", ["third_quarter", "fourth_quarter"]],
  ["hits", "regulation", ["first_7_innings", "eighth_inning", "ninth_inning"]],
  ["score", "first_7_innings", ["first_5_innings", "sixth_inning", "seventh_inning"]],
  ["score", "first_5_innings", ["first_3_innings", "fourth_inning", "fifth_inning"]],
  ["score", "first_3_innings", ["first_inning", "second_inning", "third_inning"]],
  ["games", "match", ["first_set", "second_set", "third_set", "fourth_set", "fifth_set"]],
];

function home(facts: readonly CountFact[], statistic: Statistic, period: FactPeriod) {
  return countsOf(known(facts)).bounds(statistic, period, "home");
}

describe.each(DIVISIONS)("%s of %s", (statistic, whole, parts) => {
  const ofPart = (part: FactPeriod) => 2 + parts.indexOf(part);
  const sum = parts.reduce((total, part) => total + ofPart(part), 0);
  const told = parts.map((part) => counted(part, [ofPart(part), 0], { statistic }));

  test("is the sum of its parts", () => {
    expect(home(told.flat(), statistic, whole)).toEqual({ least: sum, most: sum });
    for (const part of parts) expect(isWithin(part, whole)).toBe(true);
    for (const part of parts) expect(isWithin(whole, part)).toBe(false);
  });

  test.each(parts.map((part) => [part]))("tells its %s with the others", (missing) => {
    const others = parts.filter((part) => part !== missing);
    const facts = [
      ...counted(whole, [sum, 0], { statistic }),
      ...others.flatMap((part) => counted(part, [ofPart(part), 0], { statistic })),
    ];

    expect(home(facts, statistic, missing)).toEqual({ least: ofPart(missing), most: ofPart(missing) });
    for (const other of others) expect(isWithin(other, missing)).toBe(false);
  });
});

test("what is known of the smallest parts carries to the whole match, and back", () => {
  const innings = [
    ...["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"].flatMap(
      (which) => counted(`${which}_inning` as FactPeriod, [1, 0]),
    ),
    ...counted("overtime", [0, 0]),
  ];
  const without = (period: FactPeriod) => innings.filter((fact) => fact.period !== period);

  expect(home(innings, "score", "match")).toEqual({ least: 9, most: 9 });
  expect(home([...without("first_inning"), ...counted("match", [9, 0])], "score", "first_inning")).toEqual({
    least: 1,
    most: 1,
  });
  expect(isWithin("first_inning", "match")).toBe(true);
  expect(isWithin("first_quarter", "match")).toBe(true);
  expect(isWithin("overtime", "regulation")).toBe(false);
  expect(isWithin("match", "match")).toBe(true);
});

test("a least alone, and a most alone, carry as far as both", () => {
  const none = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"].flatMap(
    (which) => counted(`${which}_inning` as FactPeriod, [0, 0]),
  );

  expect(home(counted("first_inning", [2, 0], { final: false }), "score", "match").least).toBe(2);
  expect(home([...none, ...counted("overtime", [0, 0])], "score", "match").most).toBe(0);
});

test("points of sets make no match, and sets have no parts", () => {
  expect(home(counted("first_set", [25, 20]), "score", "match").least).toBe(0);
  expect(home(counted("regulation", [2, 1], { statistic: "sets" }), "sets", "match").least).toBe(0);
  expect(home(counted("regulation", [2, 1], { statistic: "games" }), "games", "match").least).toBe(0);
});

test("partsInOrder gives each way in which a stretch is played", () => {
  expect(partsInOrder("match")).toEqual([["regulation", "overtime"]]);
  expect(partsInOrder("first_half")).toEqual([
    ["first_10_minutes", "rest_of_first_half"],
    ["first_quarter", "second_quarter"],
  ]);
  expect(partsInOrder("first_set")).toEqual([]);
});

test("names of statistics and stretches are known, others are not", () => {
  for (const name of ["score", "corners", "yellow_cards", "red_cards", "hits", "games", "sets"])
    expect(isStatistic(name)).toBe(true);
  for (const [, whole, parts] of DIVISIONS)
    for (const name of [whole, ...parts]) expect(isFactPeriod(name)).toBe(true);
  expect([
    isStatistic("throws"),
    isStatistic("match"),
    isFactPeriod("score"),
    isFactPeriod("unknown"),
  ]).toEqual([false, false, false, false]);
});

test("reasons of cancellations are known by these names, and none is lost", () => {
  const names = [
    ...["other", "no_goalscorer", "correct_score_missing", "result_unverifiable", "format_change"],
    ...[
      "cancelled_event",
      "missing_goalscorer",
      "walkover",
      "dead_heat",
      "retired_or_defaulted",
      "abandoned",
    ],
    ...["postponed", "incorrect_odds", "incorrect_statistics", "no_result_assignable"],
    "starting_pitcher_changed",
  ];

  expect([...CANCELLATION_REASONS] as string[]).toEqual(names);
});
