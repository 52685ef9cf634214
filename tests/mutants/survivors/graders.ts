import type { Explained } from "../explained.ts";

/** Of what makes a grade of it. */
export const GRADERS: Readonly<Record<string, readonly Explained[]>> = {
  "src/settlement/graders/both.ts": [
    {
      within: "placeAround",
      operator: "literal",
      original: "0",
      replacement: "1",
      occurrence: 2,
      why: "A total with another thing has no quarter line: four times a count less its line is even.",
    },
    {
      within: "placeAround",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      occurrence: 3,
      why: "A total with another thing has no quarter line: four times a count less its line is even.",
    },
    {
      within: "withTotal",
      operator: "order",
      original: 'and(first, place === (overUnder === "over" ? "above" : "below"))',
      replacement: 'and(place === (overUnder === "over" ? "above" : "below"), first)',
      why: "The second of the two is always known, so that what is missing is the first's in either order.",
    },
  ],
  "src/settlement/graders/bouts.ts": [
    {
      within: "gradeRoundsTotal",
      operator: "literal",
      original: "0",
      replacement: "1",
      occurrence: 2,
      why: "Rounds have no quarter line: what is beyond is even.",
    },
  ],
  "src/settlement/graders/lines.ts": [
    {
      within: "threeWayAround",
      operator: "literal",
      original: "0",
      replacement: "1",
      why: "On a line that is no quarter four times a count less the line is even.",
    },
    {
      within: "threeWayAround",
      operator: "literal",
      original: "0",
      replacement: "1",
      occurrence: 2,
      why: "On a line that is no quarter four times a count less the line is even.",
    },
    {
      within: "threeWayAround",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      occurrence: 3,
      why: "On a line that is no quarter four times a count less the line is even.",
    },
    {
      within: "threeWayAround",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      occurrence: 4,
      why: "On a line that is no quarter four times a count less the line is even.",
    },
  ],
  "src/settlement/graders/winners.ts": [
    {
      within: "winnerOf",
      operator: "method",
      original: "by.facts.winners?.find(({ period }) => period === by.period)",
      replacement: "by.facts.winners?.findLast(({ period }) => period === by.period)",
      why: "What is known of an event names one winner for a stretch of play.",
    },
    {
      within: "winnerOf",
      operator: "method",
      original: '(["home", "away", "draw"] as const).find((side) => isAhead(pair, side) === true)',
      replacement: '(["home", "away", "draw"] as const).findLast((side) => isAhead(pair, side) === true)',
      why: "At most one of three is ahead for certain.",
    },
  ],
  "src/settlement/graders/grade_leg.ts": [
    {
      within: "gradeBy",
      operator: "literal",
      original: "0",
      replacement: "1",
      why: "Stands in for the line of a type that has none, and no grader of such a type asks for it.",
    },
    {
      within: "gradeBy",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      why: "Stands in for the line of a type that has none, and no grader of such a type asks for it.",
    },
  ],
  "src/settlement/graders/placing.ts": [
    {
      within: "gradePlacing",
      operator: "literal",
      original: "1",
      replacement: "2",
      why: "Stands in for a place that there is not, and is only held to be a number of places.",
    },
    {
      within: "gradePlacing",
      operator: "relation",
      original: "left < tied",
      replacement: "left <= tied",
      why: "A share of all places is one in one, which is the same as no share.",
    },
  ],
  "src/settlement/graders/scores.ts": [
    {
      within: "gradeWinningMargin",
      operator: "order",
      original: "and(level, atLeast(home, 1), atLeast(away, 1))",
      replacement: "and(level, atLeast(away, 1), atLeast(home, 1))",
      why: "A level score is known only where both sides' counts are, so that the level is what is missed first, whatever follows it.",
    },
  ],
  "src/settlement/graders/goals.ts": [
    {
      within: "unlessAbsent",
      operator: "method",
      original: "facts.players?.find(({ name }) => name === leg.outcome)",
      replacement: "facts.players?.findLast(({ name }) => name === leg.outcome)",
      why: "A squad names nobody twice.",
    },
    {
      within: "scorerSide",
      operator: "logic",
      original: "goal === undefined && scored.final",
      replacement: "scored.final",
      why: "The last goal of a whole list was answered the line before, so that what is left of whole lists has no goal.",
    },
    {
      within: "firstOrLast",
      operator: "literal",
      original: "0",
      replacement: "1",
      occurrence: 2,
      why: "A goal is at hand only where its list is.",
    },
    {
      within: "firstOrLast",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      occurrence: 2,
      why: "A goal is at hand only where its list is.",
    },
  ],
};
