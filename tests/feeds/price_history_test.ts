import { expect, setDefaultTimeout, test } from "bun:test";
import { historyStep } from "../../src/feeds/mod.ts";
import type { StepScope } from "../../src/worker/mod.ts";
import { manualClock } from "../harness/mod.ts";
import { market, match, price, WINNER } from "./_board.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const DAY_MS = 86_400_000;
const LATER = new Date("2025-03-01T12:01:00Z");

async function openHistory(days: number) {
  const store = await openStore();
  // What the migration made for the days in which the tests run is none of theirs.
  await store.database.owner("select drop_price_history('3000-01-01')");
  const clock = manualClock(NOON.getTime());
  const scope: StepScope = {
    signal: new AbortController().signal,
    lease: (options) => store.pool.lease(options),
  };
  const keep = (keepDays = days) => historyStep({ clock, days: keepDays })(scope);
  return { store, clock, keep, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

async function historyOf({ database }: Store): Promise<string[]> {
  const rows = await database.owner<{ words: string }>(`
    select
      concat_ws(' ', to_char(changed_at at time zone 'UTC', 'DD HH24:MI'), source_version, outcome,
        price_numerator || '/' || price_denominator, case when suspended then 'suspended' end) as words
    from price_history
    order by changed_at, outcome`);
  return rows.map(({ words }) => words);
}

async function partitionsOf({ database }: Store): Promise<string[]> {
  const rows = await database.owner<{ day: string }>(
    "select right(relname, 8) as day from pg_inherits join pg_class on oid = inhrelid where inhparent = 'price_history'::regclass and relkind = 'r' order by 1",
  );
  return rows.map(({ day }) => day);
}

test("the price history has one row for each written change: inserted, changed, suspended, and no other", async () => {
  await using history = await openHistory(30);
  const { store } = history;
  await history.keep();
  const dearer = market("1", "Match Winner", [price("Home", "2.25"), price("Draw", "3.40")]);

  await store.writeBoard("100", [match([WINNER])], NOON);
  await store.writeBoard("100", [match([WINNER])], LATER);
  await store.writeBoard("200", [match([dearer])], LATER);
  await store.writeBoard("300", [], new Date("2025-03-02T00:00:00Z"));

  expect(await historyOf(store)).toEqual([
    "01 12:00 100 away 18/5",
    "01 12:00 100 draw 17/5",
    "01 12:00 100 home 21/10",
    "01 12:01 200 away 18/5 suspended",
    "01 12:01 200 home 9/4",
    "02 00:00 300 draw 17/5 suspended",
    "02 00:00 300 home 9/4 suspended",
  ]);
});

test("the price history says when a result closed what was open", async () => {
  await using history = await openHistory(30);
  const { store } = history;
  await history.keep();
  await store.writeBoard("100", [match([WINNER])], NOON);
  const ended = {
    status: "FT",
    localteam: { name: "Harbour Rovers", goals: "1" },
    visitorteam: { name: "Millbrook", goals: "2" },
  };

  await store.writeBoard("200", [match([], ended)], LATER);

  const closing = (await historyOf(store)).filter((words) => words.startsWith("01 12:01"));
  expect(closing.map((words) => words.split(" ").slice(3).join(" "))).toEqual([
    "away 18/5 suspended",
    "draw 17/5 suspended",
    "home 21/10 suspended",
  ]);
});

test("the price history is kept for the days that are set, and partitions are there a week ahead", async () => {
  await using history = await openHistory(2);
  const { store, clock } = history;

  expect((await history.keep()).counts).toEqual({ made: 8, dropped: 0 });
  expect((await history.keep()).counts).toEqual({ made: 0, dropped: 0 });
  await store.writeBoard("100", [match([WINNER])], new Date(clock.epochMs()));
  await clock.advance(2 * DAY_MS);
  expect((await history.keep()).counts).toEqual({ made: 2, dropped: 0 });
  expect((await historyOf(store)).length).toBe(3);
  await clock.advance(DAY_MS);

  expect((await history.keep()).counts).toEqual({ made: 1, dropped: 1 });
  expect(await historyOf(store)).toEqual([]);
  expect((await partitionsOf(store)).at(0)).toBe("20250302");
  expect((await partitionsOf(store)).at(-1)).toBe("20250311");
});

test("a setting of no days drops the history and keeps none, and prices are written as ever", async () => {
  await using history = await openHistory(30);
  const { store } = history;
  await history.keep();
  await store.writeBoard("100", [match([WINNER])], NOON);

  expect((await history.keep(0)).counts).toEqual({ made: 0, dropped: 8 });
  const report = await store.writeBoard("200", [match([])], LATER);

  expect(report.changed).toBe(1 + 3);
  expect([await partitionsOf(store), await historyOf(store)]).toEqual([[], []]);
});

test("a writer under way does not keep the history of tomorrow from being made", async () => {
  await using history = await openHistory(30);
  const { store } = history;
  await history.keep();
  await store.writeBoard("100", [match([WINNER])], NOON);
  await using lease = await store.pool.lease({ access: "write" });
  await lease.connection.execute(
    "insert into price_history select event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended, $1, 1 from prices",
    [NOON],
  );
  await history.clock.advance(DAY_MS);

  expect((await history.keep()).counts).toEqual({ made: 1, dropped: 0 });
});

test("three workers that keep the history at once make each partition once", async () => {
  await using history = await openHistory(30);

  const reports = await Promise.all([history.keep(), history.keep(), history.keep()]);

  expect(reports.reduce((sum, { counts }) => sum + (counts?.["made"] ?? 0), 0)).toBe(8);
  expect((await partitionsOf(history.store)).length).toBe(8);
});

test("only the functions reach the partitions: the worker's role neither makes nor drops a table", async () => {
  await using history = await openHistory(30);
  const { store } = history;
  await history.keep();
  const attempts = [
    "create table price_history_20990101 partition of price_history for values from ('2099-01-01') to ('2099-01-02')",
    "drop table price_history_20250301",
    "delete from price_history",
    "select from price_history_20250301",
  ];

  for (const attempt of attempts) {
    await using lease = await store.pool.lease({ access: "write" });
    await expect(lease.connection.execute(attempt)).rejects.toMatchObject({ code: "database_misconfigured" });
  }
  await using web = await store.database.pool("linehold_web").lease({ access: "write" });
  await expect(web.connection.query("select drop_price_history('3000-01-01')")).rejects.toMatchObject({
    code: "database_misconfigured",
  });
});
