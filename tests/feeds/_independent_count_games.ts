/*
 * Counts an answer of The Odds API by walking its JSON, knowing nothing of the service: it imports nothing. A lay price is
 * suspended, an implausible one quarantined, every other open.
 */

export interface GamesCount {
  events: number;
  markets: number;
  prices: number;
  open: number;
  suspended: number;
  quarantined: Record<string, number>;
  unknownMarkets: Record<string, number>;
  results: number;
}

interface Outcome {
  name: string;
  price: number;
  point?: number;
}

interface Game {
  completed?: boolean;
  scores?: { name: string; score: string }[] | null;
  home_team: string;
  away_team: string;
  bookmakers?: { key: string; markets: { key: string; outcomes: Outcome[] }[] }[];
}

const KNOWN = ["h2h", "spreads", "totals"];

export function countGames(games: Game[]): GamesCount {
  const count: GamesCount = {
    events: games.length,
    markets: 0,
    prices: 0,
    open: 0,
    suspended: 0,
    quarantined: {},
    unknownMarkets: {},
    results: 0,
  };
  const isAmerican = JSON.stringify(games).includes('"price":-');
  for (const game of games) {
    const named = (game.scores ?? []).filter(
      ({ name }) => name === game.home_team || name === game.away_team,
    );
    if (game.completed === true && named.length === 2) count.results += 1;
    for (const book of game.bookmakers ?? []) {
      for (const { key, outcomes } of book.markets) {
        count.markets += 1;
        count.prices += outcomes.length;
        if (!KNOWN.includes(key))
          count.unknownMarkets[key] = (count.unknownMarkets[key] ?? 0) + outcomes.length;
        if (key.endsWith("_lay")) count.suspended += outcomes.length;
        else countMarket(count, outcomes, isAmerican);
      }
    }
  }
  return count;
}

function countMarket(count: GamesCount, outcomes: Outcome[], isAmerican: boolean): void {
  const chances = outcomes.map(({ price }) => {
    if (!isAmerican) return 1 / price;
    return price < 0 ? -price / (100 - price) : 100 / (100 + price);
  });
  const sum = chances.reduce((total, chance) => total + chance, 0);
  const isStrange = sum < 0.95 || sum > 1.5;
  for (const [index, { point = 0 }] of outcomes.entries()) {
    const chance = chances[index] ?? 1;
    const reason = !(chance > 0 && chance < 1)
      ? "price_not_above_one"
      : !Number.isInteger(point * 4)
        ? "line_not_quarter"
        : isStrange
          ? "overround_out_of_bounds"
          : "";
    if (reason === "") count.open += 1;
    else count.quarantined[reason] = (count.quarantined[reason] ?? 0) + 1;
  }
}
