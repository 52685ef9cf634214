import { FOOTBALL_DATA_BOOKS } from "../feeds/mod.ts";
import type { KnownMarketType } from "../markets/mod.ts";

/** What a season is replayed on, by the names of `--markets`: one outcome of one market of each match. */
export const REPLAY_MARKETS = ["1x2", "totals", "asian_handicap"] as const;
export type ReplayMarket = (typeof REPLAY_MARKETS)[number];

export function isReplayMarket(name: string): name is ReplayMarket {
  return REPLAY_MARKETS.some((known) => known === name);
}

interface Backed {
  readonly marketType: KnownMarketType;
  readonly outcome: string;
  /** The column of its price. */
  readonly column: (prefix: string) => string;
  /** The columns of its line, any of which must be there; none where the column's name is the line. */
  readonly lines: (prefix: string) => readonly string[];
  /** Whose prices are taken where the book itself has no column: the old family has these markets of nobody else. */
  readonly otherwise: readonly string[];
}

const BETBRAIN_AVERAGE = "BbAv";

const BACKED: Readonly<Record<ReplayMarket, Backed>> = {
  "1x2": {
    marketType: "1x2",
    outcome: "home",
    column: (prefix) => `${prefix}H`,
    lines: () => [],
    otherwise: [],
  },
  totals: {
    marketType: "total",
    outcome: "over",
    column: (prefix) => `${prefix}>2.5`,
    lines: () => [],
    otherwise: [BETBRAIN_AVERAGE],
  },
  asian_handicap: {
    marketType: "asian_handicap",
    outcome: "home",
    column: (prefix) => `${prefix}AHH`,
    lines: (prefix) => [`${prefix}AH`, "AHh", "BbAHh"],
    otherwise: [BETBRAIN_AVERAGE],
  },
};

/** What is bet on in each match, or that the file has no column for it. */
export interface ReplayedMarket {
  readonly name: ReplayMarket;
  readonly marketType: KnownMarketType;
  readonly outcome: string;
  /** As in `prices.book`; `undefined` if the file does not price the market. */
  readonly book: string | undefined;
}

/** Which book's prices a market is replayed at, by the columns that the file has. Pure. */
export function replayedMarket(
  name: ReplayMarket,
  { prefix, columns }: { readonly prefix: string; readonly columns: ReadonlySet<string> },
): ReplayedMarket {
  const { marketType, outcome, column, lines, otherwise } = BACKED[name];
  const priced = [prefix, ...otherwise].find((one) => {
    const lined = lines(one);
    return columns.has(column(one)) && (lined.length === 0 || lined.some((line) => columns.has(line)));
  });
  return { name, marketType, outcome, book: priced === undefined ? undefined : FOOTBALL_DATA_BOOKS[priced] };
}
