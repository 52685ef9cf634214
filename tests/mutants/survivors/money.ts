import type { Explained } from "../explained.ts";

/** Of prices and money, and of what becomes of a bet. */
export const MONEY: Readonly<Record<string, readonly Explained[]>> = {
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
  "src/settlement/judge_bet.ts": [
    {
      within: "judgeBet",
      operator: "order",
      original: "compare(come.exact, of.standing.exact)",
      replacement: "compare(of.standing.exact, come.exact)",
      why: "Whether two numbers are the same does not depend on which is named first.",
    },
  ],
  "src/settlement/plan.ts": [
    {
      within: "planOf",
      operator: "order",
      original: "isSame(stands.graded, graded)",
      replacement: "isSame(graded, stands.graded)",
      why: "Whether two things are the same does not depend on which is named first.",
    },
    {
      within: "isSame",
      operator: "order",
      original: "compare(left.voided, right.voided)",
      replacement: "compare(right.voided, left.voided)",
      why: "Whether two things are the same does not depend on which is named first.",
    },
    {
      within: "isSame",
      operator: "order",
      original: "compare(left.deadHeat, right.deadHeat)",
      replacement: "compare(right.deadHeat, left.deadHeat)",
      why: "Whether two things are the same does not depend on which is named first.",
    },
    {
      within: "isSame",
      operator: "order",
      original: "compare(left.deduction, right.deduction)",
      replacement: "compare(right.deduction, left.deduction)",
      why: "Whether two things are the same does not depend on which is named first.",
    },
  ],
};
