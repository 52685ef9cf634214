import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { setImmediate } from "node:timers/promises";
import { FeedUnreadableError, type Snapshot, simulatedSnapshot } from "../../src/feeds/mod.ts";
import { formatDecimalPrice, marketTypeEntry, PERIODS } from "../../src/markets/mod.ts";
import {
  BYTE_ADAPTERS,
  type ByteAdapter,
  type NeutralBoard,
  NORMAL_FORM,
  PRICE_NAMES,
  readAt,
  STARTS_AT,
} from "./_conformance_board.ts";
import { bytesOf, pricesOf } from "./_read.ts";
import { refusalOf } from "./_refusal.ts";
import { openStore } from "./_store.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const PRICES = {
  home: "2.05",
  draw: "3.4",
  away: "3.75",
  over: "1.925",
  under: "1.95",
  giving: "1.8",
  receiving: "2.1",
};
const ROVERS = { id: "501", home: "Harbour Rovers", away: "Millbrook", prices: PRICES };
const NIMES = { id: "502", home: "Nîmes", away: "Sète 34", prices: { ...PRICES, home: "17", away: "1.18" } };
const FIRST: NeutralBoard = { version: 1, matches: [ROVERS, NIMES] };

function read(
  adapter: ByteAdapter,
  neutral: NeutralBoard,
  options: { reversed?: boolean; piece?: number } = {},
) {
  return readBytes(adapter, adapter.author(neutral, options), { version: neutral.version, ...options });
}

function readBytes(
  { read, source }: ByteAdapter,
  bytes: string | Uint8Array,
  { version = 1, piece }: { version?: number; piece?: number } = {},
): Promise<Snapshot> {
  return read(bytesOf(bytes, piece), { source, at: readAt(version), sport: source.split("/")[1] ?? "" });
}

/** Each event with its prices in the normal form, in an order of its own. */
function told({ events }: Snapshot): Record<string, string[]> {
  const lines = events.map(({ facts, prices = [] }) => [
    `${facts.home} v ${facts.away} ${facts.startsAt.toISOString()}`,
    prices
      .map(({ book, marketType, period, lineQuarters, outcome, price, suspended }) =>
        [
          ...[book, marketType, period, ...(lineQuarters === null ? [] : [lineQuarters]), outcome],
          ...[formatDecimalPrice(price), ...(suspended ? ["suspended"] : [])],
        ].join(" "),
      )
      .sort(),
  ]);
  return Object.fromEntries(lines);
}

function expected({ matches }: NeutralBoard): Record<string, string[]> {
  return Object.fromEntries(
    matches.map(({ home, away, prices }) => [
      `${home} v ${away} ${STARTS_AT.toISOString()}`,
      Object.entries(prices)
        .map(([name, price]) => `${NORMAL_FORM[name as keyof typeof PRICES]} ${shown(price)}`)
        .sort(),
    ]),
  );
}

function shown(digits: string): string {
  const [whole, decimals = ""] = digits.split(".");
  return `${whole}.${decimals.padEnd(2, "0")}`;
}

/** Every adapter, as three answers: one, the same again, and a later one that names less. */
interface Adapter {
  readonly name: string;
  answers(): Promise<{ first: Snapshot; again: Snapshot; later: Snapshot }>;
}

const { away, over, under, ...LESS } = PRICES;
const LATER: NeutralBoard = { version: 2, matches: [{ ...ROVERS, prices: { ...LESS, home: "2" } }] };
const KICK_OFF = Date.UTC(2025, 2, 1, 12);
const league = (ms: number) => simulatedSnapshot({ seed: 7 }, { at: new Date(KICK_OFF + ms) });

const ADAPTERS: readonly Adapter[] = [
  ...BYTE_ADAPTERS.map((adapter) => ({
    name: adapter.name,
    answers: async () => ({
      first: await read(adapter, FIRST),
      again: await read(adapter, FIRST),
      later: await read(adapter, LATER),
    }),
  })),
  {
    name: "simulated",
    answers: async () => ({ first: league(0), again: league(0), later: league(15 * 60_000) }),
  },
];

describe.each(ADAPTERS)("$name, as every adapter,", ({ answers }) => {
  test("yields markets of the catalogue alone, with its outcomes, lines and periods, each price once", async () => {
    const { first, later } = await answers();

    for (const { events } of [first, later]) {
      expect(events.length).toBeGreaterThan(0);
      for (const { facts, prices = [] } of events) {
        expect([facts.sourceEventId, facts.home, facts.away, facts.competitionId]).not.toContain("");
        const identities = new Set<string>();
        for (const { price, suspended, ...identity } of prices) {
          const entry = marketTypeEntry(identity.marketType);
          const outcomes: unknown = entry?.outcomes;
          expect(Array.isArray(outcomes) && outcomes.includes(identity.outcome)).toBe(true);
          expect([entry?.line === "none", identity.label]).toEqual([identity.lineQuarters === null, ""]);
          expect(PERIODS).toContain(identity.period as (typeof PERIODS)[number]);
          expect(price.numerator > price.denominator).toBe(true);
          identities.add(JSON.stringify(identity));
        }
        expect(identities.size).toBe(prices.length);
      }
    }
  });

  test("says the same of the same answer", async () => {
    const { first, again } = await answers();

    expect(again).toEqual(first);
  });

  test("counts each price as one of open, suspended and quarantined", async () => {
    const { first } = await answers();

    const { prices, open, suspended, quarantined } = first.counts;
    expect(open + suspended + Object.values(quarantined).reduce((sum, count) => sum + count, 0)).toBe(prices);
    expect(pricesOf(first).filter((price) => !price.suspended)).toHaveLength(open);
  });

  test("keeps ids, sides and starts from poll to poll, and its version never goes back", async () => {
    const { first, later } = await answers();

    const known = new Map(first.events.map(({ facts }) => [facts.sourceEventId, facts]));
    const same = later.events.filter(({ facts }) => known.has(facts.sourceEventId));
    expect(same.length).toBeGreaterThan(0);
    for (const { facts } of same) {
      const { home, away, startsAt } = known.get(facts.sourceEventId) ?? facts;
      expect([facts.home, facts.away, facts.startsAt]).toEqual([home, away, startsAt]);
    }
    expect([later.source, later.feed]).toEqual([first.source, first.feed]);
    expect(later.version > first.version).toBe(true);
  });

  test("offers no more, once it is stored, than the newest answer names", async () => {
    await using store = await openStore();
    const { first, later } = await answers();

    await store.write(first, readAt(1));
    await store.write(later, readAt(2));

    const open = await store.database.owner<{ id: string; count: number }>(
      "select source_event_id as id, count(*)::int as count from prices join events using (event_id) where not suspended group by 1",
    );
    const stored = new Map(open.map(({ id, count }) => [id, count]));
    for (const { facts, prices = [] } of later.events) {
      const named = prices.filter(({ suspended }) => !suspended).length;
      expect([facts.sourceEventId, stored.get(facts.sourceEventId) ?? 0]).toEqual([
        facts.sourceEventId,
        named,
      ]);
    }
    const names = new Set(later.events.map(({ facts }) => facts.sourceEventId));
    const others = first.events.filter(({ facts }) => !names.has(facts.sourceEventId));
    expect(others.length).toBeGreaterThan(0);
    for (const { facts, prices = [] } of others) {
      expect(stored.get(facts.sourceEventId) ?? 0).toBe(later.scope === "full" ? 0 : prices.length);
    }
  });

  test("is refused as a whole when it is older than what is stored", async () => {
    await using store = await openStore();
    const { first, later } = await answers();
    await store.write(later, readAt(2));
    const before = await store.prices();

    const { outcome } = await store.write(first, readAt(2));

    expect(outcome).toBe("older");
    expect(await store.prices()).toEqual(before);
  });
});

test("simulated names its sides by what they are: at the end of a match, whoever leads is the favourite", () => {
  const [slotMs, endsAfterMs] = [120_000, 200_000];
  let led = 0;
  for (let end = endsAfterMs; end < 60 * slotMs; end += slotMs) {
    const before = league(end - 2000);
    const unfinished = before.events.map(({ facts }) => facts.sourceEventId);
    const after = simulatedSnapshot({ seed: 7 }, { at: new Date(KICK_OFF + end), unfinished });
    for (const { facts, result } of after.events) {
      const { home = 0, away = 0 } = result?.score ?? {};
      if (home === away) continue;
      const last = before.events.find((event) => event.facts.sourceEventId === facts.sourceEventId);
      led += 1;
      expect(favouriteOf(last)).toBe(home > away ? "home" : "away");
    }
  }
  expect(led).toBeGreaterThan(30);
});

/** The outcome with the lowest price of all. */
function favouriteOf(event: Snapshot["events"][number] | undefined): string | undefined {
  const prices = (event?.prices ?? []).filter(({ marketType }) => marketType === "1x2");
  const sorted = prices.toSorted((one, other) =>
    Number(one.price.numerator * other.price.denominator - other.price.numerator * one.price.denominator),
  );
  return sorted[0]?.outcome;
}

describe.each(BYTE_ADAPTERS)("$name, as every adapter of bytes,", (adapter) => {
  test("turns its vendor's words into the same normal form as the others, digit for digit", async () => {
    expect(told(await read(adapter, FIRST))).toEqual(expected(FIRST));
  });

  test("reads nothing out of an order: of events, markets, outcomes or fields", async () => {
    const turned = await read(adapter, FIRST, { reversed: true });

    expect(told(turned)).toEqual(expected(FIRST));
    const first = await read(adapter, FIRST);
    expect(turned.counts).toEqual(first.counts);
    const ids = ({ events }: Snapshot) => events.map(({ facts }) => facts.sourceEventId).sort();
    expect(ids(turned)).toEqual(ids(first));
  });

  test("does not care where the network cut its bytes", async () => {
    const whole = await read(adapter, FIRST);

    for (const piece of [1, 2, 7, 100]) expect(await read(adapter, FIRST, { piece })).toEqual(whole);
  });

  test.each(["NaN", "", "abc", "-2.5", "1e308", "0", "1", "1.00"])(
    "sets a price of %p aside, or takes it for none, and keeps the rest",
    async (strange) => {
      const matches = [{ ...ROVERS, prices: { ...PRICES, draw: strange } }, NIMES];

      const { counts, ...snapshot } = await read(adapter, { version: 1, matches });

      const others = {
        ...ROVERS,
        prices: Object.fromEntries(Object.entries(PRICES).filter(([name]) => name !== "draw")),
      };
      expect(told({ counts, ...snapshot })).toEqual(expected({ version: 1, matches: [others, NIMES] }));
      expect(counts.open).toBe(2 * PRICE_NAMES.length - 1);
    },
  );

  test.each([
    ["HTML", "<!DOCTYPE html>\n<html><head><title>502</title></head><body>Bad Gateway</body></html>\n"],
    ["nothing", ""],
    ["null", "null\n"],
    ["a number", "42\n"],
    ["a text", '"odds"\n'],
    ["another record", '{"status":"ok","odds":"none"}\n'],
    ["a list of other things", '[1,"two",null]\n'],
    ["bytes that are no text", new Uint8Array([0, 159, 146, 150, 10])],
  ])("refuses %s", async (_, bytes) => {
    expect(await refusalOf(readBytes(adapter, bytes))).toBeInstanceOf(FeedUnreadableError);
  });

  test("refuses an answer that was cut off, wherever it was", async () => {
    const bytes = adapter.author(FIRST);

    for (let length = 1; length < bytes.length; length += 13) {
      const cut = bytes.subarray(0, length);
      // Between two lines nothing shows that a CSV file has more of them.
      if (adapter.name === "football_data" && cut.at(-1) === 0x0a) continue;
      expect(await refusalOf(readBytes(adapter, cut))).toBeInstanceOf(FeedUnreadableError);
    }
  });

  test("refuses another vendor's answer", async () => {
    for (const other of BYTE_ADAPTERS.filter(({ name }) => name !== adapter.name)) {
      expect(await refusalOf(readBytes(adapter, other.author(FIRST)))).toBeInstanceOf(FeedUnreadableError);
    }
  });

  test("lets the event loop turn while it reads a large answer that came at once", async () => {
    const matches = Array.from({ length: 2000 }, (_, index) => ({
      ...ROVERS,
      id: `${index}`,
      home: `Rovers ${index}`,
    }));
    const bytes = adapter.author({ version: 1, matches });
    let turns = 0;
    let reading = true;
    const turning = (async () => {
      for (; reading; turns += 1) await setImmediate();
    })();

    const { counts } = await readBytes(adapter, bytes, { piece: bytes.length });
    reading = false;
    await turning;

    expect(counts.open).toBe(2000 * PRICE_NAMES.length);
    expect(turns).toBeGreaterThan(5);
  });
});
