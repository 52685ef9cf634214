/** Boards in GoalServe's shape, written by hand: small, with teams that do not exist. Everything in them is a string, as in the feed. */

export type Json = { [key: string]: Json } | Json[] | string | null;
export type Entry = { [key: string]: Json };

export function price(name: string, value: string, stop = "False"): Entry {
  return { name, value, stop };
}

export function line(type: "total" | "handicap", name: string, odds: Entry[], stop = "False"): Entry {
  return { type, name, ismain: "False", stop, odds };
}

export function market(
  id: string,
  value: string,
  odds: Json,
  stops: { market?: string; book?: string } = {},
): Entry {
  const { market: stop = "False", book = "False" } = stops;
  return { id, value, stop, bookmakers: [{ id: "16", name: "bet365", stop: book, ts: "1700000000", odds }] };
}

export function match(odds: Json, over: Entry = {}): Entry {
  return {
    id: "501",
    status: "15:00",
    date: "Mar 01",
    formatted_date: "01.03.2025",
    time: "15:00",
    localteam: { id: "1", name: "Harbour Rovers", goals: "?" },
    visitorteam: { id: "2", name: "Millbrook", goals: "?" },
    ht: { score: "" },
    odds,
    ...over,
  };
}

export function board(
  matches: Json,
  { sport = "soccer", ts = "1700000100" }: { sport?: string; ts?: string } = {},
): Entry {
  const category = { name: "Nowhere: First League", gid: "77", id: "77", matches };
  return { metadata: { sport }, odds_data: { scores: { sport, ts, categories: [category] } } };
}

/** What a vendor answers when it has no data: status 200, no state. */
export function emptyBoard(sport = "soccer"): Entry {
  return { metadata: { sport }, odds_data: { scores: { sport, ts: "0", categories: [] } } };
}

export const WINNER = market("1", "Match Winner", [
  price("Home", "2.10"),
  price("Draw", "3.40"),
  price("Away", "3.60"),
]);
