import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { FeedUnreadableError } from "../../src/feeds/mod.ts";
import { parseAmericanPrice, parseDecimalPrice } from "../../src/markets/mod.ts";
import { dataPath } from "../harness/mod.ts";
import type { Entry, Json } from "./_board.ts";
import { named, pricesOf, readBoard } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

function odd(name: string, value: string, us = "100"): Entry {
  return { id: `1${name}`, name, us, value };
}

function type(id: string, value: string, bookmaker: Json, stop = "False"): Entry {
  return { id, value, stop, bookmaker };
}

function book(name: string, fields: Entry): Entry {
  return { id: "16", name, ts: "1700000000", ...fields };
}

function cricketMatch(types: Json, over: Entry = {}): Entry {
  return {
    id: "901",
    date: "01.03.2025",
    time: "14:30",
    type: "T20",
    match_num: "2nd Match",
    localteam: { id: "1", name: "Fenwick" },
    visitorteam: { id: "2", name: "Tarn" },
    odds: { ts: "1700000001", type: types },
    ...over,
  };
}

/** As the vendor writes it: the sport and the version last, the matches one level further down. */
function cricketBoard(match: Json, sport = "cricket"): Entry {
  const category = { gid: "9", id: "9", matches: { match }, name: "Summer Cup" };
  return { metadata: { sport }, odds_data: { scores: { category: [category], sport, ts: "1700000100" } } };
}

const SIDES = { odd: [odd("Home", "1.90", "-111"), odd("Away", "2.10", "110")] };

describe("readGoalserve of cricket", () => {
  test("reads its own shape, with several books, lines by the name of their kind, and one thing for a list", async () => {
    const lines = {
      total: { name: "160.5", stop: "False", odd: [odd("Over", "1.83"), odd("Under", "1.83")] },
    };
    const answer = cricketBoard(
      cricketMatch([
        type("2", "Home/Away", [book("bet365", SIDES), book("Pncl", SIDES)]),
        type("5", "Over/Under", book("bet365", lines)),
      ]),
    );

    const snapshot = await readBoard(answer);

    expect(snapshot).toMatchObject({ source: "goalserve/cricket", version: 1_700_000_100n, scope: "full" });
    expect(snapshot.events[0]?.facts).toEqual({
      sourceEventId: "901",
      sport: "cricket",
      competitionId: "cricket-9",
      competition: "Summer Cup",
      home: "Fenwick",
      away: "Tarn",
      startsAt: new Date("2025-03-01T14:30:00Z"),
      // It has no status: until its start it has not begun, and at its start nothing of it is offered any more.
      status: "scheduled",
      sourceVersion: 1_700_000_100n,
    });
    expect(named(snapshot)).toEqual([
      "moneyline match home",
      "moneyline match away",
      "moneyline match home",
      "moneyline match away",
      "total regulation 642 over",
      "total regulation 642 under",
    ]);
    expect(new Set(pricesOf(snapshot).map(({ book }) => book))).toEqual(new Set(["bet365", "pncl"]));
    expect(snapshot.counts).toMatchObject({ events: 1, markets: 2, prices: 6, open: 6 });
  });

  test("takes a lone market, book, line and match for lists of one", async () => {
    const lone = cricketMatch(type("2", "Home/Away", book("Unibet", SIDES)));
    const categories = { id: "9", name: "Cup", matches: { match: [lone] } };
    const bare = { scores: { sport: "cricket", category: categories, ts: "5" } };

    expect(named(await readBoard(cricketBoard(lone)))).toHaveLength(2);
    expect(named(await readBoard(bare))).toHaveLength(2);
  });

  test("stops what is below a market or a line that says so", async () => {
    const total = (stop: string) => ({ total: [{ name: "160.5", stop, odd: [odd("Over", "1.83")] }] });

    const market = await readBoard(
      cricketBoard(cricketMatch(type("2", "Home/Away", book("bet365", SIDES), "TRUE"))),
    );
    const line = await readBoard(
      cricketBoard(cricketMatch(type("5", "Over/Under", book("bet365", total("true"))))),
    );

    expect(market.counts).toMatchObject({ open: 0, suspended: 2 });
    expect(line.counts).toMatchObject({ open: 0, suspended: 1 });
  });

  test("takes a first-class match's two-way price for no market it knows: it can be drawn", async () => {
    const four = cricketMatch(type("2", "Home/Away", book("Dafabet", SIDES)), { type: "Test" });

    expect(named(await readBoard(cricketBoard(four)))[0]).toBe("unknown unknown Home");
  });

  test("keeps a handicap whose line is only a sign, as what it is stands in the labels", async () => {
    const handicap = { handicap: { name: "+", stop: "False", odd: [odd("1/-7.5 wkts/-43.5 runs", "1.90")] } };

    const snapshot = await readBoard(
      cricketBoard(cricketMatch(type("23539", "Match Handicap", book("bet365", handicap)))),
    );

    expect(pricesOf(snapshot)).toMatchObject([
      {
        marketType: "unknown",
        label: "Match Handicap",
        outcome: "1/-7.5 wkts/-43.5 runs",
        lineQuarters: null,
      },
    ]);
  });

  test("refuses a market without books, and another sport's answer", async () => {
    const bookless = cricketBoard(cricketMatch({ id: "2", value: "Home/Away", bookmakersx: [] }));

    await expect(readBoard(bookless)).rejects.toThrow(FeedUnreadableError);
  });
});

/**
 * Of the two forms of each price the decimal is the source's own. Every American figure of the stored file is the nearest whole one to
 * its decimal, and below evens that is no price anybody makes (-111, -152, -1429), while the decimals are the usual steps: 1.90, 1.66,
 * 1.07. Read from the American, 1.90 would pay 1.9009.
 */
describe.skipIf(dataPath("goalserve") === undefined)("cricket's American prices", () => {
  test("are its decimal ones, rounded", async () => {
    const file = await Bun.file(dataPath("goalserve/2025-09-11_cricket.json") ?? "").text();
    const pairs = [...file.matchAll(/"us":"(-?\d+)","value":"([\d.]+)"/g)];

    const inexact = pairs.filter(([, us = "", value = ""]) => {
      const winnings = Number(value) - 1;
      const nearest = winnings >= 1 ? Math.round(winnings * 100) : -Math.round(100 / winnings);
      expect([value, us]).toEqual([value, `${nearest}`]);
      return Bun.inspect(parseAmericanPrice(us)) !== Bun.inspect(parseDecimalPrice(value));
    });

    expect(pairs).toHaveLength(655);
    expect(inexact.length).toBeGreaterThan(90);
    expect(inexact.every(([, us]) => us?.startsWith("-"))).toBe(true);
  });
});
