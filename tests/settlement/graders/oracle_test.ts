import { expect, test } from "bun:test";
import { graderBy, type Leg } from "../../../src/settlement/mod.ts";
import { FOOTBALL } from "./_course.ts";
import { rules2, short } from "./_known.ts";
import { factsOf, type Numbers, oracle, type Two } from "./_oracle.ts";

const IN_ORDER = /^(first|last|anytime)_/;
const MARKETS = FOOTBALL.filter(({ marketType }) => !IN_ORDER.test(marketType));

const UP_TO_2: readonly Two[] = [0, 1, 2].flatMap((home) => [0, 1, 2].map((away) => [home, away] as const));
const LARGE: readonly Two[] = [
  [5, 0],
  [0, 4],
  [3, 3],
];
/** No two counts alike, so that none is taken for another. */
function numbersOf(first: Two, second: Two): Numbers {
  return {
    first,
    second,
    corners: [
      [second[1] + 1, first[0]],
      [first[1], second[0] + 3],
    ],
    yellow: [
      [first[0], second[0]],
      [second[1], 1],
    ],
    red: [
      [first[1] > 0 ? 1 : 0, 0],
      [0, second[0] > 1 ? 1 : 0],
    ],
  };
}

const MATCHES = [
  ...UP_TO_2.flatMap((first) => UP_TO_2.map((second) => [first, second] as const)),
  ...LARGE.flatMap((one) => LARGE.map((other) => [one, other] as const)),
]
  .filter((_, index) => index % 2 === 0)
  .map(([first, second]) => numbersOf(first, second));

test("every market of football that is not about the order of goals comes to what rules written anew make of it", () => {
  const wrong: string[] = [];
  for (const numbers of MATCHES) {
    const grade = graderBy(factsOf(numbers), rules2());
    for (const market of MARKETS) {
      const result = grade(market);
      const graded = !result.decided && result.why === "no_grader" ? undefined : short(result);
      const wanted = oracle(market, numbers);
      if (graded !== wanted)
        wrong.push(`${JSON.stringify(market)} of ${JSON.stringify(numbers)}: ${graded}, not ${wanted}`);
    }
  }

  expect(wrong.slice(0, 3)).toEqual([]);
  expect(MATCHES.length * MARKETS.length).toBeGreaterThan(20_000);
});

/** What may still come of each count: nothing, a little on either side, or more than any line. */
const MORE: readonly Two[] = [
  ...UP_TO_2,
  ...[3, 4, 5, 6, 7].flatMap((more): Two[] => [
    [more, 0],
    [0, more],
    [more, more],
  ]),
  ...[20, 21].flatMap((many): Two[] => [
    [many, 0],
    [0, many],
    [many, 20],
    [many, 1],
    [1, many],
  ]),
];

/** Each of two things is looked at for itself: that they exclude each other is not seen before the end. */
const TWO_THINGS = /^1x2_|^total_both/;

/** On a half line the middle one of three ways never wins, which is not said before the others are told apart. */
const isNeverLevel = ({ marketType, lineQuarters }: Leg) =>
  /european_handicap|three_way/.test(marketType) && (lineQuarters ?? 0) % 4 !== 0;

const WITHIN_HALVES = UP_TO_2.flatMap((first) =>
  [[0, 0] as const, [1, 2] as const].map((second) => numbersOf(first, second)),
);

test("a market is decided while play goes on if, and only if, whatever may still come leaves it as it is", () => {
  const early = new Map<string, number>();
  const wrong: string[] = [];
  for (const numbers of WITHIN_HALVES) {
    const grade = graderBy(factsOf(numbers, { soFar: true }), rules2());
    const ends = MORE.map(([home, away]) => {
      const more = ([a, b]: Two): Two => [a + home, b + away];
      const { corners, yellow, red } = numbers;
      return {
        ...numbers,
        second: more(numbers.second),
        corners: [corners[0], more(corners[1])],
        yellow: [yellow[0], more(yellow[1])],
        red: [red[0], red[1]],
      } satisfies Numbers;
    });
    for (const market of MARKETS) {
      if (isNeverLevel(market)) continue;
      const result = grade(market);
      if (!result.decided && result.why === "no_grader") continue;
      const [first, ...others] = new Set(ends.map((end) => oracle(market, end)));
      const wanted = others.length === 0 ? first : undefined;
      const graded = result.decided ? result.grade.reason : undefined;
      if (graded !== undefined) early.set(market.marketType, (early.get(market.marketType) ?? 0) + 1);
      const isRight = graded === wanted || (graded === undefined && TWO_THINGS.test(market.marketType));
      if (!isRight || (!result.decided && result.why !== "fact_missing"))
        wrong.push(`${JSON.stringify(market)} of ${JSON.stringify(numbers)}: ${graded}, not ${wanted}`);
    }
  }

  expect(wrong.length, wrong.slice(0, 5).join("\n")).toBe(0);
  expect([...early.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4000);
});
