import { describe, expect, test } from "bun:test";
import {
  FeedUnreadableError,
  readTheOddsApi,
  readTheOddsApiSports,
  type Snapshot,
} from "../../src/feeds/mod.ts";
import { formatDecimalPrice } from "../../src/markets/mod.ts";
import { AT, AWAY, bookOf, gameOf, H2H, HOME, market, readGames, readMarkets } from "./_games.ts";
import { bytesOf, named, pricesOf } from "./_read.ts";
import { refusalOf } from "./_refusal.ts";

/** Outcome and exact price, as "home 9/5". */
function exact(snapshot: Snapshot): string[] {
  return pricesOf(snapshot).map(({ outcome, price }) => `${outcome} ${price.numerator}/${price.denominator}`);
}

describe("readTheOddsApi", () => {
  test("reads a game with its sides by their fields, and its source from the sport key", async () => {
    const { source, version, scope, events } = await readMarkets([H2H]);

    expect([source, version, scope]).toEqual(["the_odds_api/basketball_nba", 1740830340n, "full"]);
    expect(events[0]?.facts).toEqual({
      sourceEventId: "game-1",
      sport: "basketball",
      competitionId: "basketball_nba",
      competition: "NBA",
      home: HOME,
      away: AWAY,
      startsAt: new Date("2025-03-01T15:00:00Z"),
      status: "scheduled",
      sourceVersion: 1740830340n,
    });
  });

  test("takes outcomes by the sides' names, whichever stands first", async () => {
    const swapped = { ...H2H, outcomes: H2H.outcomes.toReversed() };

    expect(exact(await readMarkets([H2H])).sort()).toEqual(["away 41/20", "home 9/5"]);
    expect(exact(await readMarkets([swapped])).sort()).toEqual(["away 41/20", "home 9/5"]);
  });

  test("writes a spread from the home side, the same line for both", async () => {
    const spread = market(
      "spreads",
      { name: AWAY, price: 1.95, point: 3.5 },
      { name: HOME, price: 1.87, point: -3.5 },
    );

    expect(named(await readMarkets([spread]))).toEqual([
      "asian_handicap match -14 away",
      "asian_handicap match -14 home",
    ]);
  });

  test("takes spread and total of a pick'em game at zero and whole lines", async () => {
    const snapshot = await readMarkets([
      market("spreads", { name: AWAY, price: 1.95, point: -0 }, { name: HOME, price: 1.87, point: 0 }),
      market("totals", { name: "Over", price: 1.9, point: 210 }, { name: "Under", price: 1.9, point: 210 }),
    ]);

    expect(named(snapshot)).toEqual([
      "asian_handicap match 0 away",
      "asian_handicap match 0 home",
      "total match 840 over",
      "total match 840 under",
    ]);
  });

  test("reads h2h as three-way where there is a draw, which is before overtime", async () => {
    const three = market(
      "h2h",
      { name: "Draw", price: 12 },
      { name: HOME, price: 1.8 },
      { name: AWAY, price: 2.2 },
    );

    expect(named(await readMarkets([three])).sort()).toEqual([
      "1x2 regulation away",
      "1x2 regulation draw",
      "1x2 regulation home",
    ]);
    expect(named(await readMarkets([H2H]))).toEqual(["moneyline match away", "moneyline match home"]);
  });

  test("does not guess what two sides of soccer without the draw are", async () => {
    const soccer = { sport_key: "soccer_epl", sport_title: "EPL" };

    const [price] = pricesOf(await readMarkets([H2H], soccer));

    expect(price).toMatchObject({ marketType: "unknown", label: "h2h", outcome: AWAY, suspended: false });
  });

  test.each([
    ["alternate_spreads", { name: HOME, price: 1.9, point: 1.5 }, "asian_handicap match 6 home"],
    ["spreads_h1", { name: HOME, price: 1.9, point: -1.5 }, "asian_handicap first_half -6 home"],
    ["alternate_totals_q3", { name: "Under", price: 1.9, point: 50.5 }, "total third_quarter 202 under"],
    [
      "team_totals",
      { name: "Over", description: AWAY, price: 1.9, point: 98.5 },
      "team_total_away match 394 over",
    ],
    [
      "alternate_team_totals_h1",
      { name: "Under", description: HOME, price: 1.9, point: 50 },
      "team_total_home first_half 200 under",
    ],
    ["h2h_3_way", { name: "Draw", price: 15 }, "1x2 regulation draw"],
    ["h2h_q1", { name: HOME, price: 1.9 }, "moneyline first_quarter home"],
    ["h2h_3_way_q1", { name: "Tie", price: 9 }, "1x2 first_quarter draw"],
    ["draw_no_bet", { name: AWAY, price: 2.2 }, "draw_no_bet match away"],
  ])("knows %s", async (key, outcome, expected) => {
    expect(named(await readMarkets([market(key, outcome)]))).toEqual([expected]);
  });

  test("knows both to score, and soccer's markets to be decided in regulation", async () => {
    const snapshot = await readMarkets(
      [
        market("btts", { name: "No", price: 1.9 }, { name: "Yes", price: 1.95 }),
        market("totals", { name: "Over", price: 1.9, point: 2.25 }),
      ],
      { sport_key: "soccer_epl" },
    );

    expect(named(snapshot)).toEqual([
      "both_to_score regulation no",
      "both_to_score regulation yes",
      "total regulation 9 over",
    ]);
  });

  test.each([
    [
      "an outcome that names no side",
      "basketball_nba",
      market("h2h", { name: HOME, price: 1.9 }, { name: "Harbor Rovers", price: 1.9 }),
    ],
    [
      "a spread without points",
      "basketball_nba",
      market("spreads", { name: HOME, price: 1.9 }, { name: AWAY, price: 1.9, point: 2 }),
    ],
    [
      "a total that is neither over nor under",
      "basketball_nba",
      market("totals", { name: "Exactly", price: 1.9, point: 200 }),
    ],
    [
      "a team total of a third team",
      "basketball_nba",
      market("team_totals", { name: "Over", description: "Others", price: 1.9, point: 9 }),
    ],
    [
      "a second half, with overtime or without",
      "basketball_nba",
      market("h2h_h2", { name: HOME, price: 1.9 }),
    ],
    [
      "a player's points",
      "basketball_nba",
      market("player_points", { name: "Over", description: "J. Nobody", price: 1.9, point: 20.5 }),
    ],
    ["points of tennis", "tennis_atp_us_open", market("spreads", { name: HOME, price: 1.9, point: -3.5 })],
    ["a sport nobody knows the rules of", "quidditch_premier", H2H],
    ["a key of the language itself", "basketball_nba", market("toString", { name: HOME, price: 1.9 })],
  ])("keeps %s as unknown, under the vendor's name, whole", async (_, sportKey, written) => {
    const prices = pricesOf(await readMarkets([written], { sport_key: sportKey }));

    expect(prices).toHaveLength(written.outcomes.length);
    for (const price of prices) expect(price).toMatchObject({ marketType: "unknown", label: written.key });
  });

  test("keeps a lay market for traders to see, suspended, and never as a back price", async () => {
    const lay = market("h2h_lay", { name: HOME, price: 1.82 }, { name: AWAY, price: 2.1 });

    const { counts, events } = await readMarkets([H2H, lay]);

    expect(counts).toMatchObject({ prices: 4, open: 2, suspended: 2, markets: 2 });
    const backs = events[0]?.prices?.filter(({ suspended }) => !suspended) ?? [];
    expect(backs.map(({ marketType, price }) => [marketType, formatDecimalPrice(price)])).toEqual([
      ["moneyline", "2.05"],
      ["moneyline", "1.80"],
    ]);
    expect(events[0]?.prices?.filter(({ suspended }) => suspended).map(({ label }) => label)).toEqual([
      "h2h_lay",
      "h2h_lay",
    ]);
  });

  test("reads American prices exactly, telling them by the whole answer", async () => {
    const american = await readMarkets([
      market("h2h", { name: HOME, price: -110 }, { name: AWAY, price: 100 }),
      market("spreads", { name: HOME, price: 150, point: 2 }, { name: AWAY, price: -170, point: -2 }),
    ]);
    const decimal = await readMarkets([
      market("h2h", { name: HOME, price: 1.01 }, { name: AWAY, price: 100 }),
    ]);

    expect(exact(american)).toEqual(["home 21/11", "away 2/1", "home 5/2", "away 27/17"]);
    expect(exact(decimal)).toEqual(["home 101/100", "away 100/1"]);
  });

  test("lets one strange price make itself unreadable, not turn the others", async () => {
    const one = await readMarkets([
      market("h2h", { name: HOME, price: 1.5 }, { name: AWAY, price: 240 }),
      market("spreads", { name: HOME, price: -105, point: 2 }, { name: AWAY, price: -115, point: -2 }),
    ]);
    const other = await readMarkets([
      market("h2h", { name: HOME, price: -110 }, { name: AWAY, price: 2.1 }),
      market("spreads", { name: HOME, price: 1.9, point: 2 }, { name: AWAY, price: 1.9, point: -2 }),
    ]);

    expect(one.counts.quarantined).toEqual({ price_unreadable: 1 });
    expect(exact(one)).toEqual(["away 17/5", "home 41/21", "away 43/23"]);
    expect(other.counts.quarantined).toEqual({ price_unreadable: 1 });
    expect(exact(other)).toEqual(["away 21/10", "home 19/10", "away 19/10"]);
  });

  test("offers nothing of an answer whose prices could be of either format", async () => {
    const { counts, quarantined } = await readMarkets([
      market("h2h", { name: HOME, price: 120 }, { name: AWAY, price: 150 }),
    ]);

    expect(counts).toMatchObject({ prices: 2, open: 0, quarantined: { price_unreadable: 2 } });
    expect(quarantined[0]?.sample).toMatchObject({ price: "120 (decimal or American?)" });
  });

  test.each([
    ["a negative", -2, "price_unreadable"],
    ["an enormous", 1e308, "price_unreadable"],
    ["a missing", undefined, "price_unreadable"],
    ["a wrongly typed", { decimal: 1.9 }, "price_unreadable"],
    ["evens and nothing", 1, "price_not_above_one"],
    ["zero", 0, "price_not_above_one"],
  ] as const)("sets %s price aside and keeps the rest", async (_, price, reason) => {
    const { counts } = await readMarkets([
      market("h2h", { name: HOME, price }, { name: AWAY, price: 1.9 }),
      market("totals", { name: "Over", price: 1.9, point: 200 }, { name: "Under", price: 1.95, point: 200 }),
    ]);

    expect(counts).toMatchObject({ prices: 4, open: 3, quarantined: { [reason]: 1 } });
  });

  test.each([
    ["no id", { id: "" }],
    ["no start", { commence_time: "soon" }],
    ["a day that is none", { commence_time: "2025-02-31T15:00:00Z" }],
    ["no sides, as an outright", { home_team: null, away_team: null }],
    ["sides that cannot be told apart", { home_team: AWAY }],
    ["bookmakers that are no list", { bookmakers: "none" }],
    [
      "markets that are no list",
      { bookmakers: [{ key: "x", last_update: "2025-03-01T11:00:00Z", markets: {} }] },
    ],
  ])("sets a game with %s aside, and keeps the others", async (_, over) => {
    const good = gameOf([bookOf("fanduel", [H2H])], { id: "game-2" });

    const { events, quarantined, counts } = await readGames([
      gameOf([bookOf("draftkings", [H2H])], over),
      good,
    ]);

    expect(events.map(({ facts }) => facts.sourceEventId)).toEqual(["game-2"]);
    expect(quarantined.map(({ item }) => item)).toEqual(["event"]);
    expect(counts.events).toBe(2);
    const aside = counts.quarantined.price_unreadable ?? 0;
    expect(counts.open + counts.suspended + aside).toBe(counts.prices);
  });

  test("takes its version from the newest stamp of any book or market", async () => {
    const stamped = { ...H2H, last_update: "2025-03-01T11:58:30Z" };
    const books = [
      bookOf("a", [H2H], "2025-03-01T11:57:00Z"),
      bookOf("b", [stamped], "2025-03-01T11:56:00Z"),
    ];

    const { version } = await readGames([gameOf(books)]);
    const unix = await readGames([gameOf([{ ...bookOf("a", [H2H]), last_update: 1740830310 }])]);

    expect([version, unix.version]).toEqual([1740830310n, 1740830310n]);
  });

  test("does not let a stamp from the future refuse all that follows", async () => {
    const books = [
      bookOf("broken", [H2H], "2099-01-01T00:00:00Z"),
      bookOf("b", [H2H], "2025-03-01T11:56:00Z"),
    ];

    expect((await readGames([gameOf(books)])).version).toBe(1740830160n);
  });

  test("tells no state when no book priced anything", async () => {
    expect(await readGames([], "the_odds_api/basketball_nba")).toMatchObject({
      source: "the_odds_api/basketball_nba",
      scope: "nothing",
      events: [],
    });
    expect(await readGames([gameOf([])])).toMatchObject({ scope: "nothing", version: 0n });
  });

  test("says of a game that has begun that it is live", async () => {
    const { events } = await readMarkets([H2H], { commence_time: "2025-03-01T12:00:00Z" });

    expect(events[0]?.facts.status).toBe("live");
  });

  test.each([
    ["an answer about scores", JSON.stringify([{ id: "1", completed: false, scores: null }])],
    ["the vendor's error", '{"message":"Usage quota has been reached"}'],
    ["a list of something else", "[1,2]"],
    ["a price that is no JSON", '[{"id":"1","bookmakers":[{"markets":[{"outcomes":[{"price":NaN}]}]}]}]'],
    ["two documents", "[][]"],
    ["a comma too many", '[{"bookmakers":[]},]'],
    ["bytes that are no text", new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d])],
  ])("refuses %s", async (_, body) => {
    const reading = readTheOddsApi(bytesOf(body), { source: "the_odds_api/basketball_nba", at: AT });

    expect(await refusalOf(reading)).toBeInstanceOf(FeedUnreadableError);
  });

  test("refuses several sports when none was asked for, and takes them under the one that was", async () => {
    const games = [
      gameOf([bookOf("a", [H2H])]),
      gameOf([bookOf("a", [H2H])], { id: "2", sport_key: "mma_ufc" }),
    ];

    expect(await refusalOf(readGames(games))).toBeInstanceOf(FeedUnreadableError);
    const { source, events } = await readGames(games, "the_odds_api/upcoming");
    expect([source, ...events.map(({ facts }) => facts.sport)]).toEqual([
      "the_odds_api/upcoming",
      "basketball",
      "mma",
    ]);
  });
});

describe("readTheOddsApiSports", () => {
  const body = (answer: unknown) => bytesOf(JSON.stringify(answer));

  test("reads which competitions can be polled", async () => {
    const sports = await readTheOddsApiSports(
      body([
        {
          key: "icehockey_nhl",
          group: "Ice Hockey",
          title: "NHL",
          description: "",
          active: true,
          has_outrights: false,
        },
        {
          key: "golf_masters",
          group: "Golf",
          title: "Masters",
          description: "",
          active: false,
          has_outrights: true,
        },
      ]),
      { source: "the_odds_api" },
    );

    expect(sports).toEqual([
      { key: "icehockey_nhl", sport: "ice_hockey", title: "NHL", active: true, hasOutrights: false },
      { key: "golf_masters", sport: "golf", title: "Masters", active: false, hasOutrights: true },
    ]);
  });

  test("refuses what is no list of sports", async () => {
    for (const answer of [{}, [{ key: "x" }], ["x"], [gameOf([])]]) {
      expect(await refusalOf(readTheOddsApiSports(body(answer), { source: "the_odds_api" }))).toBeInstanceOf(
        FeedUnreadableError,
      );
    }
  });
});
