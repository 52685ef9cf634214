import { compare, type Fraction, fraction, ONE, ZERO } from "../../markets/mod.ts";
import { deductionOf, type HouseRules, ruleOf } from "../rules/mod.ts";
import { type Graded, LOST } from "./graded.ts";
import { ruleMissing } from "./play.ts";

/** How a runner, a player, a horse came in, held against the places that are paid. */
export interface Placing {
  /** As rules name it, as in `top_10`. */
  readonly marketType: string;
  /** How many places are paid: 1 for the winner. */
  readonly places: number;
  /** The best place of those he shares, from 1; `undefined` for who finished in none. */
  readonly position: number | undefined;
  /** With how many he shares it, himself included. */
  readonly tied: number;
  /** Each runner's price when it was withdrawn, after the bet was placed; or what was announced to be kept in their stead. */
  readonly withdrawn?: readonly Fraction[] | { readonly announced: Fraction };
}

/**
 * The grade of a finish among many: places that more runners share than there are left pay each of them his share, unless the rules pay
 * ties in full; and withdrawn runners take their part of the winnings.
 *
 * @throws {RangeError} If places, position or the number of those tied are not whole numbers from 1.
 */
export function gradePlacing(placing: Placing, rules: HouseRules): Graded {
  const { marketType, places, position, tied, withdrawn = [] } = placing;
  for (const number of [places, position ?? 1, tied])
    if (!Number.isSafeInteger(number) || number < 1)
      throw new RangeError(`Cannot grade a finish as ${number} is no number of places`);
  if (position === undefined || position > places) return LOST;
  const deduction = "announced" in withdrawn ? withdrawn.announced : deductionOf(rules, withdrawn);
  if (deduction === undefined) return ruleMissing("deductions");
  const left = places - position + 1;
  const share = left < tied ? fraction(BigInt(left), BigInt(tied)) : ONE;
  if (compare(share, ONE) < 0 && rules.deadHeat === undefined) return ruleMissing("dead_heat");
  const isShared = rules.deadHeat !== undefined && ruleOf(rules.deadHeat, marketType) === "shared";
  const deadHeat = isShared ? share : ONE;
  const reason = compare(deadHeat, ONE) < 0 ? "dead_heat" : "won";
  return { decided: true, grade: { result: 1, voided: ZERO, deadHeat, deduction, reason } };
}
