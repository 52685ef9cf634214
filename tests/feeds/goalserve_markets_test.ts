import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { fraction } from "../../src/markets/mod.ts";
import { line, market, price } from "./_board.ts";
import { named, pricesOf, read } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

describe("markets", () => {
  const sides = [price("Home", "1.80"), price("Away", "2.05")];

  test("with id 2 are draw no bet in soccer and the moneyline elsewhere", async () => {
    const two = market("2", "Home/Away", sides);

    expect(named(await read([two]))).toEqual(["draw_no_bet regulation home", "draw_no_bet regulation away"]);
    expect(named(await read([two], { sport: "baseball" }))).toEqual([
      "moneyline match home",
      "moneyline match away",
    ]);
    expect(named(await read([two], { sport: "futsal" }))).toEqual([
      "moneyline regulation home",
      "moneyline regulation away",
    ]);
  });

  test("with one id in two sports are told apart, and the two names of a result are one type", async () => {
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

    expect(named(await read([quarter], { sport: "basketball" }))[0]).toBe("1x2 first_quarter home");
    expect(named(await read([quarter]))[0]).toBe("unknown unknown Home");
    expect(named(await read([three], { sport: "rugby" }))[1]).toBe("1x2 regulation draw");
  });

  test("with Asian lines carry the home side's line for both sides, so that away stands at the mirrored one", async () => {
    const handicap = market("4", "Asian Handicap", [
      line("handicap", "-1.25", [price("Home", "2.02"), price("Away", "1.82")]),
      line("handicap", "+0", [price("Away", "2.20"), price("Home", "1.70")]),
    ]);

    expect(named(await read([handicap]))).toEqual([
      "asian_handicap regulation -5 home",
      "asian_handicap regulation -5 away",
      "asian_handicap regulation 0 away",
      "asian_handicap regulation 0 home",
    ]);
  });

  test("with the same labels mean different things", async () => {
    const pairs = (names: string[]) =>
      names.map((name, index) => price(name, ["1.40", "1.35", "1.90"][index] ?? ""));
    const double = market("222", "Double Chance", pairs(["Home/Draw", "Home/Away", "Draw/Away"]));
    const halves = market("12", "HT/FT Double", pairs(["Home/Draw", "Home/Away", "Draw/Away"]));

    expect(named(await read([double]))).toEqual([
      "double_chance regulation home_or_draw",
      "double_chance regulation home_or_away",
      "double_chance regulation draw_or_away",
    ]);
    expect(named(await read([halves]))).toEqual([
      "half_time_full_time regulation home/draw",
      "half_time_full_time regulation home/away",
      "half_time_full_time regulation draw/away",
    ]);
  });

  test("of half and full time are read in words, in 1/X/2 and in the teams' names", async () => {
    const over = { localteam: { name: "Wey/Dale" }, visitorteam: { name: "Draw" } };
    const named2 = market("12", "HT/FT Double", [
      price("Millbrook/Draw", "15.00"),
      price("Harbour Rovers/Millbrook", "30.00"),
    ]);
    const digits = market("22618", "HT/FT (Including OT)", [price("1/2", "9.00"), price("X/1", "14.00")]);
    const slashed = market("12", "HT/FT Double", [price("Wey/Dale/Wey/Dale", "3.00")]);

    expect(named(await read([named2], { sport: "rugby" }))).toEqual([
      "half_time_full_time regulation away/draw",
      "half_time_full_time regulation home/away",
    ]);
    expect(named(await read([digits], { sport: "basketball" }))).toEqual([
      "half_time_full_time match home/away",
      "half_time_full_time match draw/home",
    ]);
    expect(named(await read([slashed], { sport: "futsal", over }))).toEqual([
      "half_time_full_time regulation home/home",
    ]);
  });

  test("that are not surely known are kept under the source's name and labels, open or suspended as it says", async () => {
    const assists = market("23542", "Player Assists", [
      price("J. Nobody", "4.50"),
      price("Yes", "11.00", "True"),
    ]);
    const corners = market("23861", "Multicorners", [line("total", "9.5", [price("Over", "1.83")])]);

    expect(pricesOf(await read([assists, corners]))).toEqual([
      { ...UNKNOWN, label: "Player Assists", outcome: "J. Nobody", price: fraction(9n, 2n) },
      {
        ...UNKNOWN,
        label: "Player Assists",
        outcome: "Yes",
        price: fraction(11n),
        suspended: true,
      },
      {
        ...UNKNOWN,
        label: "Multicorners",
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
  ])("with %s are not guessed at", async (_, odd) => {
    expect(new Set(pricesOf(await read([odd])).map(({ marketType }) => marketType))).toEqual(
      new Set(["unknown"]),
    );
  });

  test("that name an outcome twice at different prices are kept suspended: which one is offered cannot be known", async () => {
    const races = market("23859", "Corners Race To", [
      price("Home", "1.67"),
      price("Away", "2.10"),
      price("Home", "1.95"),
      price("Away", "2.10"),
    ]);

    const snapshot = await read([races]);

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
