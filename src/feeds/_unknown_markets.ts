import { UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import type { RawPrice } from "./judge_prices.ts";
import type { UnknownMarkets } from "./snapshot.ts";

/** Far more than any sport of any vendor has; a hostile answer may bring a hundred thousand. */
const NAMES_MAX = 500;

export interface UnknownCounter {
  readonly add: (raws: readonly RawPrice[]) => void;
  readonly counts: () => UnknownMarkets;
}

/** Counts the price elements of markets that nobody knows, by the source's own names, as many names as are worth reading. */
export function countUnknown(): UnknownCounter {
  const byName = new Map<string, number>();
  let beyond = 0;
  return {
    add(raws) {
      for (const { market, sourceMarket } of raws) {
        if (market.marketType !== UNKNOWN_MARKET_TYPE) continue;
        const count = byName.get(sourceMarket);
        if (count === undefined && byName.size >= NAMES_MAX) beyond += 1;
        else byName.set(sourceMarket, (count ?? 0) + 1);
      }
    },
    counts: () => ({ byName, beyond }),
  };
}
