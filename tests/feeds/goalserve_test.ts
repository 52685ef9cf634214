import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { FeedUnreadableError, readGoalserve } from "../../src/feeds/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { board, type Entry, emptyBoard, market, match, price, WINNER } from "./_board.ts";
import { bytesOf, named, pricesOf, read, readBoard } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

const AT = new Date("2025-03-01T12:00:00Z");

describe("readGoalserve", () => {
  test("reads an event with its sides by name, its kick-off in UTC and its prices exactly", async () => {
    const snapshot = await read([WINNER]);

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

  test("tells home from away by the field's name in every sport, whatever comes first", async () => {
    const sides = async (fields: Entry, sport: string) => {
      const bare: Entry = { ...match([]) };
      delete bare["localteam"];
      delete bare["visitorteam"];
      const facts = (await readBoard(board([{ ...fields, ...bare }], { sport }))).events[0]?.facts;
      return [facts?.home, facts?.away];
    };
    const [a, b] = [{ name: "A" }, { name: "B" }];

    expect(await sides({ visitorteam: b, localteam: a }, "soccer")).toEqual(["A", "B"]);
    expect(await sides({ awayteam: b, localteam: a }, "baseball")).toEqual(["A", "B"]);
    expect(await sides({ player_2: b, player_1: a }, "tennis")).toEqual(["A", "B"]);
    // The naive way, the first side for home, has them the wrong way round.
    const naive = Object.values({ visitorteam: b, localteam: a }).map((side) => side.name);
    expect(naive).toEqual(["B", "A"]);
  });

  test("takes one thing where a list is meant, and nothing where an empty text is", async () => {
    const single = { ...WINNER, bookmakers: { name: "bet365", stop: "False", odds: price("Home", "2.10") } };
    const root = {
      scores: {
        sport: "soccer",
        ts: "5",
        category: { name: "C", id: "1", matches: { match: match(single) } },
      },
    };

    expect(named(await readBoard(root))).toEqual(["1x2 regulation home"]);
    expect((await read("")).counts).toEqual({
      events: 1,
      markets: 0,
      prices: 0,
      open: 0,
      suspended: 0,
      quarantined: {},
    });
    expect((await read([{ ...WINNER, bookmakers: "" }])).counts.prices).toBe(0);
  });

  test("takes the answer without data for no state at all", async () => {
    expect(await readBoard(emptyBoard())).toMatchObject({ scope: "nothing", version: 0n, events: [] });
  });

  test("takes an answer with a version and no matches for a state in which nothing is offered", async () => {
    expect(await readBoard(board([]))).toMatchObject({ scope: "full", events: [] });
  });

  test.each([
    ["no object", "text"],
    ["an object of something else", { name: "linehold" }],
    ["a board without a version", board([match([WINNER])], { ts: "" })],
    ["a board with matches and the version of no data", board([match([WINNER])], { ts: "0" })],
    ["a version that is no number", board([match([WINNER])], { ts: "yesterday" })],
    ["an answer without categories", { scores: { sport: "soccer", ts: "5" } }],
    ["a market without bookmakers", board([match([{ id: "1", type: [{ odd: [] }] }])])],
  ])("refuses %s", async (_, body) => {
    await expect(readBoard(body)).rejects.toThrow(FeedUnreadableError);
  });

  const whole = JSON.stringify(board([match([WINNER])]));
  test.each([
    ["a page instead", "<!doctype html><title>Busy</title>"],
    ["nothing", ""],
    ["half of it", whole.slice(0, whole.length / 2)],
    ["all but its last byte", whole.slice(0, -1)],
    ["more behind it", `${whole}<!-- cached -->`],
    ["it twice", whole + whole],
    ["a match cut out", whole.replace('"bookmakers"', '"bookmakers"]')],
  ])("refuses bytes that are %s", async (_, text) => {
    const reading = readGoalserve(bytesOf(text, 100), { source: "goalserve/soccer", at: AT });

    await expect(reading).rejects.toThrow(FeedUnreadableError);
  });

  test("is of the sport that was asked for, and says so where the answer is of another", async () => {
    const asked = (sport: string, answer: unknown) =>
      readGoalserve(bytesOf(JSON.stringify(answer)), { source: `goalserve/${sport}`, sport, at: AT });
    const { metadata: _, ...bare } = board([match([WINNER])]);

    expect(await asked("soccer", bare)).toMatchObject({ source: "goalserve/soccer", counts: { open: 3 } });
    // A vendor's name for a sport that differs from ours is no other sport.
    expect(await asked("soccernew", bare)).toMatchObject({
      source: "goalserve/soccernew",
      counts: { open: 3 },
    });
    await expect(asked("tennis", bare)).rejects.toThrow("it is of another sport");
    const nameless = { scores: { ts: "5", categories: [{ id: "1", matches: [match([WINNER])] }] } };
    await expect(readBoard(nameless)).rejects.toThrow("no sport is named before its first match");
  });

  test("takes ts for a version alone: no time is read from it, nor from the poll's own", async () => {
    const body = (ts: string) => bytesOf(JSON.stringify(board([match([WINNER], { time: "12:00" })], { ts })));
    const at = (hour: number) => ({ source: "goalserve/soccer", at: new Date(Date.UTC(2025, 2, 1, hour)) });
    const ts = (hour: number) => `${Date.UTC(2025, 2, 1, hour) / 1000}`;

    // Stamped eight hours behind its poll, as in the stored files, and read before and after the kick-off.
    const [early, late] = [
      await readGoalserve(body(ts(3)), at(11)),
      await readGoalserve(body(ts(5)), at(13)),
    ];

    expect(late.version - early.version).toBe(7200n);
    const { sourceVersion: _, ...facts } = early.events[0]?.facts ?? { sourceVersion: 0n };
    expect(late.events[0]?.facts).toMatchObject(facts);
    expect(facts).toMatchObject({ status: "scheduled", startsAt: new Date("2025-03-01T12:00:00Z") });
    expect(late.events[0]?.prices).toEqual(early.events[0]?.prices);
  });

  test("tells the minute of play where the status counts it, without what a half is longer", async () => {
    const clockOf = async (status: string, sport = "soccer") =>
      (await read([], { sport, over: { status } })).events[0]?.facts.clockMinutes;

    expect([await clockOf("64"), await clockOf("45+2"), await clockOf("HT"), await clockOf("15:00")]).toEqual(
      [64, 45, undefined, undefined],
    );
    expect(await clockOf("1", "tennis")).toBeUndefined();
  });

  test.each([
    ["no id", { id: "" }],
    ["no name of a side", { visitorteam: { id: "2", name: "" } }],
    ["no side", { localteam: null }],
    ["a date that does not exist", { formatted_date: "31.02.2025" }],
    ["a date without a year", { formatted_date: "" }],
    ["no time", { time: "TBA" }],
  ])("quarantines the prices of a match with %s, and loses none", async (_, over: Entry) => {
    const stopped = market("2", "Home/Away", [price("Home", "1.50", "True"), price("Away", "2.50")]);

    const snapshot = await read([WINNER, stopped], { over });

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

describe("status", () => {
  const statusOf = async (status: string, sport = "soccer") =>
    (await read([], { sport, over: { status } })).events[0]?.facts.status;

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
  ] as const)("reads %p in soccer as %s", async (words, status) => {
    expect(await statusOf(words)).toBe(status);
  });

  test.each([
    ["Set 2", "tennis", "live"],
    ["1", "tennis", "unknown"],
    ["Finished", "tennis", "ended"],
    ["Half Time", "basketball", "live"],
    ["4th Quarter", "basketball", "live"],
  ] as const)("reads %p in %s as %s", async (words, sport, status) => {
    expect(await statusOf(words, sport)).toBe(status);
  });
});

describe("results", () => {
  const ended = (home: string, away: string, half: string) => ({
    status: "FT",
    visitorteam: { name: "Millbrook", goals: away },
    localteam: { name: "Harbour Rovers", goals: home },
    ht: { score: half },
  });

  test("are taken of a soccer match at full time, home and away by name", async () => {
    expect((await read([], { over: ended("3", "1", "[2-1]") })).events[0]?.result).toEqual({
      state: "final",
      score: { home: 3, away: 1 },
      halfTimeScore: { home: 2, away: 1 },
    });
    expect((await read([], { over: ended("0", "0", "") })).events[0]?.result).toEqual({
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
  ])("are not made of %s", async (_, over) => {
    expect((await read([], { over })).events[0]?.result).toBeUndefined();
  });

  test("would be 0-0 for a missing score, were it read as a number, as the naive way is", () => {
    const naive = ["?", ""].map((goals) => Number.parseInt(goals, 10) || 0);

    expect(naive).toEqual([0, 0]);
  });

  test("are not made of another sport's numbers", async () => {
    expect(
      (await read([], { sport: "futsal", over: ended("3", "1", "") })).events[0]?.result,
    ).toBeUndefined();
  });
});
