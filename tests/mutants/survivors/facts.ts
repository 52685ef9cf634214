import type { Explained } from "../explained.ts";

/** Of what is known of an event. */
export const FACTS: Readonly<Record<string, readonly Explained[]>> = {
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
  "src/results/facts/truth.ts": [
    {
      within: "equals",
      operator: "order",
      original: "and(atLeast(quantity, number), atMost(quantity, number))",
      replacement: "and(atMost(quantity, number), atLeast(quantity, number))",
      why: "Both sides of it miss the same thing, the quantity, so that either order names it.",
    },
  ],
};
