import type { KnownMarketType, Market } from "../markets/mod.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { RawPrice } from "./judge_prices.ts";

/** One book's market, by the columns of its prices. */
interface PricedColumns {
  readonly market: Market;
  readonly book: string;
  /** The line itself, or the column that has it. */
  readonly line: string | number | undefined;
  readonly outcomes: readonly { readonly outcome: string; readonly column: number; readonly name: string }[];
}

/** Where in a row stands what is read of it. */
export interface Columns {
  /** By name; each is there or the row has "". */
  readonly text: (row: readonly string[], name: TextColumn) => string;
  readonly priced: readonly PricedColumns[];
  readonly width: number;
}

const REQUIRED = ["Date", "HomeTeam", "AwayTeam"] as const;
const RESULTS = ["FTHG", "FTAG", "FTR", "HTHG", "HTAG", "HTR"] as const;
const COUNTS = ["HC", "AC", "HY", "AY", "HR", "AR"] as const;
const TEXTS = [...REQUIRED, "Div", "Time", ...RESULTS, ...COUNTS] as const;
type TextColumn = (typeof TEXTS)[number];

/**
 * Prefixes of price columns, by the site's own notes. Market maxima and averages are nobody's offer but the site's most used
 * columns: they are kept as books of their own names (the old family's are Betbrain's). Names are as in `prices.book`.
 */
export const FOOTBALL_DATA_BOOKS: Readonly<Record<string, string>> = {
  B365: "bet365",
  BF: "betfair",
  BFD: "betfred",
  BFE: "betfair_exchange",
  BMGM: "betmgm",
  BS: "bluesquare",
  BV: "betvictor",
  BW: "bwin",
  CL: "coral",
  GB: "gamebookers",
  IW: "interwetten",
  LB: "ladbrokes",
  PS: "pinnacle",
  P: "pinnacle",
  SB: "sportingbet",
  SJ: "stanjames",
  SO: "sportingodds",
  SY: "stanleybet",
  VC: "betvictor",
  WH: "williamhill",
  "1XB": "1xbet",
  Max: "market_max",
  Avg: "market_avg",
  BbMx: "betbrain_max",
  BbAv: "betbrain_avg",
};

/**
 * Reads a header of either column family.
 *
 * Closing prices (a C after the prefix: B365CH, AHCh) are what a book ended with, not an offer before kick-off: they are left out,
 * as are shots and fouls. A name that stands twice counts once, a column without a name not at all.
 *
 * @throws {FeedUnreadableError} If a column that says which match it is, is missing.
 */
export function readHeader(header: readonly string[], source: string): Columns {
  const at = new Map<string, number>();
  for (const [index, name] of header.entries()) if (name !== "" && !at.has(name)) at.set(name, index);
  const missing = REQUIRED.filter((name) => !at.has(name));
  if (missing.length > 0) throw new FeedUnreadableError(source, `it has no column ${missing.join(", ")}`);
  return {
    text: (row, name) => row[at.get(name) ?? -1] ?? "",
    priced: Object.entries(FOOTBALL_DATA_BOOKS).flatMap(([prefix, book]) => pricedBy(prefix, book, at)),
    width: header.length,
  };
}

function pricedBy(prefix: string, book: string, at: ReadonlyMap<string, number>): PricedColumns[] {
  const lineColumn = [`${prefix}AH`, "AHh", "BbAHh"]
    .map((name) => at.get(name))
    .find((column) => column !== undefined);
  const kinds = [
    { type: "1x2", line: undefined, names: { home: `${prefix}H`, draw: `${prefix}D`, away: `${prefix}A` } },
    { type: "total", line: "2.5", names: { over: `${prefix}>2.5`, under: `${prefix}<2.5` } },
    { type: "asian_handicap", line: lineColumn, names: { home: `${prefix}AHH`, away: `${prefix}AHA` } },
  ] as const satisfies readonly { readonly type: KnownMarketType; readonly [key: string]: unknown }[];
  return kinds.flatMap(({ type, line, names }) => {
    const outcomes = Object.entries(names).flatMap(([outcome, name]) => {
      const column = at.get(name);
      return column === undefined ? [] : [{ outcome, column, name }];
    });
    const market = { marketType: type, period: "regulation", label: "" };
    return outcomes.length === 0 ? [] : [{ market, book, line, outcomes }];
  });
}

/** Every price of a row: a blank is no price. Counts the markets that have one. */
export function pricesIn(
  row: readonly string[],
  { priced }: Columns,
): { readonly raws: RawPrice[]; readonly markets: number } {
  const raws: RawPrice[] = [];
  let markets = 0;
  for (const { market, book, line, outcomes } of priced) {
    const before = raws.length;
    for (const { outcome, column, name } of outcomes) {
      const price = row[column] ?? "";
      if (price === "") continue;
      const lineText = typeof line === "number" ? (row[line] ?? "") : line;
      raws.push({ market, book, line: lineText, outcome, price, stopped: false, sourceMarket: name });
    }
    if (raws.length > before) markets += 1;
  }
  return { raws, markets };
}
