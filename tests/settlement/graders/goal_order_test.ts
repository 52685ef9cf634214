import { expect, test } from "bun:test";
import type { CountFact, Facts, GoalFact, Side } from "../../../src/results/mod.ts";
import { graderBy } from "../../../src/settlement/mod.ts";
import { counted, graded, known, leg, match, rules2, short } from "./_known.ts";

type Half = "first_half" | "second_half";

const KINDS: readonly Partial<GoalFact>[] = [
  { player: "A" },
  { player: "B" },
  { player: "Z", ownGoal: true },
  {},
];
const GOALS: readonly GoalFact[] = (["first_half", "second_half"] as const).flatMap((period) =>
  (["home", "away"] as const).flatMap((side) => KINDS.map((kind) => ({ side, period, ...kind }))),
);
/** Every course of at most two goals, in their order. */
const COURSES: readonly (readonly GoalFact[])[] = [
  [],
  ...GOALS.map((one) => [one]),
  ...GOALS.flatMap((one) =>
    GOALS.filter(({ period }) => period === "second_half" || one.period === "first_half").map((two) => [
      one,
      two,
    ]),
  ),
];
const PLAYERS = [
  { name: "A", side: "home", enteredAfterGoals: 0 },
  { name: "B", side: "home", enteredAfterGoals: 1 },
  { name: "C", side: "away", enteredAfterGoals: null },
] as const;
const PERIODS = ["regulation", "first_half", "second_half"] as const;
const LEGS = PERIODS.flatMap((period) => [
  ...["first_to_score", "last_to_score"].flatMap((type) =>
    ["home", "away", "none"].map((outcome) => leg(type, { outcome, period })),
  ),
  ...["first_scorer", "last_scorer"].flatMap((type) =>
    ["A", "B", "C", "D", "none"].map((outcome) => leg(type, { outcome, period })),
  ),
  ...["A", "B", "C", "D"].map((outcome) => leg("anytime_scorer", { outcome, period })),
]);

/** What is known when these goals have been scored: `over` says which stretches are, and with them every count and the order. */
function factsOf(goals: readonly GoalFact[], over: "nothing" | "first_half" | "regulation"): Facts {
  const of = (side: Side, half: Half) =>
    goals.filter((goal) => goal.side === side && goal.period === half).length;
  const counts = (half: Half, final: boolean): CountFact[] =>
    counted(half, [of("home", half), of("away", half)], { final });
  return known(
    [...counts("first_half", over !== "nothing"), ...counts("second_half", over === "regulation")],
    {
      status: over === "regulation" ? "ended" : "live",
      goals: { list: goals, final: over === "regulation" },
      players: PLAYERS,
    },
  );
}

/** What a market on the order of goals comes to, worked out anew; "?" where a scorer, or whether somebody played, is not known. */
function oracle({ marketType, outcome, period }: (typeof LEGS)[number], goals: readonly GoalFact[]): string {
  const within = goals.filter((goal) => period === "regulation" || goal.period === period);
  const isFirst = marketType.startsWith("first");
  const endOf = <T>(list: readonly T[]) => (isFirst ? list[0] : list[list.length - 1]);
  if (marketType.endsWith("_to_score")) return (endOf(within)?.side ?? "none") === outcome ? "won" : "lost";
  const counting = within.filter((goal) => goal.ownGoal === undefined);
  const unlessAbsent = (before: number) => {
    const player = PLAYERS.find(({ name }) => name === outcome);
    if (player === undefined) return "?";
    return player.enteredAfterGoals === null || player.enteredAfterGoals > before
      ? "did_not_take_part"
      : "lost";
  };
  if (marketType === "anytime_scorer") {
    if (counting.some((goal) => goal.player === outcome)) return "won";
    return counting.some((goal) => goal.player === undefined) ? "?" : unlessAbsent(99);
  }
  const goal = endOf(counting);
  if (outcome === "none") return goal === undefined ? "won" : "lost";
  if (goal === undefined) return unlessAbsent(99);
  if (goal.player === undefined) return "?";
  return goal.player === outcome ? "won" : unlessAbsent(isFirst ? goals.indexOf(goal) : 99);
}

const inWords = (word: string) => (word.startsWith("? ") ? "?" : word);

test("goals in their order tell who scored first, last or at all", () => {
  const wrong: string[] = [];
  for (const goals of COURSES) {
    const grade = graderBy(factsOf(goals, "regulation"), rules2());
    for (const market of LEGS) {
      const [got, wanted] = [inWords(short(grade(market))), oracle(market, goals)];
      if (got !== wanted)
        wrong.push(`${JSON.stringify(market)} of ${JSON.stringify(goals)}: ${got}, not ${wanted}`);
    }
  }

  expect(wrong.slice(0, 3)).toEqual([]);
});

test("a side's place among goals, and who has scored, is decided as soon as nothing can change it", () => {
  const wrong: string[] = [];
  let early = 0;
  for (const goals of COURSES.filter(({ length }) => length < 2)) {
    for (const over of ["nothing", "first_half"] as const) {
      if (over === "nothing" && goals.some(({ period }) => period === "second_half")) continue;
      const grade = graderBy(factsOf(goals, over), rules2());
      const ends = COURSES.filter(
        (more) => over === "nothing" || more.every(({ period }) => period === "second_half"),
      ).map((more) => [...goals, ...more]);
      for (const market of LEGS) {
        const [wanted, ...others] = new Set(ends.map((end) => oracle(market, end)));
        const isSure = others.length === 0 && wanted !== "?";
        const got = inWords(short(grade(market)));
        const mustTell = isSure && (market.marketType.endsWith("to_score") || wanted === "won");
        const isRight = got === "?" ? !mustTell : others.length === 0 && got === wanted;
        if (got !== "?") early += 1;
        if (!isRight)
          wrong.push(
            `${JSON.stringify(market)} of ${JSON.stringify(goals)} after ${over}: ${got}, not ${wanted}`,
          );
      }
    }
  }

  expect(wrong.slice(0, 3)).toEqual([]);
  expect(early).toBeGreaterThan(300);
});

test("without their order, parts of play in which one side alone scored tell what they can", () => {
  const [first, second] = [{ period: "first_half" }, { period: "second_half" }] as const;
  const quarters = (scores: Readonly<Record<string, readonly [number, number]>>) =>
    known(Object.entries(scores).flatMap(([period, score]) => counted(period as "match", score)));

  expect(graded("first_to_score away", match([0, 2]))).toBe("won");
  expect(graded("last_to_score none", match([0, 0]))).toBe("won");
  expect(graded("first_to_score home", match([2, 1], [0, 1]))).toBe("lost");
  expect(graded("last_to_score home", match([2, 1], [0, 1]))).toBe("won");
  expect(graded("last_to_score home", match([1, 1], [1, 1]))).toBe("? goals in their order regulation");
  expect(graded("last_to_score home", match([2, 1], [1, 1]))).toBe("won");
  expect(graded("first_to_score home", match([2, 1], [1, 1]))).toBe("? goals in their order regulation");
  expect(graded("first_to_score home", match([2, 1], [1, 1]), second)).toBe("won");
  expect(graded("first_to_score home", match([2, 1], [1, 1]), first)).toBe(
    "? goals in their order first_half",
  );
  expect(graded("first_to_score home", match([1, 1]))).toBe("? goals in their order regulation");
  // Both scored in the half, not in its first quarter.
  const basketball = quarters({
    first_quarter: [4, 0],
    second_quarter: [0, 3],
    third_quarter: [2, 2],
    fourth_quarter: [0, 1],
    overtime: [0, 0],
  });
  for (const period of ["match", "regulation"] as const) {
    expect(graded("first_to_score home", basketball, { sport: "basketball", period })).toBe("won");
    expect(graded("last_to_score away", basketball, { sport: "basketball", period })).toBe("won");
  }
  expect(graded("last_to_score home", basketball, { sport: "basketball", ...first })).toBe("lost");
});

test("an order that does not fit the score, or is not told to its end, tells nothing but what it holds", () => {
  const goals = (sides: readonly Side[], final: boolean): Partial<Facts> => ({
    goals: { list: sides.map((side) => ({ side, period: "first_half", player: side })), final },
  });
  const first = { period: "first_half" } as const;
  const waits = "? goals in their order first_half";
  const of = (score: readonly [number, number], sides: readonly Side[], final: boolean) =>
    match(score, score, goals(sides, final));

  // One goal more than there were, on either side.
  expect(graded("last_scorer home", of([1, 1], ["home", "home", "away"], true), first)).toBe(waits);
  expect(graded("last_scorer away", of([1, 1], ["away", "away"], false), first)).toBe(waits);
  // One that is missing from a list that claims to be whole.
  expect(graded("last_scorer away", of([1, 1], ["away"], true), first)).toBe(waits);
  expect(graded("last_scorer home", of([1, 1], ["home"], true), first)).toBe(waits);
  // A list still to be continued, of a half that is over: all its goals are there, or not yet.
  expect(graded("last_scorer away", of([1, 1], ["home", "away"], false), first)).toBe("won");
  expect(graded("last_scorer home", of([1, 1], ["home"], false), first)).toBe(waits);
  expect(graded("first_scorer home", of([1, 1], ["home"], false), first)).toBe("won");
  expect(graded("last_to_score away", of([1, 1], ["home", "away"], false), first)).toBe("won");
  expect(graded("last_to_score home", of([1, 1], ["home"], false), first)).toBe(waits);
  expect(graded("first_to_score home", of([1, 1], ["home"], false), first)).toBe("won");
  expect(graded("anytime_scorer home", of([1, 1], ["home"], false), first)).toBe("won");
  expect(graded("anytime_scorer away", of([1, 1], ["home"], false), first)).toBe(waits);
  // Without goals there is nothing to be told.
  expect(graded("first_scorer none", match([0, 0]))).toBe("won");
  expect(graded("last_to_score none", known(counted("regulation", [0, 0], { final: false })))).toBe(
    "? score regulation",
  );
  expect(graded("first_scorer none", known(counted("regulation", [0, 0], { final: false })))).toBe(
    "? goals in their order regulation",
  );
});
