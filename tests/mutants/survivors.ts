import type { Identity } from "./mutant.ts";

/** A mutant that no test can kill, and why: it does the same as the file itself. */
export interface Explained extends Omit<Identity, "file" | "occurrence"> {
  /** 1 unless said otherwise. */
  readonly occurrence?: number;
  /** Why nothing can tell it from the file as it is. */
  readonly why: string;
}

/** By file. Whoever changes the place must explain again: an explanation without a survivor fails the run. */
export const SURVIVORS: Readonly<Record<string, readonly Explained[]>> = {
  "src/results/facts/counts.ts": [
    {
      within: "propagated",
      operator: "literal",
      original: "0",
      replacement: "1",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
    {
      within: "propagated",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
    {
      within: "propagated",
      operator: "relation",
      original: "pass < 2 * FACT_PERIODS.length",
      replacement: "pass <= 2 * FACT_PERIODS.length",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
    {
      within: "propagated",
      operator: "literal",
      original: "2",
      replacement: "3",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
    {
      within: "propagated",
      operator: "literal",
      original: "2",
      replacement: "1",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
    {
      within: "propagated",
      operator: "literal",
      original: "1",
      replacement: "2",
      why: "The bound on passes is never met: what follows from facts has followed long before, and what excludes itself does so in the first passes.",
    },
  ],
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
  "src/settlement/rules/_document.ts": [
    {
      within: "oneOf",
      operator: "method",
      original: "words.find((known) => known === said)",
      replacement: "words.findLast((known) => known === said)",
      why: "No list of words has one twice.",
    },
    {
      within: "oneOf",
      operator: "literal",
      original: "0",
      replacement: "1",
      why: "A document with a fault is refused whole, and what was read of it with it.",
    },
    {
      within: "oneOf",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      why: "A document with a fault is refused whole, and what was read of it with it.",
    },
  ],
  "src/settlement/rules/deductions.ts": [
    {
      within: "deductionOf",
      operator: "relation",
      original: "compare(sum, most) > 0",
      replacement: "compare(sum, most) >= 0",
      why: "Where both are the same either is returned.",
    },
    {
      within: "deductionOf",
      operator: "literal",
      original: "0",
      replacement: "(-1)",
      occurrence: 2,
      why: "Where both are the same either is returned.",
    },
  ],
  "src/markets/fraction.ts": [
    {
      within: "fraction",
      operator: "relation",
      original: "denominator < 0n",
      replacement: "denominator <= 0n",
      why: "A denominator of zero was refused before.",
    },
    {
      within: "fraction",
      operator: "literal",
      original: "0n",
      replacement: "1n",
      occurrence: 2,
      why: "Between 0n and 1n there is no denominator, and zero was refused before.",
    },
    {
      within: "compare",
      operator: "relation",
      original: "difference < 0n",
      replacement: "difference <= 0n",
      why: "Equality was answered the line before.",
    },
    {
      within: "compare",
      operator: "literal",
      original: "0n",
      replacement: "1n",
      occurrence: 2,
      why: "Between the two there is 0n alone, and equality was answered the line before.",
    },
    {
      within: "absolute",
      operator: "relation",
      original: "value < 0n",
      replacement: "value <= 0n",
      why: "Nothing is its own opposite: -0n is 0n.",
    },
    {
      within: "absolute",
      operator: "literal",
      original: "0n",
      replacement: "1n",
      why: "Between the two there is 0n alone, whose opposite is itself.",
    },
  ],
  "src/wallets/money.ts": [
    {
      within: "minorExponent",
      operator: "method",
      original: "Object.entries(EXPONENTS).find(([, codes]) => codes.includes(currency))",
      replacement: "Object.entries(EXPONENTS).findLast(([, codes]) => codes.includes(currency))",
      why: "No code stands in two of the lists.",
    },
    {
      within: "formatMinor",
      operator: "relation",
      original: "amountMinor < 0n",
      replacement: "amountMinor <= 0n",
      occurrence: 2,
      why: "Nothing is its own opposite: -0n is 0n.",
    },
    {
      within: "formatMinor",
      operator: "literal",
      original: "0n",
      replacement: "1n",
      occurrence: 2,
      why: "Between the two there is 0n alone, whose opposite is itself.",
    },
  ],
};
