import { nextTurn } from "../resilience/mod.ts";
import { readPriceLines, type StoredPrices } from "./price_lines.ts";

/** Readings of events' prices, the latest of each kept for the next one. */
export interface PriceReadings {
  /** The prices of events, letting others have their turn in between where there is much to read. */
  readAll(linesOf: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, StoredPrices>>;
  /** Of all readings that are kept. */
  readonly prices: number;
}

/** Prices of kept readings together, at some 300 bytes each. */
const PRICES_MAX = 100_000;
/** Read for the first time, as many take about 5 ms. */
const TURN_PRICES = 1000;

/** Bounded: what was read longest ago is forgotten first, and is then read from its first line to its last. */
export function createPriceReadings({
  pricesMax = PRICES_MAX,
}: {
  readonly pricesMax?: number;
} = {}): PriceReadings {
  const kept = new Map<string, StoredPrices>();
  let prices = 0;
  const forget = (eventId: string): void => {
    prices -= kept.get(eventId)?.lines.size ?? 0;
    kept.delete(eventId);
  };
  const read = (eventId: string, lines: string): StoredPrices => {
    const reading = readPriceLines(lines, kept.get(eventId));
    forget(eventId);
    kept.set(eventId, reading);
    prices += reading.lines.size;
    for (const oldest of kept.keys()) {
      if (prices <= pricesMax) break;
      forget(oldest);
    }
    return reading;
  };
  return {
    async readAll(linesOf) {
      const readings = new Map<string, StoredPrices>();
      let sinceTurn = 0;
      for (const [eventId, lines] of linesOf) {
        const isNew = !kept.has(eventId);
        const reading = read(eventId, lines);
        readings.set(eventId, reading);
        if (isNew) sinceTurn += reading.lines.size;
        if (sinceTurn < TURN_PRICES) continue;
        sinceTurn = 0;
        await nextTurn();
      }
      return readings;
    },
    get prices() {
      return prices;
    },
  };
}
