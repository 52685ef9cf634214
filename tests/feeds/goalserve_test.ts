import { describe, expect, test } from "bun:test";
import { FeedUnreadableError, readGoalserve, type Snapshot } from "../../src/feeds/mod.ts";
import { fraction, type OfferedPrice } from "../../src/markets/mod.ts";
import { board, type Entry, emptyBoard, type Json, line, market, match, price, WINNER } from "./_board.ts";

function pricesOf(snapshot: Snapshot): readonly OfferedPrice[] {
  return snapshot.events.flatMap((event) => event.prices);
}

function read(odds: Json, { sport = "soccer", over = {} }: { sport?: string; over?: Entry } = {}): Snapshot {
  return readGoalserve(board([match(odds, over)], { sport }));
}

/** Type, line and outcome of each price, in short. */
function named(snapshot: Snapshot): string[] {
  return pricesOf(snapshot).map(({ marketType, period, lineQuarters, outcome }) =>
    [marketType, period, lineQuarters ?? "", outcome].join(" ").replace(/ +/g, " "),
  );
}

describe("readGoalserve", () => {
  test("reads an event with its sides by name, its kick-off in UTC and its prices exactly", () => {
    const snapshot = read([WINNER]);

    expect(snapshot.source).toBe("goalserve/soccer");
    expect(snapshot.version).toBe(1_700_000_100n);
    expect(snapshot.events[0]?.facts).toEqual({
      sourceEventId: "501",
      sport: "soccer",
      competitionId: "soccer-77",
      competition: "Nowhere: First League",
      home: "Harbour Rovers",
      away: "Millbrook",
      startsAt: new Date("2025-03-01T15:00:00Z"),
      status: "scheduled",
      sourceVersion: 1_700_000_100n,
    });
    expect(pricesOf(snapshot)[0]).toEqual({
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: "home",
      book: "bet365",
      price: fraction(21n, 10n),
      suspended: false,
    });
    expect(snapshot.counts).toEqual({
      events: 1,
      markets: 1,
      prices: 3,
      open: 3,
      suspended: 0,
      quarantined: {},
    });
  });

  test("tells home from away by the field's name in every sport, whatever comes first", () => {
    const sides = (fields: Entry, sport: string) => {
      const bare: Entry = { ...match([]) };
      delete bare["localteam"];
      delete bare["visitorteam"];
      const facts = readGoalserve(board([{ ...fields, ...bare }], { sport })).events[0]?.facts;
      return [facts?.home, facts?.away];
    };
    const [a, b] = [{ name: "A" }, { name: "B" }];

    expect(sides({ visitorteam: b, localteam: a }, "soccer")).toEqual(["A", "B"]);
    expect(sides({ awayteam: b, localteam: a }, "baseball")).toEqual(["A", "B"]);
    expect(sides({ player_2: b, player_1: a }, "tennis")).toEqual(["A", "B"]);
    // The naive way, the first side for home, has them the wrong way round.
    const naive = Object.values({ visitorteam: b, localteam: a }).map((side) => side.name);
    expect(naive).toEqual(["B", "A"]);
  });

  test("takes one thing where a list is meant, and nothing where an empty text is", () => {
    const single = { ...WINNER, bookmakers: { name: "bet365", stop: "False", odds: price("Home", "2.10") } };
    const root = {
      scores: {
        sport: "soccer",
        ts: "5",
        category: { name: "C", id: "1", matches: { match: match(single) } },
      },
    };

    expect(named(readGoalserve(root))).toEqual(["1x2 regulation home"]);
    expect(read("").counts).toEqual({
      events: 1,
      markets: 0,
      prices: 0,
      open: 0,
      suspended: 0,
      quarantined: {},
    });
    expect(read([{ ...WINNER, bookmakers: "" }]).counts.prices).toBe(0);
  });

  test("takes the answer without data for no state at all", () => {
    expect(readGoalserve(emptyBoard())).toMatchObject({ scope: "nothing", version: 0n, events: [] });
  });

  test("takes an answer with a version and no matches for a state in which nothing is offered", () => {
    expect(readGoalserve(board([]))).toMatchObject({ scope: "full", events: [] });
  });

  test.each([
    ["no object", "text"],
    ["an object of something else", { name: "linehold" }],
    ["a board without a version", board([match([WINNER])], { ts: "" })],
    ["a board with matches and the version of no data", board([match([WINNER])], { ts: "0" })],
    ["a version that is no number", board([match([WINNER])], { ts: "yesterday" })],
    ["an answer without categories", { scores: { sport: "soccer", ts: "5" } }],
    ["a market without bookmakers", board([match([{ id: "1", type: [{ odd: [] }] }])])],
    ["cricket, which has another shape", board([], { sport: "cricket" })],
  ])("refuses %s", (_, body) => {
    expect(() => readGoalserve(body)).toThrow(FeedUnreadableError);
  });

  test.each([
    ["no id", { id: "" }],
    ["no name of a side", { visitorteam: { id: "2", name: "" } }],
    ["no side", { localteam: null }],
    ["a date that does not exist", { formatted_date: "31.02.2025" }],
    ["a date without a year", { formatted_date: "" }],
    ["no time", { time: "TBA" }],
  ])("quarantines the prices of a match with %s, and loses none", (_, over: Entry) => {
    const stopped = market("2", "Home/Away", [price("Home", "1.50", "True"), price("Away", "2.50")]);

    const snapshot = read([WINNER, stopped], { over });

    expect(snapshot.events).toEqual([]);
    expect(snapshot.counts).toMatchObject({
      events: 1,
      prices: 5,
      open: 0,
      suspended: 1,
      quarantined: { price_unreadable: 4 },
    });
    expect(snapshot.quarantined).toMatchObject([{ item: "event", reason: "price_unreadable" }]);
  });
});

describe("stop flags", () => {
  const totals = market("5", "Goals Over/Under", [
    line("total", "2.5", [price("Over", "1.90"), price("Under", "1.95")]),
  ]);
  const levels = {
    market: { ...totals, stop: "True" },
    bookmaker: market("5", "Goals Over/Under", totalsOf("False", "False"), { book: "True" }),
    line: market("5", "Goals Over/Under", totalsOf("True", "False")),
    price: market("5", "Goals Over/Under", totalsOf("False", "True")),
  };

  function totalsOf(lineStop: string, priceStop: string): Entry[] {
    return [
      line("total", "2.5", [price("Over", "1.90", priceStop), price("Under", "1.95", priceStop)], lineStop),
    ];
  }

  test("at none of the four levels leave a price open", () => {
    expect(read([totals]).counts).toMatchObject({ open: 2, suspended: 0 });
  });

  test.each(Object.entries(levels))("at the level of the %s suspend what is below it", (_, stopped) => {
    const snapshot = read([stopped]);

    expect(snapshot.counts).toMatchObject({ prices: 2, open: 0, suspended: 2, quarantined: {} });
    expect(pricesOf(snapshot).map(({ suspended }) => suspended)).toEqual([true, true]);
  });

  test.each(["True", "true", "TRUE", " true "])("say stop as %p", (flag) => {
    expect(read([{ ...totals, stop: flag }]).counts.suspended).toBe(2);
  });

  test("read at the market alone, as the naive way is, miss three levels of four", () => {
    const naiveOpen = (stopped: Entry) => (stopped["stop"] === "True" ? 0 : 2);

    expect(Object.values(levels).map(naiveOpen)).toEqual([0, 2, 2, 2]);
    expect(Object.values(levels).map((stopped) => read([stopped]).counts.open)).toEqual([0, 0, 0, 0]);
  });

  test("win over an implausible price, which is not offered then", () => {
    const stopped = market("1", "Match Winner", [
      price("Home", "1.00", "True"),
      price("Draw", "x", "True"),
      price("Away", "3.60"),
    ]);

    const snapshot = read([stopped]);

    expect(snapshot.counts).toMatchObject({ prices: 3, open: 1, suspended: 2, quarantined: {} });
    expect(snapshot.quarantined).toEqual([]);
    expect(named(snapshot)).toEqual(["1x2 regulation away"]);
  });
});

describe("markets", () => {
  const sides = [price("Home", "1.80"), price("Away", "2.05")];

  test("with id 2 are draw no bet in soccer and the moneyline elsewhere", () => {
    const two = market("2", "Home/Away", sides);

    expect(named(read([two]))).toEqual(["draw_no_bet regulation home", "draw_no_bet regulation away"]);
    expect(named(read([two], { sport: "baseball" }))).toEqual([
      "moneyline match home",
      "moneyline match away",
    ]);
    expect(named(read([two], { sport: "futsal" }))).toEqual([
      "moneyline regulation home",
      "moneyline regulation away",
    ]);
  });

  test("with one id in two sports are told apart, and the two names of a result are one type", () => {
    const quarter = market("22614", "3Way Result - 1st Qtr", [
      price("Home", "2.00"),
      price("Draw", "9.00"),
      price("Away", "2.10"),
    ]);
    const three = market("1", "3Way Result", [
      price("Home", "2.00"),
      price("Draw", "9.00"),
      price("Away", "2.10"),
    ]);

    expect(named(read([quarter], { sport: "basketball" }))[0]).toBe("1x2 first_quarter home");
    expect(named(read([quarter]))[0]).toBe("unknown unknown Home");
    expect(named(read([three], { sport: "rugby" }))[1]).toBe("1x2 regulation draw");
  });

  test("with Asian lines carry the home side's line for both sides, so that away stands at the mirrored one", () => {
    const handicap = market("4", "Asian Handicap", [
      line("handicap", "-1.25", [price("Home", "2.02"), price("Away", "1.82")]),
      line("handicap", "+0", [price("Away", "2.20"), price("Home", "1.70")]),
    ]);

    expect(named(read([handicap]))).toEqual([
      "asian_handicap regulation -5 home",
      "asian_handicap regulation -5 away",
      "asian_handicap regulation 0 away",
      "asian_handicap regulation 0 home",
    ]);
  });

  test("with the same labels mean different things", () => {
    const pairs = (names: string[]) =>
      names.map((name, index) => price(name, ["1.40", "1.35", "1.90"][index] ?? ""));
    const double = market("222", "Double Chance", pairs(["Home/Draw", "Home/Away", "Draw/Away"]));
    const halves = market("12", "HT/FT Double", pairs(["Home/Draw", "Home/Away", "Draw/Away"]));

    expect(named(read([double]))).toEqual([
      "double_chance regulation home_or_draw",
      "double_chance regulation home_or_away",
      "double_chance regulation draw_or_away",
    ]);
    expect(named(read([halves]))).toEqual([
      "half_time_full_time regulation home/draw",
      "half_time_full_time regulation home/away",
      "half_time_full_time regulation draw/away",
    ]);
  });

  test("of half and full time are read in words, in 1/X/2 and in the teams' names", () => {
    const over = { localteam: { name: "Wey/Dale" }, visitorteam: { name: "Draw" } };
    const named2 = market("12", "HT/FT Double", [
      price("Millbrook/Draw", "15.00"),
      price("Harbour Rovers/Millbrook", "30.00"),
    ]);
    const digits = market("22618", "HT/FT (Including OT)", [price("1/2", "9.00"), price("X/1", "14.00")]);
    const slashed = market("12", "HT/FT Double", [price("Wey/Dale/Wey/Dale", "3.00")]);

    expect(named(read([named2], { sport: "rugby" }))).toEqual([
      "half_time_full_time regulation away/draw",
      "half_time_full_time regulation home/away",
    ]);
    expect(named(read([digits], { sport: "basketball" }))).toEqual([
      "half_time_full_time match home/away",
      "half_time_full_time match draw/home",
    ]);
    expect(named(read([slashed], { sport: "futsal", over }))).toEqual([
      "half_time_full_time regulation home/home",
    ]);
  });

  test("that are not surely known are kept under the source's name and labels, open or suspended as it says", () => {
    const scorers = market("22845", "Anytime Goal Scorer", [
      price("J. Nobody", "4.50"),
      price("No Goalscorer", "11.00", "True"),
    ]);
    const corners = market("22644", "Corners Over Under", [line("total", "9.5", [price("Over", "1.83")])]);

    expect(pricesOf(read([scorers, corners]))).toEqual([
      { ...UNKNOWN, label: "Anytime Goal Scorer", outcome: "J. Nobody", price: fraction(9n, 2n) },
      {
        ...UNKNOWN,
        label: "Anytime Goal Scorer",
        outcome: "No Goalscorer",
        price: fraction(11n),
        suspended: true,
      },
      {
        ...UNKNOWN,
        label: "Corners Over Under",
        outcome: "Over",
        price: fraction(183n, 100n),
        lineQuarters: 38,
      },
    ]);
  });

  test.each([
    ["another name than its id's", market("1", "Winner of the Toss", sides)],
    ["an outcome its type has not", market("1", "Match Winner", [...sides, price("Abandoned", "51.00")])],
    ["a line where its type has none", market("1", "Match Winner", [line("total", "2.5", sides)])],
    [
      "no line where its type has one",
      market("5", "Goals Over/Under", [price("Over", "1.90"), price("Under", "1.90")]),
    ],
    ["another kind of line", market("4", "Asian Handicap", [line("total", "2.5", sides)])],
  ])("with %s are not guessed at", (_, odd) => {
    expect(new Set(pricesOf(read([odd])).map(({ marketType }) => marketType))).toEqual(new Set(["unknown"]));
  });

  test("that name an outcome twice at different prices are kept suspended: which one is offered cannot be known", () => {
    const races = market("23859", "Corners Race To", [
      price("Home", "1.67"),
      price("Away", "2.10"),
      price("Home", "1.95"),
      price("Away", "2.10"),
    ]);

    const snapshot = read([races]);

    expect(snapshot.counts).toMatchObject({ prices: 4, open: 4 });
    expect(pricesOf(snapshot).map(({ outcome, suspended }) => [outcome, suspended])).toEqual([
      ["Home", true],
      ["Away", false],
    ]);
  });

  const UNKNOWN = {
    marketType: "unknown",
    period: "unknown",
    label: "",
    lineQuarters: null,
    outcome: "",
    book: "bet365",
    suspended: false,
  };
});

describe("quarantine", () => {
  const over = (value: string) => price("Over", value);

  test.each([
    ["price_not_above_one", market("1", "Match Winner", [price("Home", "1.00")])],
    ["price_not_above_one", market("1", "Match Winner", [price("Home", "0")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "-")])],
    ["price_unreadable", market("22845", "Anytime Goal Scorer", [price("J. Nobody", "")])],
    ["line_not_quarter", market("5", "Goals Over/Under", [line("total", "2.3", [over("1.90")])])],
    [
      "line_not_quarter",
      market("4", "Asian Handicap", [line("handicap", "-0.175", [price("Home", "1.90")])]),
    ],
    ["line_not_quarter", market("22644", "Corners Over Under", [line("total", "nine", [over("1.90")])])],
    ["spread_total_swapped", market("5", "Goals Over/Under", [line("total", "-3.5", [over("1.90")])])],
  ])("takes one price with the reason %s", (reason, odd) => {
    const snapshot = read([odd]);

    expect(snapshot.counts).toMatchObject({ prices: 1, open: 0, suspended: 0, quarantined: { [reason]: 1 } });
    expect(snapshot.quarantined).toMatchObject([{ reason, sourceEventId: "501" }]);
    expect(pricesOf(snapshot)).toEqual([]);
  });

  test("takes all of a complete market whose prices together are out of bounds, and names each", () => {
    const generous = market("1", "Match Winner", [
      price("Home", "3.40"),
      price("Draw", "3.40"),
      price("Away", "3.60"),
    ]);
    const greedy = market("2", "Home/Away", [price("Home", "1.20"), price("Away", "1.25")]);

    const snapshot = read([generous, greedy]);

    expect(snapshot.counts).toMatchObject({
      prices: 5,
      open: 0,
      quarantined: { overround_out_of_bounds: 5 },
    });
    expect(snapshot.quarantined.map(({ item }) => item)).toContain("bet365/1x2/regulation///draw");
  });

  test("judges no sum of a market that is incomplete, partly stopped, unknown, or has two winners", () => {
    const incomplete = market("1", "Match Winner", [price("Home", "9.00"), price("Away", "9.00")]);
    const partly = market("3", "2nd Half Winner", [
      price("Home", "9.00"),
      price("Draw", "9.00", "True"),
      price("Away", "9.00"),
    ]);
    const unknown = market("22607", "Win To Nil", [price("Home", "5.00"), price("Away", "9.00")]);
    const double = market("222", "Double Chance", [
      price("Home/Draw", "1.30"),
      price("Home/Away", "1.30"),
      price("Draw/Away", "1.75"),
    ]);

    expect(read([incomplete, partly, unknown, double]).counts).toMatchObject({
      open: 9,
      suspended: 1,
      quarantined: {},
    });
  });
});

describe("status", () => {
  const statusOf = (status: string, sport = "soccer") =>
    read([], { sport, over: { status } }).events[0]?.facts.status;

  test.each([
    ["15:00", "scheduled"],
    ["Not Started", "scheduled"],
    ["64", "live"],
    ["90+4", "live"],
    ["HT", "live"],
    ["FT", "ended"],
    ["AET", "ended"],
    ["Postp.", "postponed"],
    ["Cancl.", "cancelled"],
    ["Aban.", "abandoned"],
    ["Int.", "interrupted"],
    ["Delayed", "delayed"],
    ["WO", "walkover"],
    ["", "unknown"],
    ["TBA", "unknown"],
    ["constructor", "unknown"],
  ] as const)("reads %p in soccer as %s", (words, status) => {
    expect(statusOf(words)).toBe(status);
  });

  test.each([
    ["Set 2", "tennis", "live"],
    ["1", "tennis", "unknown"],
    ["Finished", "tennis", "ended"],
    ["Half Time", "basketball", "live"],
    ["4th Quarter", "basketball", "live"],
  ] as const)("reads %p in %s as %s", (words, sport, status) => {
    expect(statusOf(words, sport)).toBe(status);
  });
});

describe("results", () => {
  const ended = (home: string, away: string, half: string) => ({
    status: "FT",
    visitorteam: { name: "Millbrook", goals: away },
    localteam: { name: "Harbour Rovers", goals: home },
    ht: { score: half },
  });

  test("are taken of a soccer match at full time, home and away by name", () => {
    expect(read([], { over: ended("3", "1", "[2-1]") }).events[0]?.result).toEqual({
      state: "final",
      score: { home: 3, away: 1 },
      halfTimeScore: { home: 2, away: 1 },
    });
    expect(read([], { over: ended("0", "0", "") }).events[0]?.result).toEqual({
      state: "final",
      score: { home: 0, away: 0 },
    });
  });

  test.each([
    ["a missing score", ended("?", "1", "")],
    ["an empty score", ended("", "", "")],
    ["a score after extra time", { ...ended("2", "1", ""), status: "AET" }],
    ["a score in play", { ...ended("2", "1", ""), status: "64" }],
    ["a score of an unknown status", { ...ended("2", "1", ""), status: "Somehow over" }],
    ["a walkover", { ...ended("3", "0", ""), status: "WO" }],
  ])("are not made of %s", (_, over) => {
    expect(read([], { over }).events[0]?.result).toBeUndefined();
  });

  test("would be 0-0 for a missing score, were it read as a number, as the naive way is", () => {
    const naive = ["?", ""].map((goals) => Number.parseInt(goals, 10) || 0);

    expect(naive).toEqual([0, 0]);
  });

  test("are not made of another sport's numbers", () => {
    expect(read([], { sport: "futsal", over: ended("3", "1", "") }).events[0]?.result).toBeUndefined();
  });
});
