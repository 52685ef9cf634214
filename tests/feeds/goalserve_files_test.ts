import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isOutcomeOf, marketTypeEntry } from "../../src/markets/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { countIndependently } from "./_independent_count.ts";
import { readBoard } from "./_read.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const folder = dataPath("goalserve");
const files = folder === undefined ? [] : readdirSync(folder).filter(isOddsFile);

function isOddsFile(name: string): boolean {
  return name.endsWith(".json") && !name.includes("scores");
}

function load(name: string): Promise<unknown> {
  return Bun.file(join(folder ?? "", name)).json();
}

test.skipIf(folder === undefined)("the stored odds files are there", () => {
  expect(files.length).toBeGreaterThanOrEqual(13);
});

describe.skipIf(folder === undefined)("readGoalserve agrees with an independent count", () => {
  test.each(files)("of %s", async (name) => {
    const file = await load(name);

    const { counts, events } = await readBoard(file);

    const independent = countIndependently(file);
    expect({ ...counts }).toEqual(independent);
    expect(events).toHaveLength(counts.events);
    const open = events.flatMap((event) => (event.prices ?? []).filter(({ suspended }) => !suspended));
    expect(open.length).toBeLessThanOrEqual(counts.open);
  });

  // As a converter from XML may write any of them: what is a list of one elsewhere is the thing itself here, and none is a blank.
  test.each(files)("of %s, and of the same with every short list written otherwise", async (name) => {
    const file = await load(name);

    const snapshot = await readBoard(withoutShortLists(file));

    expect(snapshot).toEqual(await readBoard(file));
  });

  // Every occurrence of each flag, one level at a time, on a copy: whatever it was, all below must be suspended.
  const levels = ["market", "bookmaker", "line", "price"] as const;
  test.each(levels)("with every flag of the %s set to stop", async (level) => {
    for (const name of [
      "2025-09-11_basketball.json",
      "2025-09-11_mma.json",
      "2025-09-11_tennis_first60.json",
    ]) {
      const file = await load(name);
      const before = countIndependently(file);

      const touched = stopEvery(file, level);

      const { counts } = await readBoard(file);
      expect({ ...counts }).toEqual(countIndependently(file));
      expect(touched).toBeGreaterThan(0);
      expect(counts.suspended).toBeGreaterThan(before.suspended);
      if (level !== "line")
        expect(counts).toMatchObject({ open: 0, suspended: before.prices, quarantined: {} });
    }
  });

  test("which a reader of the market's flag alone does not: the stored files never set it", async () => {
    const file = await load("2025-09-20_soccer_epl.json");

    const naive = naiveSuspended(file);

    expect(naive).toBe(0);
    expect((await readBoard(file)).counts.suspended).toBe(6586);
  });
});

describe.skipIf(folder === undefined)("the catalogue", () => {
  test("knows the main markets of every match of the English board, and keeps the rest by name", async () => {
    const { events } = await readBoard(await load("2025-09-20_soccer_epl.json"));

    for (const { prices = [] } of events) {
      const types = new Set(prices.map(({ marketType, period }) => `${marketType}/${period}`));
      expect([...types]).toEqual(
        expect.arrayContaining(["1x2/regulation", "asian_handicap/regulation", "total/first_half"]),
      );
      // Whole match, both halves and the first ten minutes.
      expect(prices.filter(({ marketType }) => marketType === "1x2")).toHaveLength(12);
      const unknown = prices.filter(({ marketType }) => marketType === "unknown");
      expect(unknown.length).toBeGreaterThan(0);
      expect(unknown.every(({ label }) => label !== "")).toBe(true);
    }
  });

  test("yields only outcomes and lines that its types have", async () => {
    for (const name of files) {
      for (const { prices = [] } of (await readBoard(await load(name))).events) {
        for (const { marketType, outcome, lineQuarters, label } of prices) {
          const entry = marketTypeEntry(marketType);
          if (entry === undefined) continue;
          expect(label).toBe("");
          expect(entry.line === "none").toBe(lineQuarters === null);
          expect([marketType, outcome, isOutcomeOf(entry, outcome)]).toEqual([marketType, outcome, true]);
        }
      }
    }
  });

  test("keeps two of a market's prices apart at every known identity", async () => {
    for (const name of files) {
      const { events, counts } = await readBoard(await load(name));
      const stored = events.flatMap(({ prices = [] }) =>
        prices.filter(({ marketType }) => marketType !== "unknown"),
      );
      const identities = new Set(
        events.flatMap(({ facts, prices = [] }) =>
          prices
            .filter(({ marketType }) => marketType !== "unknown")
            .map((price) =>
              JSON.stringify([facts.sourceEventId, { ...price, price: undefined, suspended: undefined }]),
            ),
        ),
      );
      expect(identities.size).toBe(stored.length);
      expect(stored.length).toBeLessThanOrEqual(counts.prices);
    }
  });
});

type Node = Record<string, unknown>;

function nodes(value: unknown): Node[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is Node => typeof item === "object" && item !== null);
}

function marketsOf(file: unknown): Node[] {
  const [root] = nodes(file);
  const [data] = nodes(root?.["odds_data"]);
  const [scores] = nodes(data?.["scores"]);
  return nodes(scores?.["categories"])
    .flatMap((category) => nodes(category["matches"]))
    .flatMap((match) => nodes(match["odds"]));
}

function withoutShortLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    if (value.length > 1) return value.map(withoutShortLists);
    return value.length === 0 ? "" : withoutShortLists(value[0]);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutShortLists(item)]));
}

/** Sets every flag of one level of the file to stop. Returns how many there were. */
function stopEvery(file: unknown, level: "market" | "bookmaker" | "line" | "price"): number {
  const markets = marketsOf(file);
  const books = markets.flatMap((market) => nodes(market["bookmakers"]));
  const entries = books.flatMap((book) => nodes(book["odds"]));
  const lines = entries.filter((entry) => "odds" in entry);
  const prices = entries.flatMap((entry) => ("odds" in entry ? nodes(entry["odds"]) : [entry]));
  const targets = { market: markets, bookmaker: books, line: lines, price: prices }[level];
  for (const target of targets) target["stop"] = "True";
  return targets.length;
}

/** The naive alternative: a price is suspended if its market says so. */
function naiveSuspended(file: unknown): number {
  return marketsOf(file).filter((market) => `${market["stop"]}`.toLowerCase() === "true").length;
}
