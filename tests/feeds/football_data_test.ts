import { describe, expect, test } from "bun:test";
import { FeedUnreadableError, readFootballData, type Snapshot } from "../../src/feeds/mod.ts";
import { formatDecimalPrice } from "../../src/markets/mod.ts";
import { bytesOf, pricesOf } from "./_read.ts";
import { refusalOf } from "./_refusal.ts";

const AT = new Date("2025-03-01T12:00:00Z");

function readCsv(text: string | Uint8Array, source = "football_data"): Promise<Snapshot> {
  return readFootballData(bytesOf(text), { source, at: AT });
}

/** One match by its columns; a header and a row. */
function csvOf(columns: Readonly<Record<string, string>>, lineEnd = "\n"): string {
  const whole = { Div: "E0", Date: "01/03/2025", HomeTeam: "Rovers", AwayTeam: "Millbrook", ...columns };
  return `${Object.keys(whole).join(",")}${lineEnd}${Object.values(whole).join(",")}${lineEnd}`;
}

function readRow(columns: Readonly<Record<string, string>>): Promise<Snapshot> {
  return readCsv(csvOf(columns));
}

/** Book, type, line, outcome and price, in short. */
function told(snapshot: Snapshot): string[] {
  return pricesOf(snapshot).map(({ book, marketType, lineQuarters, outcome, price }) =>
    [
      book,
      marketType,
      ...(lineQuarters === null ? [] : [lineQuarters]),
      outcome,
      formatDecimalPrice(price),
    ].join(" "),
  );
}

async function startOf(columns: Readonly<Record<string, string>>): Promise<string | undefined> {
  return (await readRow(columns)).events[0]?.facts.startsAt.toISOString();
}

describe("readFootballData", () => {
  test("reads a match with its source, day and sides", async () => {
    const snapshot = await readRow({ Time: "15:00" });

    expect(snapshot).toMatchObject({ source: "football_data/E0", scope: "named", version: 20250301n });
    expect(snapshot.events).toEqual([
      {
        facts: {
          sourceEventId: "2025-03-01/Rovers/Millbrook",
          sport: "soccer",
          competitionId: "soccer-E0",
          competition: "England: Premier League",
          home: "Rovers",
          away: "Millbrook",
          startsAt: new Date("2025-03-01T15:00:00Z"),
          status: "scheduled",
          sourceVersion: 20250301n,
        },
        prices: [],
      },
    ]);
  });

  test("reads the new column family, and leaves closing prices and statistics out", async () => {
    const snapshot = await readRow({
      ...{ HS: "12", B365H: "2.1", B365D: "3.4", B365A: "3.6", PSH: "2.12", MaxA: "3.7", AvgD: "3.3" },
      ...{ "B365>2.5": "1.9", "B365<2.5": "1.95", "P>2.5": "1.92", "Avg<2.5": "1.93" },
      ...{ AHh: "-0.25", B365AHH: "1.87", B365AHA: "2.03", PAHA: "2.05" },
      ...{
        B365CH: "9",
        PSCD: "9",
        MaxCA: "9",
        "B365C>2.5": "9",
        "PC<2.5": "9",
        AHCh: "-9",
        B365CAHH: "9",
        PCAHA: "9",
      },
    });

    expect(told(snapshot).sort()).toEqual([
      "bet365 1x2 away 3.60",
      "bet365 1x2 draw 3.40",
      "bet365 1x2 home 2.10",
      "bet365 asian_handicap -1 away 2.03",
      "bet365 asian_handicap -1 home 1.87",
      "bet365 total 10 over 1.90",
      "bet365 total 10 under 1.95",
      "market_avg 1x2 draw 3.30",
      "market_avg total 10 under 1.93",
      "market_max 1x2 away 3.70",
      "pinnacle 1x2 home 2.12",
      "pinnacle asian_handicap -1 away 2.05",
      "pinnacle total 10 over 1.92",
    ]);
    expect(snapshot.counts).toMatchObject({ events: 1, markets: 9, prices: 13, open: 13 });
  });

  test("reads the old column family, where a BbAH is a number of books and no line", async () => {
    const snapshot = await readRow({
      ...{
        GBH: "2.1",
        Bb1X2: "39",
        BbMxH: "2.2",
        BbAvH: "2.1",
        BbOU: "38",
        "BbMx>2.5": "1.9",
        "BbAv<2.5": "1.95",
      },
      ...{ BbAH: "17", BbAHh: "-1.25", BbMxAHH: "1.87", BbAvAHA: "2.03" },
      ...{ GBAHH: "1.9", GBAH: "-1", LBAHA: "1.8" },
    });

    expect(told(snapshot).sort()).toEqual([
      "betbrain_avg 1x2 home 2.10",
      "betbrain_avg asian_handicap -5 away 2.03",
      "betbrain_avg total 10 under 1.95",
      "betbrain_max 1x2 home 2.20",
      "betbrain_max asian_handicap -5 home 1.87",
      "betbrain_max total 10 over 1.90",
      "gamebookers 1x2 home 2.10",
      "gamebookers asian_handicap -4 home 1.90",
      "ladbrokes asian_handicap -5 away 1.80",
    ]);
  });

  test("takes columns by name, in any order, the first of two alike, none without a name", async () => {
    const text =
      "B365A,AwayTeam,,B365H,Date,HomeTeam,B365H,Div,\n3.6,Millbrook,7,2.1,01/03/2025,Rovers,9,E0,x\n";

    expect(told(await readCsv(text))).toEqual(["bet365 1x2 home 2.10", "bet365 1x2 away 3.60"]);
  });

  test("leaves a blank price out, and sets an implausible one aside", async () => {
    const { counts, quarantined } = await readRow({
      ...{ B365H: "", B365D: "3.4", B365A: "0", BWH: "1", "B365>2.5": "-1105", "B365<2.5": "1.95" },
      ...{ AHh: "-0.175", PAHH: "1.9" },
    });

    expect(counts).toMatchObject({
      prices: 6,
      open: 2,
      quarantined: { price_not_above_one: 2, price_unreadable: 1, line_not_quarter: 1 },
    });
    expect(quarantined.map(({ sample }) => sample["market"]).sort()).toEqual([
      "B365>2.5",
      "B365A",
      "BWH",
      "PAHH",
    ]);
  });

  test("sets handicap prices without a line aside: whose they are is not known", async () => {
    expect((await readRow({ AHh: "", B365AHH: "1.9" })).counts.quarantined).toEqual({ line_not_quarter: 1 });
  });

  test.each([
    ["winter", "01/03/2025", "15:00", "2025-03-01T15:00:00.000Z"],
    ["summer", "09/08/2019", "20:00", "2019-08-09T19:00:00.000Z"],
    ["two digits of a year", "09/08/19", "20:00", "2019-08-09T19:00:00.000Z"],
    ["the last century", "14/08/93", "15:00", "1993-08-14T14:00:00.000Z"],
    ["the morning the clocks go on", "31/03/2024", "13:30", "2024-03-31T12:30:00.000Z"],
    ["the night before", "30/03/2024", "20:00", "2024-03-30T20:00:00.000Z"],
    ["the day the clocks go back", "27/10/2024", "16:00", "2024-10-27T16:00:00.000Z"],
    ["the day before", "26/10/2024", "17:30", "2024-10-26T16:30:00.000Z"],
    ["an hour after midnight in summer", "01/07/2024", "00:30", "2024-06-30T23:30:00.000Z"],
  ])("turns British time to UTC: %s", async (_, day, time, expected) => {
    expect(await startOf({ Date: day, Time: time })).toBe(expected);
  });

  test("lets a match without a time begin with its day, before any real kick-off of it", async () => {
    expect(await startOf({ Date: "09/08/2018" })).toBe("2018-08-09T00:00:00.000Z");
    expect(await startOf({ Date: "09/08/2019", Time: "" })).toBe("2019-08-09T00:00:00.000Z");
  });

  test("records full-time and half-time goals", async () => {
    const { events } = await readRow({ FTHG: "4", FTAG: "1", FTR: "H", HTHG: "2", HTAG: "1", HTR: "H" });

    expect(events[0]?.facts.status).toBe("ended");
    expect(events[0]?.result).toEqual({
      state: "final",
      score: { home: 4, away: 1 },
      halfTimeScore: { home: 2, away: 1 },
    });
  });

  test("does without half time, and takes blank goals for no result", async () => {
    const { events } = await readRow({ FTHG: "0", FTAG: "0", FTR: "D", HTHG: "", HTAG: "", HTR: "" });
    const open = await readRow({ FTHG: "", FTAG: "", FTR: "", HTHG: "", HTAG: "", HTR: "" });

    expect(events[0]?.result).toEqual({ state: "final", score: { home: 0, away: 0 } });
    expect(open.events[0]?.result).toBeUndefined();
    expect(open.quarantined).toEqual([]);
  });

  test.each([
    ["the letter", { FTHG: "1", FTAG: "2", FTR: "H" }],
    ["the letter at half time", { FTHG: "1", FTAG: "2", FTR: "A", HTHG: "1", HTAG: "0", HTR: "A" }],
    ["half time", { FTHG: "1", FTAG: "2", FTR: "A", HTHG: "0", HTAG: "3", HTR: "A" }],
    ["a side's missing goals", { FTHG: "1", FTAG: "", FTR: "H" }],
    ["its own form", { FTHG: "1", FTAG: "two", FTR: "A" }],
  ])("sets a result aside that contradicts %s", async (_, columns) => {
    const { events, quarantined } = await readRow({ ...columns, B365H: "2.1" });

    expect(events[0]?.result).toBeUndefined();
    expect(events[0]?.facts.status).toBe("unknown");
    expect(quarantined.map(({ reason, item }) => [reason, item])).toEqual([
      ["result_contradicted", "result"],
    ]);
  });

  test("knows a match by its day and sides: a pair may meet twice a season at the same ground", async () => {
    const text = "Div,Date,HomeTeam,AwayTeam\nSC0,04/08/12,Celtic,Hearts\nSC0,08/05/13,Celtic,Hearts\n";

    const ids = (await readCsv(text)).events.map(({ facts }) => facts.sourceEventId);

    expect(ids).toEqual(["2012-08-04/Celtic/Hearts", "2013-05-08/Celtic/Hearts"]);
  });

  test("skips blank rows, of commas or of nothing", async () => {
    const text = `${csvOf({ B365H: "2.1" })},,,,\n\n , ,,,\n`;

    expect((await readCsv(text)).counts).toMatchObject({ events: 1, prices: 1 });
  });

  test("reads Windows-1252 and UTF-8, row by row, behind a byte order mark or not", async () => {
    const rows = (name: string) => `Div,Date,HomeTeam,AwayTeam\nE0,01/03/25,${name},Millbrook\n`;
    const utf8 = new TextEncoder().encode(`\ufeff${rows("Nîmes")}`);
    const windows = Uint8Array.from(rows("N\u00eemes\u00a0"), (letter) => letter.charCodeAt(0));
    const both = new Uint8Array([
      ...new TextEncoder().encode(rows("Nîmes")),
      ...windows.subarray(windows.indexOf(10) + 1),
    ]);

    for (const [bytes, count] of [
      [utf8, 1],
      [windows, 1],
      [both, 2],
    ] as const) {
      const homes = (await readCsv(bytes)).events.map(({ facts }) => facts.home);
      expect(homes).toEqual(Array.from({ length: count }, () => "Nîmes"));
    }
  });

  test("reads quoted fields, and lines that end either way", async () => {
    const text = csvOf({ HomeTeam: '"Rovers, ""United"""', B365H: '"2.1"' }, "\r\n");

    const snapshot = await readCsv(text);

    expect(snapshot.events[0]?.facts.home).toBe('Rovers, "United"');
    expect(told(snapshot)).toEqual(["bet365 1x2 home 2.10"]);
  });

  test.each([
    ["a day that is none", "31/02/2025,Rovers,Millbrook,2.1"],
    ["an American day", "03/28/2025,Rovers,Millbrook,2.1"],
    ["no side", "01/03/2025,,Millbrook,2.1"],
    ["one side", "01/03/2025,Rovers,Rovers,2.1"],
    ["too few fields", "01/03/2025,Rovers,Millbrook"],
    ["too many fields", "01/03/2025,Rovers,Millbrook,2.1,3.3"],
  ])("sets a row with %s aside, and keeps the others", async (_, row) => {
    const text = `Date,HomeTeam,AwayTeam,B365H\n${row}\n02/03/2025,Town,Albion,1.9\n`;

    const { events, quarantined, counts } = await readCsv(text, "football_data/E0");

    expect(events.map(({ facts }) => facts.sourceEventId)).toEqual(["2025-03-02/Town/Albion"]);
    expect(quarantined.map(({ item }) => item)).toEqual(["event"]);
    expect(counts).toMatchObject({ events: 2, open: 1 });
    expect(counts.prices).toBe(1 + (counts.quarantined.price_unreadable ?? 0));
  });

  test("takes the division from the file, or from who asks where the file has none", async () => {
    const season = "Season,Date,HomeTeam,AwayTeam,B365H\n2025/26,13/09/2025,Rovers,Millbrook,2.1\n";

    expect((await readCsv(season, "football_data/E0")).source).toBe("football_data/E0");
    expect(`${await refusalOf(readCsv(season))}`).toContain("which division");
  });

  test("takes the rows of the division that was asked for, and refuses several when none was", async () => {
    const fixtures = "Div,Date,HomeTeam,AwayTeam\nE0,01/03/25,Rovers,Town\nSP1,01/03/25,Celta,Malaga\n";

    const { source, events } = await readCsv(fixtures, "football_data/SP1");

    expect([source, ...events.map(({ facts }) => facts.home)]).toEqual(["football_data/SP1", "Celta"]);
    expect(`${await refusalOf(readCsv(fixtures))}`).toContain("several divisions");
  });

  test("says nothing when there is no row", async () => {
    expect(await readCsv("Div,Date,HomeTeam,AwayTeam\n", "football_data/E0")).toMatchObject({
      scope: "nothing",
    });
  });

  test.each([
    ["HTML", "<!DOCTYPE html>\n<html><body>Not found</body></html>\n"],
    ["JSON", '{"odds":[]}\n'],
    ["nothing", ""],
    ["a file without sides", "Div,Date,B365H\nE0,01/03/25,2.1\n"],
    ["a file whose last price may be half of one", csvOf({ B365H: "2.15" }).slice(0, -2)],
    ["a line without an end", `Div,Date,HomeTeam,AwayTeam\n${"x".repeat(100_000)}`],
    ["a quote that never closes", 'Div,Date,HomeTeam,AwayTeam\nE0,01/03/25,"Rovers,Town\n'],
    ["what is no text", new Uint8Array([0xff, 0xfe, 0x44, 0x00, 0x0a, 0x00])],
  ])("refuses %s", async (_, body) => {
    expect(await refusalOf(readCsv(body))).toBeInstanceOf(FeedUnreadableError);
  });
});
