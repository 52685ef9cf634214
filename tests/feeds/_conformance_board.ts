import { type ReadAnswer, readFootballData, readGoalserve, readTheOddsApi } from "../../src/feeds/mod.ts";
import { board, type Entry, line, market, match, price } from "./_board.ts";
import { bookOf, gameOf } from "./_games.ts";

/** What a source offers, in nobody's format: each adapter's author writes it as its vendor would. */
export interface NeutralBoard {
  /** Of the answer: grows. Days, as the slowest source counts them. */
  readonly version: number;
  readonly matches: readonly NeutralMatch[];
}

export interface NeutralMatch {
  readonly id: string;
  readonly home: string;
  readonly away: string;
  /** Of one book; as the source writes them. A price that is not here is not named. */
  readonly prices: Readonly<Partial<Record<PriceName, string>>>;
}

/** 1x2, a total of 2.5 and an Asian handicap of −0.25. */
export const PRICE_NAMES = ["home", "draw", "away", "over", "under", "giving", "receiving"] as const;
export type PriceName = (typeof PRICE_NAMES)[number];

export const NORMAL_FORM: Readonly<Record<PriceName, string>> = {
  home: "bet365 1x2 regulation home",
  draw: "bet365 1x2 regulation draw",
  away: "bet365 1x2 regulation away",
  over: "bet365 total regulation 10 over",
  under: "bet365 total regulation 10 under",
  giving: "bet365 asian_handicap regulation -1 home",
  receiving: "bet365 asian_handicap regulation -1 away",
};

/** An adapter that reads bytes. */
export interface ByteAdapter {
  readonly name: string;
  readonly read: ReadAnswer;
  /** As polled. */
  readonly source: string;
  /** Whether an event that an answer does not name is no longer offered. */
  readonly scope: "full" | "named";
  /** `reversed` turns round every order that means nothing: of events, markets, outcomes and fields. */
  author(neutral: NeutralBoard, options?: { readonly reversed?: boolean }): Uint8Array;
}

export const STARTS_AT = new Date("2025-03-08T15:00:00Z");
const DAY_MS = 86_400_000;

/** When the answer with this version is read. */
export function readAt(version: number): Date {
  return new Date(Date.UTC(2025, 2, 1, 12) + version * DAY_MS);
}

export const BYTE_ADAPTERS: readonly ByteAdapter[] = [
  {
    name: "goalserve",
    read: readGoalserve,
    source: "goalserve/soccer",
    scope: "full",
    author: ({ version, matches }, { reversed = false } = {}) => {
      const written = board(inOrder(matches.map(goalserveMatch), reversed), { ts: `${secondsOf(version)}` });
      return json(written, reversed);
    },
  },
  {
    name: "the_odds_api",
    read: readTheOddsApi,
    source: "the_odds_api/soccer_epl",
    scope: "full",
    author: ({ version, matches }, { reversed = false } = {}) =>
      json(
        matches.map((one) => theOddsApiGame(one, readAt(version))),
        reversed,
      ),
  },
  {
    name: "football_data",
    read: readFootballData,
    source: "football_data/E0",
    scope: "named",
    author: ({ matches }, { reversed = false } = {}) => csv(matches, reversed),
  },
];

function goalserveMatch({ id, home, away, prices }: NeutralMatch): Entry {
  const named = (labels: Partial<Record<PriceName, string>>) =>
    Object.entries(labels).flatMap(([name, label]) => {
      const value = prices[name as PriceName];
      return value === undefined ? [] : [price(label, value)];
    });
  const winner = named({ home: "Home", draw: "Draw", away: "Away" });
  const total = named({ over: "Over", under: "Under" });
  const handicap = named({ giving: "Home", receiving: "Away" });
  const markets = [
    ...(winner.length === 0 ? [] : [market("1", "Match Winner", winner)]),
    ...(total.length === 0 ? [] : [market("5", "Goals Over/Under", [line("total", "2.5", total)])]),
    ...(handicap.length === 0 ? [] : [market("4", "Asian Handicap", [line("handicap", "-0.25", handicap)])]),
  ];
  return match(markets, {
    id,
    ...{ date: "Mar 08", formatted_date: "08.03.2025", time: "15:00", status: "15:00" },
    localteam: { id: "1", name: home, goals: "?" },
    visitorteam: { id: "2", name: away, goals: "?" },
  });
}

function theOddsApiGame({ id, home, away, prices }: NeutralMatch, updatedAt: Date): unknown {
  const outcome = (name: PriceName, words: string, point?: number) => {
    const value = prices[name];
    if (value === undefined) return [];
    const number = value === "" || Number.isNaN(Number(value)) ? value : Number(value);
    return [{ name: words, price: number, ...(point === undefined ? {} : { point }) }];
  };
  const markets = [
    {
      key: "h2h",
      outcomes: [...outcome("away", away), ...outcome("home", home), ...outcome("draw", "Draw")],
    },
    { key: "totals", outcomes: [...outcome("over", "Over", 2.5), ...outcome("under", "Under", 2.5)] },
    { key: "spreads", outcomes: [...outcome("receiving", away, 0.25), ...outcome("giving", home, -0.25)] },
  ].filter(({ outcomes }) => outcomes.length > 0);
  return gameOf([bookOf("bet365", markets, updatedAt.toISOString())], {
    id,
    ...{ sport_key: "soccer_epl", sport_title: "EPL", home_team: home, away_team: away },
    commence_time: STARTS_AT.toISOString(),
  });
}

const COLUMNS: Readonly<Record<PriceName, string>> = {
  home: "B365H",
  draw: "B365D",
  away: "B365A",
  over: "B365>2.5",
  under: "B365<2.5",
  giving: "B365AHH",
  receiving: "B365AHA",
};

function csv(matches: readonly NeutralMatch[], reversed: boolean): Uint8Array {
  const rows = matches.map(({ home, away, prices }) => ({
    ...{ Div: "E0", Date: "08/03/2025", Time: "15:00", HomeTeam: home, AwayTeam: away, AHh: "-0.25" },
    ...Object.fromEntries(PRICE_NAMES.map((name) => [COLUMNS[name], prices[name] ?? ""])),
  }));
  const names = ["Div", "Date", "Time", "HomeTeam", "AwayTeam", "AHh", ...Object.values(COLUMNS)];
  const lines = [
    inOrder(names, reversed),
    ...inOrder(
      rows.map((row: Readonly<Record<string, string>>) =>
        inOrder(
          names.map((name) => row[name] ?? ""),
          reversed,
        ),
      ),
      reversed,
    ),
  ];
  return new TextEncoder().encode(lines.map((fields) => `${fields.join(",")}\r\n`).join(""));
}

function json(value: unknown, reversed: boolean): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(reversed ? turnedRound(value) : value));
}

/** Every list and every record's fields in the opposite order. */
function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedRound).toReversed();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, turnedRound(inner)] as const)
      .toReversed(),
  );
}

function inOrder<T>(list: readonly T[], reversed: boolean): T[] {
  return reversed ? list.toReversed() : [...list];
}

function secondsOf(version: number): number {
  return readAt(version).getTime() / 1000;
}
