import { expect, test } from "bun:test";
import { MARKET_TYPES, type MarketTypeEntry, PERIODS } from "../../src/markets/mod.ts";
import type { Facts } from "../../src/results/mod.ts";
import { graderBy, type Leg } from "../../src/settlement/mod.ts";
import { readBoard } from "../feeds/_read.ts";
import { dataPath } from "../harness/mod.ts";
import { counted, known, rules2 } from "../settlement/graders/_known.ts";

/** Types that can be offered and that no fact can decide, each with why. There is none: whoever adds one says why here. */
const WITHOUT_GRADER: Readonly<Record<string, string>> = {};

const PLAYER = "J. Nobody";

/** Everything that can be known of an event, of whatever sport. */
const EVERYTHING: Facts = known(
  [
    ...(["first_quarter", "fourth_quarter"] as const).flatMap((period) => counted(period, [1, 0])),
    ...(["second_quarter", "overtime"] as const).flatMap((period) => counted(period, [0, 0])),
    ...counted("third_quarter", [0, 1]),
    ...counted("first_10_minutes", [0, 0]),
    ...(["first_inning", "eighth_inning"] as const).flatMap((period) => counted(period, [1, 0])),
    ...counted("second_inning", [0, 1]),
    ...(["third", "fourth", "fifth", "sixth", "seventh", "ninth"] as const).flatMap((which) =>
      counted(`${which}_inning`, [0, 0]),
    ),
    ...(["corners", "yellow_cards", "red_cards"] as const).flatMap((statistic) => [
      ...counted("first_half", [1, 2], { statistic }),
      ...counted("regulation", [3, 2], { statistic }),
    ]),
    ...counted("first_set", [6, 4], { statistic: "games" }),
    ...counted("match", [12, 8], { statistic: "games" }),
    ...counted("first_set", [25, 20]),
    ...counted("match", [2, 0], { statistic: "sets" }),
    ...counted("match", [9, 7], { statistic: "hits" }),
  ],
  {
    goals: {
      list: [
        { side: "home", period: "first_half", player: PLAYER },
        { side: "away", period: "second_half" },
        { side: "home", period: "second_half", player: PLAYER },
      ],
      final: true,
    },
    winners: [{ period: "match", winner: "home" }],
    bout: { rounds: 2, seconds: 31 },
  },
);

/** Any outcome and line that the type can have. */
function exampleOf({ outcomes, line }: MarketTypeEntry): { outcome: string; lineQuarters: number | null } {
  const outcome = { score: "2:1", count: "3", name: PLAYER };
  return {
    outcome: typeof outcomes === "string" ? outcome[outcomes] : (outcomes[0] ?? ""),
    lineQuarters: line === "none" ? null : 2,
  };
}

const grade = graderBy(EVERYTHING, rules2());
const sportOf = (marketType: string) => (marketType === "rounds_total" ? "mma" : "basketball");

test("the types of the catalogue without a grader are exactly the ones listed", () => {
  const without = Object.entries(MARKET_TYPES).flatMap(([marketType, entry]) => {
    const isGraded = PERIODS.some(
      (period) =>
        grade({ marketType, period, label: "", ...exampleOf(entry), sport: sportOf(marketType) }).decided,
    );
    return isGraded ? [] : [marketType];
  });

  expect(without).toEqual(Object.keys(WITHOUT_GRADER));
});

const SPORTS = [
  "baseball",
  "basketball",
  "boxing",
  "cricket",
  "football",
  "futsal",
  "mma",
  "rugby",
  "volleyball",
];
const FILES = [...SPORTS, "tennis_first60", "soccer_selected"];
const folder = dataPath("goalserve");

test.skipIf(folder === undefined).each(FILES)(
  "every known market of the stored board of %s is decided when everything is known",
  async (name) => {
    const { events } = await readBoard(await Bun.file(`${folder}/2025-09-11_${name}.json`).json());

    const waiting = new Set<string>();
    let graded = 0;
    for (const { facts, prices = [] } of events) {
      for (const price of prices) {
        if (price.marketType === "unknown") continue;
        const leg: Leg = { ...price, sport: facts.sport };
        const result = playing(price.outcome)(leg);
        graded += 1;
        if (!result.decided) waiting.add(`${price.marketType} ${price.period} ${result.what}`);
      }
    }

    expect([...waiting]).toEqual([]);
    expect(graded).toBeGreaterThan(0);
  },
);

/** The same event, with somebody of this name in it from the start. */
function playing(name: string): (leg: Leg) => ReturnType<typeof grade> {
  if (!/\p{Lu}/u.test(name)) return grade;
  const list = EVERYTHING.goals?.list.map((goal) => ({ player: "A. Nother", ...goal })) ?? [];
  const players = [{ name, side: "home", enteredAfterGoals: 0 } as const];
  return graderBy({ ...EVERYTHING, goals: { list, final: true }, players }, rules2());
}
