import { fraction } from "../../src/markets/mod.ts";
import { type RawBoard, rawBoardOf } from "../../src/odds/board.ts";
import { exampleEvent } from "../../src/odds/examples.ts";

export const CONFIRMED = Date.parse("2025-09-20T11:00:00.000Z");
export const START = Date.parse("2025-09-20T11:30:00.000Z");

/** A stored board with two markets, changed as a test wants it. */
export function storedBoard(change: Partial<Omit<RawBoard, "digest">> = {}): RawBoard {
  const market = { book: "bet365", period: "regulation", label: "" };
  return rawBoardOf({
    event: exampleEvent,
    source: "goalserve/soccer",
    confirmedAtMs: CONFIRMED,
    silent: false,
    markets: [
      {
        ...market,
        marketType: "1x2",
        lineQuarters: null,
        outcomes: [
          { outcome: "home", price: fraction(81n, 50n), suspended: false },
          { outcome: "draw", price: fraction(21n, 5n), suspended: false },
          { outcome: "away", price: fraction(5n), suspended: true },
        ],
      },
      {
        ...market,
        marketType: "asian_handicap",
        lineQuarters: -5,
        outcomes: [
          { outcome: "home", price: fraction(21n, 11n), suspended: false },
          { outcome: "away", price: fraction(101n, 100n), suspended: false },
        ],
      },
    ],
    ...change,
  });
}
