import { expect, test } from "bun:test";
import fc from "fast-check";
import { fraction } from "../../src/markets/mod.ts";
import { readPriceLines } from "../../src/odds/price_lines.ts";
import { selectStoredEvents } from "../../src/odds/queries.ts";
import { openBoards } from "../../src/odds/read_boards.ts";
import { createPriceReadings } from "../../src/odds/stored_prices.ts";
import type { Connection } from "../../src/pool/mod.ts";
import type { ReadPlan, Reads } from "../../src/reads/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

const EVENT_ID = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";

/** Names as nobody should have them: all that Postgres quotes, doubles or escapes, and line feeds. */
const name = fc.oneof(
  fc.constantFrom(
    "",
    "home",
    "book 1",
    'a"b',
    "a\\b",
    "(a,b)",
    "line\nfeed",
    '"\n(x',
    ")\n(",
    '\\\n"',
    "ž€🏆",
  ),
  fc.string({ unit: fc.constantFrom("a", '"', "\\", ",", "(", ")", "\n", " ", "\t") }),
);

const price = fc.record({
  book: name,
  market_type: fc.constantFrom("1x2", "total"),
  period: fc.constantFrom("regulation", "half1"),
  label: name,
  line_quarters: fc.constantFrom(null, -5, 0, 10),
  outcome: name,
  price_numerator: fc.bigInt({ min: 2n, max: 2n ** 62n }),
  price_denominator: fc.constantFrom(1n, 2n, 50n, 100n),
  suspended: fc.boolean(),
});
type StoredPrice = ReturnType<typeof pricesOf>[number];

function pricesOf(prices: readonly (typeof price extends fc.Arbitrary<infer P> ? P : never)[]) {
  return prices.filter((each) => each.price_numerator > each.price_denominator);
}

const board = fc
  .uniqueArray(price, {
    maxLength: 12,
    selector: (each) =>
      JSON.stringify([
        each.book,
        each.market_type,
        each.period,
        each.label,
        each.line_quarters,
        each.outcome,
      ]),
  })
  .map(pricesOf);

test("what Postgres has of an event is what is read, whatever its names hold", async () => {
  await using database = await openEvent();
  await fc.assert(
    fc.asyncProperty(board, async (prices) => {
      await store(database, prices);

      const { markets } = readPriceLines(await textOf(database));

      const read = markets.flatMap(({ outcomes, ...market }) =>
        outcomes.map(({ outcome, price, suspended }) => ({ ...market, outcome, price, suspended })),
      );
      const stored = prices.map((each) => ({
        book: each.book,
        marketType: each.market_type,
        period: each.period,
        label: each.label,
        lineQuarters: each.line_quarters,
        outcome: each.outcome,
        price: fraction(each.price_numerator, each.price_denominator),
        suspended: each.suspended,
      }));
      expect(inOrder(read)).toEqual(inOrder(stored));
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("a reading after another is what it is without it, and takes over the markets in which nothing has changed", () => {
  const row = fc.tuple(
    fc.constantFrom("one", "two"),
    fc.constantFrom("1x2", "total"),
    fc.constantFrom("home", "draw", "away"),
    fc.integer({ min: 101, max: 104 }),
  );
  const rows = fc.uniqueArray(row, {
    maxLength: 10,
    selector: ([book, type, outcome]) => book + type + outcome,
  });
  fc.assert(
    fc.property(rows, rows, (earlier, later) => {
      const before = readPriceLines(textFrom(earlier));
      const alone = readPriceLines(textFrom(later));

      const after = readPriceLines(textFrom(later), before);

      expect(after.markets).toEqual(alone.markets);
      for (const market of after.markets) {
        const was = before.markets.find(
          ({ book, marketType }) => book === market.book && marketType === market.marketType,
        );
        if (Bun.deepEquals(was, market)) expect(market).toBe(was as typeof market);
      }
    }),
  );
});

test("an event's markets come by type, period, label, line and book, and its outcomes by name", () => {
  const rows = [
    '(b,total,regulation,"",10,under,19,10,f)',
    '(a,total,regulation,"",10,over,19,10,f)',
    '(a,total,regulation,"",,over,19,10,f)',
    '(b,total,regulation,"",10,over,19,10,t)',
    '(a,total,regulation,"",-5,over,19,10,f)',
    '(z,1x2,regulation,"",,home,19,10,f)',
  ];

  const { markets } = readPriceLines(`${rows.length}\n${rows.join("\n")}`);

  expect(
    markets.map(({ book, lineQuarters, outcomes }) => [
      book,
      lineQuarters,
      outcomes.map(({ outcome }) => outcome),
    ]),
  ).toEqual([
    ["z", null, ["home"]],
    ["a", null, ["over"]],
    ["a", -5, ["over"]],
    ["a", 10, ["over"]],
    ["b", 10, ["over", "under"]],
  ]);
});

test.each([
  "1",
  '2\n(a,1x2,regulation,"",,home,19,10,f)',
  "1\n(a,1x2",
  '1\n(a,1x2,regulation,"",,home,19,10,f',
  "1\na",
  "1\n(a,1x2)",
])("a text that is not whole is refused: %j", (text) => {
  expect(() => readPriceLines(text)).toThrow(RangeError);
});

test("readings are bounded in prices, and what was read longest ago is read from its first line again", async () => {
  const readings = createPriceReadings({ pricesMax: 5 });
  const text = (hundredths: number) =>
    textFrom([
      ["one", "1x2", "home", hundredths],
      ["two", "1x2", "home", 150],
    ]);
  const read = async (eventId: string, hundredths: number) =>
    (await readings.readAll(new Map([[eventId, text(hundredths)]]))).get(eventId)?.markets;

  const first = await read("a", 101);
  await read("b", 101);
  const again = await read("a", 102);
  await read("c", 101);
  const third = await read("b", 102);
  const sameB = await read("b", 103);

  expect(again?.[1]).toBe(first?.[1] as never);
  expect(third?.[1]).toEqual(sameB?.[1] as never);
  expect(readings.prices).toBeLessThanOrEqual(5);
});

test("boards of many events are made with turns in between, and one without prices is one without markets", async () => {
  const lines = Array.from({ length: 6000 }, (_, at) => `(book ${at},1x2,regulation,"",,home,19,10,f)`);
  const rows = ["a", "b", "c"].map((event_id) => ({
    event_id,
    starts_at: new Date(0),
    prices:
      event_id === "c"
        ? null
        : `${lines.length}\n${lines.join("\n").replaceAll("book ", '"book ').replaceAll(",1x2", '",1x2')}`,
  }));
  const connection = { query: async () => rows } as unknown as Connection;
  let plan: ReadPlan<unknown> | undefined;
  openBoards({
    reads: {
      define(defined: ReadPlan<unknown>) {
        plan = defined;
      },
    } as unknown as Reads,
  });
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);

  const boards = (await plan?.loadMany?.(["a", "b", "c", "d"], connection)) as Map<
    string,
    { markets: unknown[] } | null
  >;
  clearInterval(others);

  expect([...boards].map(([eventId, made]) => [eventId, made?.markets.length])).toEqual([
    ["a", 6000],
    ["b", 6000],
    ["c", 0],
    ["d", undefined],
  ]);
  expect(turns).toBeGreaterThan(0);
});

function textFrom(rows: readonly (readonly [string, string, string, number])[]): string {
  const lines = rows.map(
    ([book, type, outcome, hundredths]) => `(${book},${type},regulation,"",,${outcome},${hundredths},100,f)`,
  );
  return lines.length === 0 ? "" : `${lines.length}\n${lines.join("\n")}`;
}

function inOrder<T extends object>(prices: readonly T[]): string[] {
  const text = (price: T) =>
    JSON.stringify(Object.entries(price).sort(), (_key, value) =>
      typeof value === "bigint" ? `${value}` : value,
    );
  return prices.map(text).sort();
}

async function openEvent(): Promise<TestDatabase> {
  const database = await openDatabase();
  await database.owner(
    `insert into events (event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
       source_version, updated_at)
     values ($1, 'test', '1', 'soccer', 'test:1', 'Test', 'Home', 'Away', now(), 'scheduled', 1, now())`,
    [EVENT_ID],
  );
  return database;
}

async function store(database: TestDatabase, prices: readonly StoredPrice[]): Promise<void> {
  await database.owner("delete from prices");
  for (const each of prices)
    await database.owner(
      `insert into prices (event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator,
         suspended, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
      [EVENT_ID, ...Object.values(each)],
    );
}

async function textOf(database: TestDatabase): Promise<string> {
  const connection = { query: database.owner } as unknown as Connection;
  const [row] = await selectStoredEvents(connection, [EVENT_ID]);
  return row?.prices ?? "";
}
