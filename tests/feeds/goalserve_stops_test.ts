import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Entry, line, market, price } from "./_board.ts";
import { named, pricesOf, read } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

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

  test("at none of the four levels leave a price open", async () => {
    expect((await read([totals])).counts).toMatchObject({ open: 2, suspended: 0 });
  });

  test.each(Object.entries(levels))("at the level of the %s suspend what is below it", async (_, stopped) => {
    const snapshot = await read([stopped]);

    expect(snapshot.counts).toMatchObject({ prices: 2, open: 0, suspended: 2, quarantined: {} });
    expect(pricesOf(snapshot).map(({ suspended }) => suspended)).toEqual([true, true]);
  });

  test.each(["True", "true", "TRUE", " true "])("say stop as %p", async (flag) => {
    expect((await read([{ ...totals, stop: flag }])).counts.suspended).toBe(2);
  });

  test.each(["False", "false", "FALSE", "", "0"])("do not say stop as %p", async (flag) => {
    expect((await read([{ ...totals, stop: flag }])).counts).toMatchObject({ open: 2, suspended: 0 });
  });

  test("read at the market alone, as the naive way is, miss three levels of four", async () => {
    const naiveOpen = (stopped: Entry) => (stopped["stop"] === "True" ? 0 : 2);

    expect(Object.values(levels).map(naiveOpen)).toEqual([0, 2, 2, 2]);
    const snapshots = await Promise.all(Object.values(levels).map((stopped) => read([stopped])));
    expect(snapshots.map(({ counts }) => counts.open)).toEqual([0, 0, 0, 0]);
  });

  test("win over an implausible price, which is not offered then", async () => {
    const stopped = market("1", "Match Winner", [
      price("Home", "1.00", "True"),
      price("Draw", "x", "True"),
      price("Away", "3.60"),
    ]);

    const snapshot = await read([stopped]);

    expect(snapshot.counts).toMatchObject({ prices: 3, open: 1, suspended: 2, quarantined: {} });
    expect(snapshot.quarantined).toEqual([]);
    expect(named(snapshot)).toEqual(["1x2 regulation away"]);
  });
});

describe("quarantine", () => {
  const over = (value: string) => price("Over", value);

  test.each([
    ["price_not_above_one", market("1", "Match Winner", [price("Home", "1.00")])],
    ["price_not_above_one", market("1", "Match Winner", [price("Home", "0")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "-")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "NaN")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "-2.10")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "1e308")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "Infinity")])],
    ["price_unreadable", market("1", "Match Winner", [price("Home", "99999999999")])],
    ["price_unreadable", market("1", "Match Winner", [{ name: "Home", value: ["2.10"], stop: "False" }])],
    ["price_unreadable", market("22845", "Anytime Goal Scorer", [price("J. Nobody", "")])],
    ["line_not_quarter", market("5", "Goals Over/Under", [line("total", "2.3", [over("1.90")])])],
    [
      "line_not_quarter",
      market("4", "Asian Handicap", [line("handicap", "-0.175", [price("Home", "1.90")])]),
    ],
    ["line_not_quarter", market("22644", "Corners Over Under", [line("total", "nine", [over("1.90")])])],
    ["spread_total_swapped", market("5", "Goals Over/Under", [line("total", "-3.5", [over("1.90")])])],
  ])("takes one price with the reason %s", async (reason, odd) => {
    const snapshot = await read([odd]);

    expect(snapshot.counts).toMatchObject({ prices: 1, open: 0, suspended: 0, quarantined: { [reason]: 1 } });
    expect(snapshot.quarantined).toMatchObject([{ reason, sourceEventId: "501" }]);
    expect(pricesOf(snapshot)).toEqual([]);
  });

  test("takes all of a complete market whose prices together are out of bounds, and names each", async () => {
    const generous = market("1", "Match Winner", [
      price("Home", "3.40"),
      price("Draw", "3.40"),
      price("Away", "3.60"),
    ]);
    const greedy = market("2", "Home/Away", [price("Home", "1.20"), price("Away", "1.25")]);

    const snapshot = await read([generous, greedy]);

    expect(snapshot.counts).toMatchObject({
      prices: 5,
      open: 0,
      quarantined: { overround_out_of_bounds: 5 },
    });
    expect(snapshot.quarantined.map(({ item }) => item)).toContain("bet365/1x2/regulation///draw");
  });

  test("judges no sum of a market that is incomplete, partly stopped, unknown, or has two winners", async () => {
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

    expect((await read([incomplete, partly, unknown, double])).counts).toMatchObject({
      open: 9,
      suspended: 1,
      quarantined: {},
    });
  });
});
