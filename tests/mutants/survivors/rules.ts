import type { Explained } from "../explained.ts";

/** Of a house's rules. */
export const RULES: Readonly<Record<string, readonly Explained[]>> = {
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
};
