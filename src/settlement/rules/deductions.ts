import { add, compare, type Fraction, ZERO } from "../../markets/mod.ts";
import type { HouseRules } from "./house_rules.ts";

/**
 * What withdrawn runners take of the winnings, by the price each had when it was withdrawn: added up, and no more than the rules
 * allow in all (Rule 4). `undefined` if the rules have no table.
 */
export function deductionOf(rules: HouseRules, prices: readonly Fraction[]): Fraction | undefined {
  if (rules.deductions === undefined) return undefined;
  const { bands, most } = rules.deductions;
  const sum = prices.reduce((total, price) => {
    const band = bands.find(({ upTo }) => compare(price, upTo) <= 0);
    return band === undefined ? total : add(total, band.deduction);
  }, ZERO);
  return compare(sum, most) > 0 ? most : sum;
}
