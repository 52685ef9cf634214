import { type KnownMarketType, type Market, type Period, UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import { isRecord, type JsonRecord, listAt, textAt } from "./_json.ts";
import type { Sides } from "./_the_odds_api_game.ts";
import type { RawPrice } from "./judge_prices.ts";

/** A side's market price as the vendor wrote it; whether that is decimal or American the whole answer tells. */
export type UnparsedPrice = Omit<RawPrice, "priceFormat">;

/** How the outcomes of one of the vendor's markets are to be read. */
type Kind = "h2h" | "three_way" | "draw_no_bet" | "spread" | "total" | "team_total" | "both_to_score";

const KINDS: Readonly<Record<string, Kind>> = {
  h2h: "h2h",
  h2h_3_way: "three_way",
  draw_no_bet: "draw_no_bet",
  spreads: "spread",
  alternate_spreads: "spread",
  totals: "total",
  alternate_totals: "total",
  team_totals: "team_total",
  alternate_team_totals: "team_total",
  btts: "both_to_score",
};

const PERIODS_BY_SUFFIX: Readonly<Record<string, Period>> = {
  h1: "first_half",
  q1: "first_quarter",
  q2: "second_quarter",
  q3: "third_quarter",
  q4: "fourth_quarter",
  "1st_1_innings": "first_inning",
  "1st_3_innings": "first_3_innings",
  "1st_5_innings": "first_5_innings",
  "1st_7_innings": "first_7_innings",
};
const KEY = /^(.+?)(?:_(h1|q[1-4]|1st_[1357]_innings))?$/;

/**
 * What decides a whole game's two-way markets, where that is sure: American sports play overtime or extra innings for them, soccer
 * does not. Elsewhere only the winner is sure: points, games and rounds are not told apart by the vendor. (A second half is none
 * of the periods above, as it is with overtime at some books and without at others.)
 */
const WHOLE_GAME: Readonly<Record<string, { readonly period: Period; readonly kinds: "all" | "winner" }>> = {
  american_football: { period: "match", kinds: "all" },
  basketball: { period: "match", kinds: "all" },
  baseball: { period: "match", kinds: "all" },
  ice_hockey: { period: "match", kinds: "all" },
  soccer: { period: "regulation", kinds: "all" },
  tennis: { period: "match", kinds: "winner" },
  mma: { period: "match", kinds: "winner" },
  boxing: { period: "match", kinds: "winner" },
  cricket: { period: "match", kinds: "winner" },
};

interface KnownMarket {
  readonly kind: Kind;
  readonly sport: string;
  readonly period: Period;
}

function marketOf(key: string, sport: string): KnownMarket | undefined {
  const [, name = "", suffix] = KEY.exec(key) ?? [];
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  const whole = Object.hasOwn(WHOLE_GAME, sport) ? WHOLE_GAME[sport] : undefined;
  if (kind === undefined || whole === undefined) return undefined;
  if (whole.kinds === "winner" && (kind !== "h2h" || suffix !== undefined)) return undefined;
  const period = suffix === undefined ? whole.period : PERIODS_BY_SUFFIX[suffix];
  return period === undefined ? undefined : { kind, sport, period };
}

export interface GameContext {
  readonly sport: string;
  readonly sides: Sides;
}

export interface BookPrices {
  readonly raws: readonly UnparsedPrice[];
  readonly markets: number;
}

/** Every price element of one bookmaker, or `undefined` if its markets or outcomes are no lists: it is another format. */
export function readBookmaker(bookmaker: JsonRecord, game: GameContext): BookPrices | undefined {
  const markets = bookmaker["markets"];
  if (!Array.isArray(markets)) return undefined;
  const raws: UnparsedPrice[] = [];
  for (const market of markets) {
    if (!isRecord(market) || !Array.isArray(market["outcomes"])) return undefined;
    raws.push(...readMarket(market, textAt(bookmaker, "key"), game));
  }
  return { raws, markets: markets.length };
}

interface Translated {
  readonly marketType: KnownMarketType;
  readonly outcome: string;
  readonly line?: string;
}

/**
 * One book's prices of one market, known only if every one of its outcomes is what the market allows.
 *
 * A lay market is the other side of a bet: an exchange's offer to take it, never to pay it. It is kept under the vendor's own
 * name for traders to see, suspended, so that nobody can bet on it.
 */
function readMarket(market: JsonRecord, book: string, game: GameContext): UnparsedPrice[] {
  const key = textAt(market, "key");
  const outcomes = listAt(market, "outcomes");
  const known = marketOf(key, game.sport);
  const hasDraw = outcomes.some((outcome) => isDraw(textAt(outcome, "name")));
  const read = known && outcomes.map((outcome) => translate(outcome, known, { ...game, hasDraw }));
  const stopped = key.endsWith("_lay");
  const unknown: Market = { marketType: UNKNOWN_MARKET_TYPE, period: UNKNOWN_MARKET_TYPE, label: key };
  const isKnown = read?.every((translated) => translated !== undefined) === true;
  return outcomes.map((outcome, index) => {
    const translated = isKnown ? read?.[index] : undefined;
    const common = { book, stopped, price: textAt(outcome, "price"), sourceMarket: key };
    if (known === undefined || translated === undefined)
      return { ...common, market: unknown, ...asWritten(outcome) };
    const { marketType, line, outcome: name } = translated;
    return {
      ...common,
      market: { marketType, period: periodOf(marketType, known), label: "" },
      line,
      outcome: name,
    };
  });
}

/** Three-way markets of a whole game are decided before any overtime, which has no draw. */
function periodOf(marketType: KnownMarketType, { period, kind, sport }: KnownMarket): Period {
  const isWhole = period === WHOLE_GAME[sport]?.period;
  return marketType === "1x2" && isWhole && (kind === "h2h" || kind === "three_way") ? "regulation" : period;
}

function translate(
  outcome: JsonRecord,
  { kind, sport }: KnownMarket,
  { sides, hasDraw }: GameContext & { readonly hasDraw: boolean },
): Translated | undefined {
  const name = textAt(outcome, "name");
  const side = sideOf(name, sides);
  const point = textAt(outcome, "point");
  switch (kind) {
    case "h2h":
      // Two sides of soccer without the draw may be draw no bet, or half of a three-way market.
      if (!hasDraw)
        return side && sport !== "soccer" ? { marketType: "moneyline", outcome: side } : undefined;
      return threeWay(name, side);
    case "three_way":
      return threeWay(name, side);
    case "draw_no_bet":
      return side && { marketType: "draw_no_bet", outcome: side };
    case "spread":
      // The vendor writes each side's own points; ours is the home side's line for both.
      if (side === undefined || point === "") return undefined;
      return { marketType: "asian_handicap", outcome: side, line: side === "home" ? point : mirrored(point) };
    case "total":
      return overUnder("total", name, point);
    case "team_total": {
      const team = sideOf(textAt(outcome, "description"), sides);
      return team && overUnder(`team_total_${team}`, name, point);
    }
    case "both_to_score":
      return name === "Yes" || name === "No"
        ? { marketType: "both_to_score", outcome: name.toLowerCase() }
        : undefined;
  }
}

function threeWay(name: string, side: "home" | "away" | undefined): Translated | undefined {
  const outcome = isDraw(name) ? "draw" : side;
  return outcome && { marketType: "1x2", outcome };
}

function overUnder(marketType: KnownMarketType, name: string, line: string): Translated | undefined {
  if (line === "" || (name !== "Over" && name !== "Under")) return undefined;
  return { marketType, outcome: name.toLowerCase(), line };
}

/** By the whole name, never by position: in the stored answers the home side is first in about half of the markets. */
function sideOf(name: string, { home, away }: Sides): "home" | "away" | undefined {
  if (name === home) return "home";
  return name === away ? "away" : undefined;
}

function isDraw(name: string): boolean {
  return name === "Draw" || name === "Tie";
}

function mirrored(point: string): string {
  return point.startsWith("-") ? point.slice(1) : `-${point.replace(/^\+/, "")}`;
}

/** Outcome and line of a market that is not known; a player's name stands in the description. */
function asWritten(outcome: JsonRecord): { readonly outcome: string; readonly line: string | undefined } {
  const words = [textAt(outcome, "description"), textAt(outcome, "name")].filter((text) => text !== "");
  const point = textAt(outcome, "point");
  return { outcome: words.join(" "), line: point === "" ? undefined : point };
}
