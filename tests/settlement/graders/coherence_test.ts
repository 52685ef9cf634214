import { expect, test } from "bun:test";
import fc from "fast-check";
import { compare, fraction, marketTypeEntry } from "../../../src/markets/mod.ts";
import { type Grade, type Graded, gradeLeg, graderBy, type Leg } from "../../../src/settlement/mod.ts";
import { course, FOOTBALL, knownAt, momentsOf } from "./_course.ts";
import { counted, known, rules2 } from "./_known.ts";

/** Complete markets: every outcome of a type, a period and a line. */
function marketsOf(legs: readonly Leg[]): Leg[][] {
  const markets = Map.groupBy(legs, ({ marketType, period, lineQuarters }) =>
    [marketType, period, lineQuarters].join(),
  );
  return [...markets.values()].filter(([first]) => {
    const entry = first && marketTypeEntry(first.marketType);
    return entry?.winners !== null && typeof entry?.outcomes !== "string";
  });
}

/** What is wrong with a market's grades: as many must win as the catalogue says, each as much; or all come back. */
function incoherence(market: readonly Leg[], grade: (leg: Leg) => Graded): string | undefined {
  const grades: Grade[] = [];
  for (const one of market) {
    const result = grade(one);
    if (!result.decided && result.why === "no_grader") return undefined;
    if (!result.decided) return `${one.outcome} waits for ${result.what}`;
    grades.push(result.grade);
  }
  const [first] = grades;
  const [selection] = market;
  if (first === undefined || selection === undefined) return "nobody";
  const winners = grades.filter(({ result }) => result === 1).length;
  const isVoid = compare(first.voided, fraction(1n)) === 0;
  const wanted = isVoid ? 0 : (marketTypeEntry(selection.marketType)?.winners ?? 0);
  const alike = grades.every(({ voided }) => compare(voided, first.voided) === 0);
  return winners === wanted && alike ? undefined : `${winners} win instead of ${wanted}`;
}

test("every market of football has exactly its winners, or all its stakes come back", () => {
  const markets = marketsOf(FOOTBALL);
  fc.assert(
    fc.property(course, (happenings) => {
      const end = momentsOf(happenings).at(-1) ?? { happened: 0, over: "regulation" };
      const grade = graderBy(knownAt(happenings, end), rules2());
      for (const market of markets) {
        const wrong = incoherence(market, grade);
        if (wrong !== undefined)
          throw new RangeError(
            `${market[0]?.marketType} ${market[0]?.period} ${market[0]?.lineQuarters}: ${wrong}`,
          );
      }
    }),
    { numRuns: 300, seed: 12 },
  );

  expect(new Set(markets.map(([first]) => first?.marketType)).size).toBe(37);
});

test("every score and every number of goals is exactly one outcome", () => {
  fc.assert(
    fc.property(fc.nat({ max: 6 }), fc.nat({ max: 6 }), (home, away) => {
      const facts = known(counted("regulation", [home, away]));
      const wins = (type: string, outcomes: readonly string[]) =>
        outcomes.filter((outcome) => {
          const result = gradeLeg(
            {
              marketType: type,
              period: "regulation",
              label: "",
              lineQuarters: null,
              outcome,
              sport: "soccer",
            },
            facts,
            rules2(),
          );
          return result.decided && result.grade.result === 1;
        });
      const scores = Array.from({ length: 49 }, (_, index) => `${Math.floor(index / 7)}:${index % 7}`);
      const counts = ["0", "1", "2", "3", "4", "5", "6", "7+"];

      expect(wins("correct_score", scores)).toEqual([`${home}:${away}`]);
      expect(wins("exact_goals", counts)).toEqual([home + away > 6 ? "7+" : `${home + away}`]);
      expect(wins("team_exact_goals_home", ["0", "1", "2", "3+"])).toEqual([home > 2 ? "3+" : `${home}`]);
      expect(wins("team_exact_goals_away", ["0", "1", "2", "3+"])).toEqual([away > 2 ? "3+" : `${away}`]);
    }),
    { numRuns: 300, seed: 13 },
  );
});

const points = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }));
const QUARTERS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"] as const;

test("every market of a game in quarters has exactly its winners, or all its stakes come back", () => {
  const types = [
    "moneyline",
    "total",
    "asian_handicap",
    "moneyline_total",
    "1x2_total",
    "highest_quarter",
    "highest_half",
  ];
  const periods = ["match", "regulation", "first_half", "second_half", ...QUARTERS];
  const markets = types.flatMap((marketType) => {
    const entry = marketTypeEntry(marketType);
    const outcomes = typeof entry?.outcomes === "object" ? entry.outcomes : [];
    const lines =
      entry?.line === "none" ? [null] : marketType.includes("_total") ? [20, 22] : [-4, 9, 10, 20];
    return lines.flatMap((lineQuarters) =>
      periods.map((period) =>
        outcomes.map((outcome) => ({
          marketType,
          period,
          label: "",
          lineQuarters,
          outcome,
          sport: "basketball",
        })),
      ),
    );
  });
  fc.assert(
    fc.property(fc.tuple(points, points, points, points, points), ([one, two, three, four, overtime]) => {
      const quarters = [one, two, three, four].flatMap((score, index) =>
        counted(QUARTERS[index] ?? "overtime", score),
      );
      const grade = graderBy(known([...quarters, ...counted("overtime", overtime)]), rules2());
      for (const market of markets) {
        const wrong = incoherence(market, grade);
        if (wrong !== undefined)
          throw new RangeError(`${market[0]?.marketType} ${market[0]?.period}: ${wrong}`);
      }
    }),
    { numRuns: 300, seed: 14 },
  );
});
