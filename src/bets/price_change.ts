import { add, compare, type Fraction, fraction, multiply, ONE, subtract } from "../markets/mod.ts";
import type { BetTerms } from "./bet.ts";

const BPS = 10_000n;

/**
 * Whether a bet goes on at the price now offered in place of the one that was shown. Pure. The price frozen is always the one offered.
 *
 * `none` takes that very price alone, `better` one that pays more too, `any` all. `slippage` is of what a winner would win, as the
 * field has it: with b basis points the least price is 1 + (shown − 1) · (1 − b/10,000), and whatever pays more is taken as well.
 */
export function isPriceAccepted(
  { priceChange, slippageBps = 0 }: BetTerms,
  { shown, offered }: { readonly shown: Fraction; readonly offered: Fraction },
): boolean {
  const change = compare(offered, shown);
  if (change === 0 || priceChange === "any") return true;
  if (priceChange === "none") return false;
  if (change > 0) return true;
  return priceChange === "slippage" && compare(offered, leastPrice(shown, slippageBps)) >= 0;
}

/** The least price that a slippage still takes. */
function leastPrice(shown: Fraction, slippageBps: number): Fraction {
  return add(ONE, multiply(subtract(shown, ONE), fraction(BPS - BigInt(slippageBps), BPS)));
}
