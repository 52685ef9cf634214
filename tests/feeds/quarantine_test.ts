import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  type Decision,
  discardQuarantined,
  listQuarantine,
  QUARANTINE_MAX,
  type QuarantineItem,
  type QuarantineRow,
  recordResult,
  releaseQuarantined,
  type Snapshot,
  selectQuarantineCounters,
} from "../../src/feeds/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import { type Entry, market, match, price, WINNER } from "./_board.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const SOURCE = "goalserve/soccer";
const LATER = new Date("2025-03-01T13:00:00Z");
const ACTOR = "ana@example";
const OPEN = ["away 18/5", "draw 17/5", "home 21/10"];
/** A book that pays out twice what it takes: three prices of ten. */
const TOO_KIND = market("1", "Match Winner", [
  price("Home", "10.00"),
  price("Draw", "10.00"),
  price("Away", "10.00"),
]);

async function within<T>(store: Store, work: (connection: Connection) => Promise<T>): Promise<T> {
  await using lease = await store.pool.lease({ access: "write" });
  const result = await work(lease.connection);
  await lease.commit();
  return result;
}

const listed = (store: Store, filter: object = {}) =>
  within(store, (connection) => listQuarantine(connection, { limit: 100, ...filter }));

async function only(store: Store, filter: object = {}): Promise<QuarantineRow> {
  const [row, ...more] = await listed(store, filter);
  if (row === undefined || more.length > 0) throw new RangeError(`Cannot tell which of ${more.length + 1}`);
  return row;
}

const release = (store: Store, { quarantineId }: QuarantineRow, over: Partial<Decision> = {}) =>
  within(store, (connection) =>
    releaseQuarantined(connection, { quarantineId, actor: ACTOR, at: LATER, ...over }),
  );
const discard = (store: Store, { quarantineId }: QuarantineRow, over: Partial<Decision> = {}) =>
  within(store, (connection) =>
    discardQuarantined(connection, { quarantineId, actor: ACTOR, at: LATER, ...over }),
  );

const statesOf = (store: Store) =>
  store.database.owner("select item, state, seen from quarantine order by item");
const onDay = (day: string, over: Entry = {}) => match([WINNER], { formatted_date: day, ...over });

describe("a released price", () => {
  test("is offered from the next answer on, as long as the source says this very price", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    const before = await store.prices();
    for (const row of await listed(store)) await release(store, row);
    const untilNext = await store.prices();

    await store.writeBoard("200", [match([TOO_KIND])]);
    const after = await store.prices();
    await store.writeBoard("300", [match([TOO_KIND])]);

    expect([before, untilNext]).toEqual([[], []]);
    expect(after).toEqual(["away 10/1", "draw 10/1", "home 10/1"]);
    expect(await store.prices()).toEqual(after);
    expect((await listed(store)).map(({ state, actor, seen }) => [state, actor, seen])).toEqual(
      Array.from({ length: 3 }, () => ["released", ACTOR, 1]),
    );
  });

  test("of the same answer read again is offered too, as a source may have nothing newer to say", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    for (const row of await listed(store)) await release(store, row);

    await store.writeBoard("100", [match([TOO_KIND])]);

    expect(await store.prices()).toEqual(["away 10/1", "draw 10/1", "home 10/1"]);
  });

  test("that changes is judged anew: set aside again if it is implausible, offered if it is not", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    for (const row of await listed(store)) await release(store, row);
    await store.writeBoard("200", [match([TOO_KIND])]);
    const kinder = market("1", "Match Winner", [
      price("Home", "11.00"),
      price("Draw", "10.00"),
      price("Away", "10.00"),
    ]);

    await store.writeBoard("300", [match([kinder])]);
    const kinderPrices = await store.prices();
    const states = await statesOf(store);
    await store.writeBoard("400", [match([WINNER])]);

    expect(kinderPrices).toEqual(["away 10/1", "draw 10/1", "home 10/1 suspended"]);
    expect(states).toEqual([
      { item: "bet365/1x2/regulation///away", state: "released", seen: 1 },
      { item: "bet365/1x2/regulation///draw", state: "released", seen: 1 },
      { item: "bet365/1x2/regulation///home", state: "open", seen: 2 },
    ]);
    expect(await store.prices()).toEqual(OPEN);
  });

  test("that is discarded afterwards goes off the board with the next answer", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    for (const row of await listed(store)) await release(store, row);
    await store.writeBoard("200", [match([TOO_KIND])]);

    for (const row of await listed(store)) await discard(store, row);
    await store.writeBoard("300", [match([TOO_KIND])]);

    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
  });

  test("has its source asked again at once and for everything, and ends the poll that is under way", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    await store.database.owner(
      `update feeds
       set kind = 'goalserve', validated_url = 'digest', etag = 'x', claim_token = 7, claimed_by = 'a worker',
         claimed_until = now() + interval '1 minute', due_at = now() + interval '1 hour'`,
    );

    const [row] = await listed(store);
    if (row !== undefined) await release(store, row);

    expect(
      await store.database.owner(
        "select validated_url, claim_token, claimed_by, claimed_until, due_at <= now() as due from feeds",
      ),
    ).toEqual([{ validated_url: null, claim_token: 8n, claimed_by: null, claimed_until: null, due: true }]);
  });
});

describe("a discarded item", () => {
  test("stays out and is not raised again, until the source says something else under its name", async () => {
    await using store = await openStore();
    const odd = (text: string) => market("22845", "Anytime Goal Scorer", [price("J. Nobody", text)]);
    await store.writeBoard("100", [match([WINNER, odd("1.00")])]);
    await discard(store, await only(store));

    const again = await store.writeBoard("200", [match([WINNER, odd("1.00")])]);
    const states = await statesOf(store);
    const changed = await store.writeBoard("300", [match([WINNER, odd("0.50")])]);

    expect(again).toEqual({ outcome: "written", changed: 0 });
    expect(states).toMatchObject([{ state: "discarded", seen: 1 }]);
    expect(changed).toMatchObject({ changed: 1, quarantined: { raised: { price_not_above_one: 1 } } });
    expect(await only(store)).toMatchObject({
      state: "open",
      actor: null,
      decidedAt: null,
      seen: 2,
      sample: { price: "0.50" },
    });
  });

  test("is noted as seen again once an hour, so that what is still said is not forgotten", async () => {
    await using store = await openStore();
    const board = [match([TOO_KIND])];
    const seenAt = async () => (await listed(store)).map((row) => row.lastSeenAt);
    await store.writeBoard("100", board);
    for (const row of await listed(store)) await discard(store, row);

    await store.writeBoard("200", board, new Date(NOON.getTime() + 3_600_000));
    const soon = await seenAt();
    const late = new Date(NOON.getTime() + 3_600_001);
    await store.writeBoard("300", board, late);

    expect(soon).toEqual([NOON, NOON, NOON]);
    expect(await seenAt()).toEqual([late, late, late]);
  });
});

describe("a kick-off that moved too far", () => {
  test("keeps the event under its stored start, suspended, until it is released", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [onDay("01.03.2025")]);
    const moved = onDay("15.03.2025");
    const start = () => store.database.owner("select starts_at from events");

    const report = await store.writeBoard("200", [moved]);
    const held = [await start(), await store.prices()];
    const row = await only(store);
    await release(store, row);
    const released = [await start(), await store.prices()];
    await store.writeBoard("300", [moved]);

    expect(report).toMatchObject({ quarantined: { raised: { time_moved: 1 }, overflowed: 0 } });
    expect(held).toEqual([
      [{ starts_at: new Date("2025-03-01T15:00:00Z") }],
      OPEN.map((words) => `${words} suspended`),
    ]);
    expect(row).toMatchObject({
      reason: "time_moved",
      item: "start",
      home: "Harbour Rovers",
      sample: { from: "2025-03-01T15:00:00.000Z", to: "2025-03-15T15:00:00.000Z" },
    });
    expect(released[0]).toEqual([{ starts_at: new Date("2025-03-15T15:00:00Z") }]);
    expect(await store.prices()).toEqual(OPEN);
    expect(await store.database.owner("select key from changes where topic = 'odds'")).toContainEqual({
      key: row.eventId,
    });
  });

  test("that was discarded leaves the event on offer under its stored start, and is not raised again", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [onDay("01.03.2025")]);
    await store.writeBoard("200", [onDay("15.03.2025")]);
    await discard(store, await only(store));

    const report = await store.writeBoard("300", [onDay("15.03.2025")]);

    expect(report.quarantined).toBeUndefined();
    expect(await store.prices()).toEqual(OPEN);
    expect(await store.database.owner("select starts_at from events")).toEqual([
      { starts_at: new Date("2025-03-01T15:00:00Z") },
    ]);
  });

  test("that the source takes back opens the event again without anybody's word", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [onDay("01.03.2025")]);
    await store.writeBoard("200", [onDay("15.03.2025")]);

    await store.writeBoard("300", [onDay("01.03.2025")]);

    expect(await store.prices()).toEqual(OPEN);
  });
});

describe("an event that runs backwards", () => {
  const LONG_AFTER = new Date("2025-03-01T16:30:00Z");
  const state = (store: Store) => store.database.owner("select status, clock_minutes from events");

  test("keeps its progress and offers nothing; released, it goes on from where it is said to be", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER], { status: "75" })]);
    await store.writeBoard("200", [match([WINNER], { status: "20" })], LONG_AFTER);
    const held = [await state(store), await store.prices()];

    await release(store, await only(store, { reason: "clock_backwards" }));
    const released = await state(store);
    await store.writeBoard("300", [match([WINNER], { status: "23" })], LONG_AFTER);

    expect(held).toEqual([
      [{ status: "live", clock_minutes: 75 }],
      OPEN.map((words) => `${words} suspended`),
    ]);
    expect(released).toEqual([{ status: "live", clock_minutes: 20 }]);
    expect([await state(store), await store.prices()]).toEqual([
      [{ status: "live", clock_minutes: 23 }],
      OPEN,
    ]);
  });

  test("that is said not to have begun stays begun", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER], { status: "HT" })]);

    await store.writeBoard("200", [match([WINNER], { status: "15:00" })], LONG_AFTER);

    expect(await state(store)).toEqual([{ status: "live", clock_minutes: null }]);
    expect(await only(store)).toMatchObject({ sample: { from: "live", to: "scheduled" } });
  });
});

test("a source that counts from lower again is taken again once a trader releases it", async () => {
  await using store = await openStore();
  await store.writeBoard("900", [match([WINNER])]);
  const dearer = match([market("1", "Match Winner", [price("Home", "2.20")])]);
  const refused = await store.writeBoard("100", [dearer]);

  await release(store, await only(store, { reason: "clock_backwards" }));
  const taken = await store.writeBoard("100", [dearer]);

  expect([refused.outcome, taken.outcome]).toEqual(["older", "written"]);
  expect(await store.prices()).toContain("home 11/5");
});

test("two feeds of one source that count from lower again are two items, each released for itself", async () => {
  await using store = await openStore();
  const answer = (feed: string, version: bigint): Snapshot => ({
    source: SOURCE,
    feed,
    version,
    scope: "named",
    events: [],
    quarantined: [],
    counts: { events: 0, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
  });
  const scores = `${SOURCE}/scores`;
  for (const version of [900n, 100n])
    for (const feed of [SOURCE, scores]) await store.write(answer(feed, version));

  const rows = await listed(store, { reason: "clock_backwards" });
  const ofScores = rows.find(({ item }) => item.endsWith("/scores"));
  if (ofScores !== undefined) await release(store, ofScores);

  expect(rows.map(({ item }) => item).sort()).toEqual(["snapshot", `snapshot of ${scores}`]);
  expect((await store.write(answer(scores, 100n))).outcome).toBe("written");
  expect((await store.write(answer(SOURCE, 100n))).outcome).toBe("older");
});

describe("a contradicted result", () => {
  const score = (home: number, away: number) => ({ state: "final", score: { home, away } }) as const;

  test("becomes a corrected version when it is released, and is the one that stands", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const [event] = await store.database.owner<{ event_id: string }>("select event_id from events");
    const record = (facts: ReturnType<typeof score>) =>
      within(store, (connection) =>
        recordResult(connection, { eventId: event?.event_id ?? "", facts, source: "test", at: NOON }),
      );
    await record(score(2, 1));
    await record(score(1, 2));

    await release(store, await only(store, { reason: "result_contradicted" }));

    expect(await record(score(1, 2))).toEqual({ outcome: "unchanged", version: 2 });
    expect(
      await store.database.owner(
        "select version, home_score, away_score, source from results order by version",
      ),
    ).toEqual([
      { version: 1, home_score: 2, away_score: 1, source: "test" },
      { version: 2, home_score: 1, away_score: 2, source: "test" },
    ]);
  });

  test("is not raised again once it is discarded, and the recorded one stands", async () => {
    await using store = await openStore();
    const ended = (home: string, away: string) =>
      match([WINNER], {
        status: "FT",
        localteam: { name: "H", goals: home },
        visitorteam: { name: "A", goals: away },
      });
    await store.writeBoard("100", [ended("2", "1")]);
    const contradicted = await store.writeBoard("200", [ended("1", "2")]);
    const reread = await store.writeBoard("200", [ended("1", "2")]);
    await discard(store, await only(store, { reason: "result_contradicted" }));

    const discarded = await store.writeBoard("300", [ended("1", "2")]);

    expect(contradicted).toMatchObject({ changed: 1, quarantined: { raised: { result_contradicted: 1 } } });
    expect([reread, discarded]).toEqual([
      { outcome: "written", changed: 0 },
      { outcome: "written", changed: 0 },
    ]);
    expect(await only(store, { reason: "result_contradicted" })).toMatchObject({
      state: "discarded",
      seen: 1,
    });
    expect(await store.database.owner("select version, home_score from results")).toEqual([
      { version: 1, home_score: 2 },
    ]);
  });
});

describe("a decision", () => {
  test("is logged for good with what it was about, and made twice changes nothing", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [onDay("01.03.2025")]);
    await store.writeBoard("200", [onDay("15.03.2025")]);
    const row = await only(store);

    const first = await discard(store, row);
    const again = await discard(store, row, { actor: "bo@example" });
    await store.writeBoard("300", [onDay("16.03.2025")]);
    await release(store, await only(store));

    expect([first.changed, again.changed, again.item.actor]).toEqual([true, false, ACTOR]);
    expect(
      await store.database.owner(
        "select decision, actor, decided_at, sample from quarantine_decisions order by decision",
      ),
    ).toMatchObject([
      { decision: "discarded", actor: ACTOR, decided_at: LATER, sample: { to: "2025-03-15T15:00:00.000Z" } },
      { decision: "released", actor: ACTOR, decided_at: LATER, sample: { to: "2025-03-16T15:00:00.000Z" } },
    ]);
  });

  test.each([
    ["price_not_above_one", price("J. Nobody", "1.00")],
    ["price_unreadable", price("J. Nobody", "lots")],
  ])("cannot release what cannot be offered: %s", async (reason, odds) => {
    await using store = await openStore();
    await store.writeBoard("100", [match([market("22845", "Anytime Goal Scorer", [odds])])]);
    const row = await only(store, { reason });

    expect(release(store, row)).rejects.toMatchObject({ code: "quarantine_not_releasable", reason });
    expect(await only(store)).toMatchObject({ state: "open", actor: null });
  });

  test("names somebody, and something that there is", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND])]);
    const [row] = await listed(store);
    if (row === undefined) throw new RangeError("Cannot decide about nothing");

    expect(release(store, row, { actor: " " })).rejects.toThrow("the actor is not 1 to 120 characters");
    expect(discard(store, { ...row, quarantineId: Bun.randomUUIDv7() })).rejects.toMatchObject({
      code: "quarantine_item_not_found",
    });
  });

  test("waits for the writer of its source, so that neither undoes the other", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [onDay("01.03.2025")]);
    await store.writeBoard("200", [onDay("15.03.2025")]);
    const row = await only(store);
    await using writer = await store.pool.lease({ access: "write", deadlineMs: 20_000 });
    await writer.connection.query("select pg_advisory_xact_lock(hashtextextended($1, 8))", [SOURCE]);
    let decided = false;

    const deciding = release(store, row).then(() => {
      decided = true;
    });
    await Bun.sleep(100);
    const before = decided;
    await writer.commit();
    await deciding;

    expect([before, decided]).toEqual([false, true]);
  });
});

describe("listQuarantine", () => {
  test("gives the newest first, a page at a time, by source, reason, state and event", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([TOO_KIND]), match([TOO_KIND], { id: "502" })]);
    await store.writeBoard("100", []);
    const all = await listed(store);
    const [first, second] = all;
    if (first === undefined || second === undefined) throw new RangeError("Cannot page through nothing");
    await discard(store, first);

    const ids = (rows: readonly QuarantineRow[]) => rows.map(({ quarantineId }) => quarantineId);
    expect(all).toHaveLength(6);
    expect(ids(all)).toEqual([...ids(all)].sort().reverse());
    expect(ids(await listed(store, { limit: 2, after: second.quarantineId }))).toEqual(ids(all.slice(2, 4)));
    expect(await listed(store, { sourceEventId: "502" })).toHaveLength(3);
    expect(await listed(store, { state: "open" })).toHaveLength(5);
    expect(ids(await listed(store, { state: "discarded" }))).toEqual(ids([first]));
    expect(await listed(store, { reason: "time_moved" })).toEqual([]);
    expect(await listed(store, { source: "goalserve/tennis" })).toEqual([]);
  });
});

describe("the quarantine's bounds", () => {
  const items = (count: number, from = 0): QuarantineItem[] =>
    Array.from({ length: count }, (_, index) => ({
      sourceEventId: `${from + index}`,
      reason: index % 2 === 0 ? "price_unreadable" : "line_not_quarter",
      item: `item ${from + index}`,
      sample: { price: "x" },
    }));
  const answer = (version: bigint, quarantined: readonly QuarantineItem[]): Snapshot => ({
    source: SOURCE,
    version,
    scope: "full",
    events: [],
    quarantined,
    counts: { events: 0, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
  });
  const rows = (store: Store) => store.database.owner<{ count: bigint }>("select count(*) from quarantine");

  test("keep a source of 100,000 new items a poll to its room, count the rest, and go on counting what is known", async () => {
    await using store = await openStore();

    const first = await store.write(answer(1n, items(100_000)));
    const second = await store.write(answer(2n, [...items(3), ...items(100_000, 100_000)]));

    const counters = await within(store, selectQuarantineCounters);
    expect(first.quarantined).toEqual({
      raised: { price_unreadable: 50_000, line_not_quarter: 50_000 },
      overflowed: 100_000 - QUARANTINE_MAX,
    });
    expect(second.quarantined?.overflowed).toBe(100_000);
    expect(await rows(store)).toEqual([{ count: BigInt(QUARANTINE_MAX) }]);
    expect(counters.map(({ seen, overflowed }) => [seen, overflowed])).toEqual([
      [100_001n, 95_000n],
      [100_002n, 95_000n],
    ]);
    expect(await store.database.owner("select count(*) from quarantine where seen = 2")).toEqual([
      { count: 3n },
    ]);
  });

  test("leave another source its own room", async () => {
    await using store = await openStore();
    await store.write(answer(1n, items(QUARANTINE_MAX + 1)));

    await store.write({ ...answer(1n, items(2)), source: "elsewhere" });

    expect(await rows(store)).toEqual([{ count: BigInt(QUARANTINE_MAX + 2) }]);
  });

  test("make room of what was not said for a day, decided items excepted", async () => {
    await using store = await openStore();
    await store.write(answer(1n, items(QUARANTINE_MAX)));
    const [kept] = await listed(store, { limit: 1 });
    if (kept !== undefined) await discard(store, kept);
    const nextDay = new Date(NOON.getTime() + 24 * 3_600_000 + 1);

    await store.write(answer(2n, items(10, 200_000)), nextDay);
    await store.write(answer(3n, items(10, 200_000)), nextDay);

    expect((await listed(store)).map(({ item }) => item).sort()).toEqual(
      [kept?.item ?? "", ...items(10, 200_000).map(({ item }) => item)].sort(),
    );
  });

  test("cut names and samples of any size and any characters, and still tell two of them apart", async () => {
    await using store = await openStore();
    const huge = (end: string): QuarantineItem => ({
      sourceEventId: `${"\0é\ud800".repeat(50_000)}${end}`,
      reason: "price_unreadable",
      item: `${"😀\0".repeat(100_000)}${end}`,
      sample: { text: "\0\ud800".repeat(1_000_000), end, big: 10n ** 30n },
    });

    await store.write(answer(1n, [huge("a"), huge("b")]));
    await store.write(answer(2n, [huge("a")]));

    const found = await listed(store);
    expect(found.map(({ seen }) => seen).sort()).toEqual([1, 2]);
    for (const { item, sample, sourceEventId } of found) {
      expect(item.length + sourceEventId.length).toBeLessThan(500);
      expect(JSON.stringify(sample).length).toBeLessThan(5000);
    }
  });
});
