import { readTheOddsApi, readTheOddsApiScores, type Snapshot } from "../../src/feeds/mod.ts";
import { bytesOf } from "./_read.ts";

/** Answers in The Odds API's shape, written by hand: small, with teams that do not exist. */
export interface Outcome {
  readonly name: string;
  readonly price: unknown;
  readonly point?: unknown;
  readonly description?: string;
}

export interface WrittenMarket {
  readonly key: string;
  readonly outcomes: readonly Outcome[];
  readonly last_update?: string;
}

export const AT = new Date("2025-03-01T12:00:00Z");
export const HOME = "Harbour Rovers";
export const AWAY = "Millbrook";

export function bookOf(key: string, markets: readonly WrittenMarket[], lastUpdate = "2025-03-01T11:59:00Z") {
  return { key, title: key, last_update: lastUpdate, markets };
}

export function gameOf(
  bookmakers: readonly unknown[],
  over: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: "game-1",
    sport_key: "basketball_nba",
    sport_title: "NBA",
    commence_time: "2025-03-01T15:00:00Z",
    home_team: HOME,
    away_team: AWAY,
    bookmakers,
    ...over,
  };
}

export function scoresOf(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { bookmakers, ...game } = gameOf([]);
  const scores = [
    { name: AWAY, score: "101" },
    { name: HOME, score: "99" },
  ];
  return { ...game, completed: true, scores, last_update: "2025-03-01T17:30:00Z", ...over };
}

export function market(key: string, ...outcomes: readonly Outcome[]): WrittenMarket {
  return { key, outcomes };
}

export const H2H = market("h2h", { name: AWAY, price: 2.05 }, { name: HOME, price: 1.8 });

/** One book's markets of one game, read. */
export function readMarkets(
  markets: readonly WrittenMarket[],
  over: Readonly<Record<string, unknown>> = {},
): Promise<Snapshot> {
  return readGames([gameOf([bookOf("draftkings", markets)], over)]);
}

export function readGames(answer: unknown, source = "the_odds_api"): Promise<Snapshot> {
  return readTheOddsApi(bytesOf(JSON.stringify(answer)), { source, at: AT });
}

export function readScores(answer: unknown, source = "the_odds_api"): Promise<Snapshot> {
  return readTheOddsApiScores(bytesOf(JSON.stringify(answer)), { source, at: AT });
}
