import { expect, test } from "bun:test";
import fc from "fast-check";
import { type CountFact, countsOf, FACT_PERIODS } from "../../src/results/mod.ts";
import { counted, known } from "../settlement/graders/_known.ts";

const home = (facts: Parameters<typeof countsOf>[0], period: (typeof FACT_PERIODS)[number]) =>
  countsOf(facts).bounds("score", period, "home");

test("what nobody has told can be anything from 0, and never is 0", () => {
  const nothing = known([]);

  for (const period of FACT_PERIODS) expect(home(nothing, period)).toEqual({ least: 0, most: Infinity });
});

test("full time and half time tell the second half, and bound what lies within them", () => {
  const facts = known([...counted("regulation", [3, 0]), ...counted("first_half", [1, 0])]);

  expect(home(facts, "second_half")).toEqual({ least: 2, most: 2 });
  expect(home(facts, "first_10_minutes")).toEqual({ least: 0, most: 1 });
  expect(home(facts, "match")).toEqual({ least: 3, most: Infinity });
});

test("a count that is still running is the least it can become, unless play has ended for good", () => {
  const facts = known(counted("regulation", [2, 0], { final: false }));

  expect(home(facts, "regulation")).toEqual({ least: 2, most: Infinity });
  expect(countsOf(facts, { closed: true }).bounds("score", "regulation", "home")).toEqual({
    least: 2,
    most: 2,
  });
});

test("counts of one statistic say nothing of another", () => {
  const facts = known(counted("regulation", [2, 0], { statistic: "corners" }));

  expect(home(facts, "regulation").most).toBe(Infinity);
});

test("two facts that no number fits contradict each other, and the first such count is named", () => {
  const away = (value: number, final: boolean): CountFact => ({
    statistic: "score",
    period: "regulation",
    side: "away",
    value,
    final,
  });
  const corners = counted("first_half", [3, 0], { statistic: "corners" });
  const fewer = counted("regulation", [2, 0], { statistic: "corners" });

  expect(countsOf(known([away(1, true), away(2, true)])).contradiction).toBe("score regulation away");
  expect(countsOf(known([away(2, true), away(1, false)])).contradiction).toBeUndefined();
  expect(countsOf(known([away(1, true), away(2, false)])).contradiction).toBe("score regulation away");
  expect(countsOf(known([away(1, true), away(2, true), ...corners, ...fewer])).contradiction).toBe(
    "score regulation away",
  );
  expect(countsOf(known([...corners, ...fewer])).contradiction).toBe("corners regulation home");
  expect(countsOf(known([...corners, ...fewer, away(0, true)])).contradiction).toBe(
    "corners regulation home",
  );
});

test.each([[-1], [1.5], [Number.NaN], [2 ** 53]])("a count of %p is refused, whatever it is of", (value) => {
  const facts = known([{ statistic: "score", period: "match", side: "away", value, final: false }]);

  expect(() => countsOf(facts)).toThrow(RangeError);
});

const part = fc.nat({ max: 9 });

test("whatever is told of a game, its true counts are among those that it leaves possible", () => {
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 5, maxLength: 5 }),
      fc.subarray([
        "match",
        "regulation",
        "overtime",
        "first_half",
        "second_half",
        "first_quarter",
        "fourth_quarter",
      ] as const),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      ([one = 0, two = 0, three = 0, four = 0, overtime = 0], told, finals) => {
        const truth = {
          first_quarter: one,
          fourth_quarter: four,
          first_half: one + two,
          second_half: three + four,
          overtime,
          regulation: one + two + three + four,
          match: one + two + three + four + overtime,
        };
        const facts = known(
          told.flatMap((period, index) =>
            counted(period, [truth[period], 0], { final: finals[index] ?? true }).map((fact) =>
              fact.final || fact.side === "away" ? fact : { ...fact, value: Math.floor(fact.value / 2) },
            ),
          ),
        );

        const counts = countsOf(facts);

        expect(counts.contradiction).toBeUndefined();
        for (const [period, value] of Object.entries(truth)) {
          const { least, most } = counts.bounds("score", period as keyof typeof truth, "home");
          expect(least <= value && value <= most).toBe(true);
        }
      },
    ),
    { numRuns: 1000, seed: 31 },
  );
});
