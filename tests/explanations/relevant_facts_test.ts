import { expect, test } from "bun:test";
import fc from "fast-check";
import { relevantFacts } from "../../src/explanations/mod.ts";
import { type Facts, factsOf, type KnownFact } from "../../src/results/mod.ts";
import { gradeLeg, graderBy } from "../../src/settlement/mod.ts";
import { course, FOOTBALL, knownAt, momentsOf } from "../settlement/graders/_course.ts";
import { counted, hoursAfter, known, leg, rules2 } from "../settlement/graders/_known.ts";
import { claimsOf } from "./claims_of.ts";

const AT = hoursAfter(1);

/** The facts as the rows that a source would have said. */
function rowsOf(facts: Facts): KnownFact[] {
  return claimsOf(facts, AT).map((claim) => ({
    ...claim,
    version: 1,
    tenantId: null,
    source: "test",
    actor: null,
    certainty: "confirmed",
    note: null,
    knownAt: AT,
  }));
}

test("a leg graded by the facts that are shown of it has the grade that all facts give it, on every market", () => {
  let shown = 0;
  let all = 0;
  fc.assert(
    fc.property(course, fc.nat(), (happenings, chance) => {
      const moments = momentsOf(happenings);
      const moment = moments[chance % moments.length] ?? { happened: 0, over: "regulation" };
      const rows = rowsOf(knownAt(happenings, moment));
      const gradeByAll = graderBy(factsOf(rows, AT), rules2());
      for (const one of FOOTBALL) {
        const full = gradeByAll(one);
        if (!full.decided) continue;
        const bearing = relevantFacts({ ...one, placedAt: AT }, rows);
        shown += bearing.length;
        all += rows.length;
        const graded = gradeLeg(one, factsOf(bearing, AT), rules2());
        if (!Bun.deepEquals(graded, full))
          throw new RangeError(`${one.marketType} ${one.period} ${one.outcome} is not told in full`);
      }
    }),
    { numRuns: 20, seed: 31 },
  );

  expect(shown).toBeGreaterThan(0);
  expect(shown / all).toBeLessThan(0.7);
});

test.each([
  ["the set that was over before a player gave up", "retired", "moneyline home"],
  ["the sets of a match", "ended", "moneyline home"],
  ["the sets that a handicap is on", "ended", "sets_handicap home -1.5"],
  ["the games that a total is of", "ended", "games_total over 20.5"],
] as const)("a tennis match is graded alike by what is shown: %s", (_what, status, words) => {
  const facts = known(
    [
      ...counted("match", [2, 0], { statistic: "sets" }),
      ...counted("match", [12, 9], { statistic: "games" }),
      ...counted("first_set", [6, 4], { statistic: "games" }),
    ],
    { status, ...(status === "retired" && { retired: { side: "away" as const } }) },
  );
  const rows = rowsOf(facts);
  const one = leg(words, { sport: "tennis", period: "match" });
  const full = gradeLeg(one, factsOf(rows, AT), rules2());

  const bearing = relevantFacts({ ...one, placedAt: AT }, rows);

  expect(gradeLeg(one, factsOf(bearing, AT), rules2())).toEqual(full);
});
