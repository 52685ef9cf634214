import {
  type Fraction,
  offersWinnings,
  parseAmericanPrice,
  parseDecimalPrice,
  parseLineQuarters,
} from "../markets/mod.ts";

export type PriceFormat = "decimal" | "american";

/** Far more than a board has; a hostile one costs the time to begin again, not the memory. */
const ENTRIES_MAX = 20_000;

/** A function that remembers what it said, within bounds: the same text stands at thousands of prices and gives one shared value. */
export function remembering<T>(make: (text: string) => T, entriesMax = ENTRIES_MAX): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    if (made.size >= entriesMax) made.clear();
    made.set(text, value);
    return value;
  };
}

/** What the texts of prices and lines mean, read once each. */
export interface PriceMemory {
  readonly price: (
    text: string,
    format: PriceFormat | undefined,
  ) => Fraction | "price_unreadable" | "price_not_above_one";
  /** In quarters; `null` where there is no line. */
  readonly line: (text: string | undefined) => number | null | "line_not_quarter";
}

export function createPriceMemory(): PriceMemory {
  const decimal = remembering((text) => judged(parseDecimalPrice(text)));
  const american = remembering((text) => judged(parseAmericanPrice(text)));
  const line = remembering((text) => parseLineQuarters(text) ?? "line_not_quarter");
  return {
    price: (text, format) => (format === "american" ? american(text) : decimal(text)),
    line: (text) => (text === undefined ? null : line(text)),
  };
}

function judged(price: Fraction | undefined): ReturnType<PriceMemory["price"]> {
  if (price === undefined) return "price_unreadable";
  return offersWinnings(price) ? price : "price_not_above_one";
}
