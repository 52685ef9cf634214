import { describe, expect, test } from "bun:test";
import { judgePrices, type RawPrice } from "../../src/feeds/judge_prices.ts";
import { dataPath } from "../harness/mod.ts";

interface TwoWay {
  readonly line: number;
  readonly prices?: readonly [string, string];
  readonly period?: string;
  readonly book?: string;
}

function market(marketType: string, outcomes: readonly [string, string], two: TwoWay): RawPrice[] {
  const { line, prices = ["1.91", "1.91"], period = "match", book = "bet365" } = two;
  return outcomes.map((outcome, index) => ({
    market: { marketType, period, label: "" },
    book,
    line: `${line}`,
    outcome,
    price: prices[index] ?? "",
    stopped: false,
    sourceMarket: marketType,
  }));
}
const spread = (two: TwoWay) => market("asian_handicap", ["home", "away"], two);
const total = (two: TwoWay) => market("total", ["over", "under"], two);

function asideOf(raws: readonly RawPrice[]): string[] {
  return judgePrices("1", raws).quarantined.map(({ reason, item }) => `${reason} ${item.split("/")[1]}`);
}

describe("a spread and a total in each other's place", () => {
  test("are set aside, both and every line of them", () => {
    const raws = [...spread({ line: 40.5 }), ...total({ line: 1 }), ...total({ line: 1.5 })];

    const { prices, tally, quarantined } = judgePrices("1", raws);

    expect(prices).toEqual([]);
    expect(tally).toMatchObject({ prices: 6, open: 0, quarantined: { spread_total_swapped: 6 } });
    // A trader who finds that they are right can release them.
    expect(quarantined.every(({ held }) => held?.kind === "price")).toBe(true);
  });

  test("are found by the size of the spread, whichever side gives it", () => {
    expect(asideOf([...spread({ line: -45 }), ...total({ line: 1 })])).toHaveLength(4);
    expect(asideOf(total({ line: 0 }))).toEqual(["spread_total_swapped total", "spread_total_swapped total"]);
  });

  test("leave other books, periods and markets alone", () => {
    const winner = market("moneyline", ["home", "away"], { line: 0 }).map((raw) => ({
      ...raw,
      line: undefined,
    }));
    const raws = [
      ...spread({ line: 40.5 }),
      ...total({ line: 1, book: "other" }),
      ...total({ line: 20.5, period: "first_half" }),
      ...market("team_total_home", ["over", "under"], { line: 1.5 }),
      ...winner,
    ];

    expect(asideOf(raws)).toEqual([]);
  });

  test("are not seen where a spread is large and the total larger, or alternative lines cross", () => {
    expect(asideOf([...spread({ line: -18.5 }), ...total({ line: 155.5 })])).toEqual([]);
    const alternatives = [-3.5, -1.5, 0.5].flatMap((line) => spread({ line }));
    expect(asideOf([...alternatives, ...[0.5, 2.5].flatMap((line) => total({ line }))])).toEqual([]);
  });

  test("are not seen where the one total that is priced is far from the fair one", () => {
    const favourite = spread({ line: -2.75 });

    expect(asideOf([...favourite, ...total({ line: 2.5, prices: ["1.20", "4.60"] })])).toEqual([]);
    expect(asideOf([...favourite, ...total({ line: 2.5 })])).toHaveLength(4);
  });

  test("are not looked for in what the source has stopped or half withdrawn", () => {
    const stopped = total({ line: 1 }).map((raw, index) => ({ ...raw, stopped: index === 0 }));

    expect(asideOf([...spread({ line: 40.5 }), ...stopped])).toEqual([]);
  });
});

describe.skipIf(dataPath("us") === undefined)("of the stored American lines", () => {
  test("the rule finds every swapped row of football and no other", async () => {
    const rows: { home_close_spread: number; close_over_under: number }[] = await Bun.file(
      dataPath("us/nfl_2011-2017.json") ?? "",
    ).json();
    const swapped = rows.filter((row) => Math.abs(row.home_close_spread) > 30);

    const found = rows.filter(
      (row) =>
        asideOf([...spread({ line: row.home_close_spread }), ...total({ line: row.close_over_under })])
          .length > 0,
    );

    expect(rows).toHaveLength(1869);
    expect(swapped).toHaveLength(158);
    expect(found).toEqual(swapped);
  });

  test("the rule finds nothing in basketball's, which are sound", async () => {
    const [header = "", ...lines] = (await Bun.file(dataPath("us/nba_labelled_2016-2018.csv") ?? "").text())
      .trim()
      .split("\n");
    const column = (line: string, name: string) =>
      Number(line.split(",")[header.trim().split(",").indexOf(name)]);

    const found = lines.filter(
      (line) =>
        asideOf([...spread({ line: column(line, "spread") }), ...total({ line: column(line, "total") })])
          .length > 0,
    );

    expect(lines.length).toBeGreaterThan(3900);
    expect(found).toEqual([]);
  });
});
