import type { Market } from "../markets/mod.ts";

/**
 * Whether bets are taken on a market: only on one that settlement can grade, or the stake would be held for good.
 *
 * Now this is football's home, draw or away after regulation (90 minutes and stoppage time).
 */
export function isBettable({ sport, marketType, period }: Market & { readonly sport: string }): boolean {
  return sport === "soccer" && marketType === "1x2" && period === "regulation";
}
