import type { PriceFormat } from "./judge_prices.ts";

const AMERICAN_ONLY = /^-\d{3,}(\.\d+)?$/;
const DECIMAL_ONLY = /^(\d{1,2}|\d+\.\d+)$/;

/** How many prices of an answer can be of one format alone; +240 and 240.0 are both written 240. */
export interface FormatEvidence {
  american: number;
  decimal: number;
}

/** Takes one price as the vendor wrote it into account. */
export function weigh(evidence: FormatEvidence, price: string): void {
  if (AMERICAN_ONLY.test(price)) evidence.american += 1;
  else if (DECIMAL_ONLY.test(price)) evidence.decimal += 1;
}

/**
 * The format of an answer, which is that of the request and nowhere in the answer itself: what most of its prices can only be.
 * One strange price among many makes itself unreadable, not the others; `undefined` if nothing decides.
 */
export function formatOf({ american, decimal }: FormatEvidence): PriceFormat | undefined {
  if (american === decimal) return undefined;
  return american > decimal ? "american" : "decimal";
}
