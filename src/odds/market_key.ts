import type { MarketView } from "./contract.ts";

/** What names a market within its event. */
export type MarketKey = Pick<MarketView, "book" | "marketType" | "period" | "label" | "lineQuarters">;

/** The same as one text; between the parts a character that no name has, as control characters are refused where names come in. */
export function marketKeyOf({ book, marketType, period, label, lineQuarters }: MarketKey): string {
  return `${marketType}\u0001${period}\u0001${lineQuarters}\u0001${book}\u0001${label}`;
}
