import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  EventNotFoundError,
  type RecordedResult,
  type ResultToRecord,
  recordResult,
  selectLatestResults,
  selectResultsSince,
} from "../../src/feeds/mod.ts";
import { match, WINNER } from "./_board.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const ID = "00000000-0000-7000-8000-000000000000";
const LATER = new Date("2025-03-01T17:00:00Z");
const TWO_ONE = { state: "final", score: { home: 2, away: 1 } } as const;

/** A store with the event 501 and its id. */
async function openWithEvent(): Promise<Store & { eventId: string }> {
  const store = await openStore();
  await store.writeBoard("100", [match([WINNER])]);
  const [row] = await store.database.owner<{ event_id: string }>("select event_id from events");
  return { ...store, eventId: row?.event_id ?? "" };
}

async function record(store: Store, result: Omit<ResultToRecord, "source" | "at">): Promise<RecordedResult> {
  await using lease = await store.pool.lease({ access: "write" });
  const recorded = await recordResult(lease.connection, { source: "test", at: LATER, ...result });
  await lease.commit();
  return recorded;
}

describe("recordResult", () => {
  test("appends the first version and closes the event", async () => {
    await using store = await openWithEvent();
    const facts = { ...TWO_ONE, halfTimeScore: { home: 0, away: 1 } };

    const recorded = await record(store, { eventId: store.eventId, facts });

    expect(recorded).toEqual({ outcome: "recorded", version: 1 });
    expect(await store.database.owner("select * from results")).toEqual([
      {
        event_id: store.eventId,
        version: 1,
        state: "final",
        home_score: 2,
        away_score: 1,
        half_home_score: 0,
        half_away_score: 1,
        source: "test",
        recorded_at: LATER,
      },
    ]);
    expect(await store.database.owner("select status from events")).toEqual([{ status: "ended" }]);
    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
  });

  test("takes the same result again for nothing new, whoever says it and however much of it", async () => {
    await using store = await openWithEvent();
    const { eventId } = store;
    await record(store, { eventId, facts: { ...TWO_ONE, halfTimeScore: { home: 0, away: 1 } } });

    const again = await record(store, { eventId, facts: TWO_ONE });

    expect(again).toEqual({ outcome: "unchanged", version: 1 });
    expect(await store.database.owner("select version from results")).toEqual([{ version: 1 }]);
    expect(await store.database.owner("select 1 from quarantine")).toEqual([]);
  });

  test.each([
    ["another score", { state: "final", score: { home: 1, away: 2 } }],
    ["another half-time score", { ...TWO_ONE, halfTimeScore: { home: 1, away: 1 } }],
    ["a void", { state: "void" }],
  ] as const)("sets aside %s as a contradiction, and keeps what is recorded", async (_, facts) => {
    await using store = await openWithEvent();
    const { eventId } = store;
    await record(store, { eventId, facts: { ...TWO_ONE, halfTimeScore: { home: 0, away: 1 } } });

    const contradicted = await record(store, { eventId, facts });
    await record(store, { eventId, facts });

    expect(contradicted).toMatchObject({ outcome: "contradicted", version: 1 });
    expect(await store.database.owner("select home_score, away_score from results")).toEqual([
      { home_score: 2, away_score: 1 },
    ]);
    expect(
      await store.database.owner("select source, source_event_id, reason, seen from quarantine"),
    ).toEqual([
      { source: "goalserve/soccer", source_event_id: "501", reason: "result_contradicted", seen: 2 },
    ]);
  });

  test("appends a new version for a correction, and none for a correction that corrects nothing", async () => {
    await using store = await openWithEvent();
    const { eventId } = store;
    await record(store, { eventId, facts: TWO_ONE });

    const corrected = await record(store, { eventId, facts: { state: "void" }, correction: true });
    const same = await record(store, { eventId, facts: { state: "void" }, correction: true });

    expect([corrected, same]).toEqual([
      { outcome: "recorded", version: 2 },
      { outcome: "unchanged", version: 2 },
    ]);
    expect(
      await store.database.owner("select version, state, home_score from results order by version"),
    ).toEqual([
      { version: 1, state: "final", home_score: 2 },
      { version: 2, state: "void", home_score: null },
    ]);
  });

  test("refuses an event that is not stored", async () => {
    await using store = await openStore();

    await expect(record(store, { eventId: ID, facts: TWO_ONE })).rejects.toThrow(EventNotFoundError);
  });

  test.each([
    ["no score", { state: "final" }],
    ["a score below nought", { state: "final", score: { home: -1, away: 0 } }],
    ["half a goal", { state: "final", score: { home: 0.5, away: 0 } }],
    ["no number", { state: "final", score: { home: Number.NaN, away: 0 } }],
  ] as const)("refuses a final result with %s: it is not 0-0", async (_, facts) => {
    await using store = await openWithEvent();

    await expect(record(store, { eventId: store.eventId, facts })).rejects.toThrow(RangeError);
    expect(await store.database.owner("select 1 from results")).toEqual([]);
  });

  test("by two at once, differing, records one and sets the other aside", async () => {
    await using store = await openWithEvent();
    const { eventId } = store;
    const scores = [0, 1, 2, 3].map((home) => ({ state: "final", score: { home, away: 0 } }) as const);

    const recorded = await Promise.all(scores.map((facts) => record(store, { eventId, facts })));

    expect(recorded.map(({ outcome }) => outcome).sort()).toEqual([
      "contradicted",
      "contradicted",
      "contradicted",
      "recorded",
    ]);
    expect(await store.database.owner("select version from results")).toEqual([{ version: 1 }]);
  });
});

describe("the event lock", () => {
  const PLACE = "select event_lock_shared($1)";
  const waiting = "select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted";

  test("makes a result wait for a placement under way, and a placement for a result", async () => {
    await using store = await openWithEvent();
    const { eventId } = store;
    const order: string[] = [];
    const placing = await store.pool.lease({ access: "write" });
    await placing.connection.query(PLACE, [eventId]);

    const recording = record(store, { eventId, facts: TWO_ONE }).then(() => order.push("result"));
    await until(async () => (await count(store)) === 1);
    order.push("bet");
    await placing.commit();
    await placing[Symbol.asyncDispose]();
    await recording;

    expect(order).toEqual(["bet", "result"]);
  });

  test("is shared by placements", async () => {
    await using store = await openWithEvent();
    await using one = await store.pool.lease({ access: "write" });
    await using other = await store.pool.lease({ access: "write" });

    await one.connection.query(PLACE, [store.eventId]);
    await other.connection.query(PLACE, [store.eventId]);

    expect(await count(store)).toBe(0);
  });

  test("is what a naive recorder lacks: its result slips in beside a bet under way", async () => {
    await using store = await openWithEvent();
    const { eventId } = store;
    await using placing = await store.pool.lease({ access: "write" });
    await placing.connection.query(PLACE, [eventId]);
    const before = await placing.connection.query("select 1 from results where event_id = $1", [eventId]);

    await using naive = await store.pool.lease({ access: "write" });
    await naive.connection.execute(
      "insert into results (event_id, version, state, source, recorded_at) values ($1, 1, 'void', 'naive', $2)",
      [eventId, LATER],
    );
    await naive.commit();

    const after = await placing.connection.query("select 1 from results where event_id = $1", [eventId]);
    expect([before.length, after.length]).toEqual([0, 1]);
  });

  async function count(store: Store): Promise<number> {
    const [row] = await store.database.owner<{ count: number }>(waiting);
    return row?.count ?? 0;
  }
});

describe("the queries of results", () => {
  test("give the newest version of each event, and every version after a cursor in order", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([]), match([], { id: "502" }), match([], { id: "503" })]);
    const rows = await store.database.owner<{ event_id: string }>(
      "select event_id from events order by event_id",
    );
    const [first = "", second = "", third = ""] = rows.map((row) => row.event_id);
    await record(store, { eventId: second, facts: TWO_ONE });
    await record(store, { eventId: first, facts: TWO_ONE });
    await record(store, { eventId: first, facts: { state: "void" }, correction: true });

    await using lease = await store.pool.lease();
    const latest = await selectLatestResults(lease.connection, [first, second, third]);
    const start = { recordedAt: NOON, eventId: ID, version: 0 };
    const page = await selectResultsSince(lease.connection, start, 2);
    const last = page.at(-1);
    const cursor = {
      recordedAt: last?.recorded_at ?? NOON,
      eventId: last?.event_id ?? "",
      version: last?.version ?? 0,
    };
    const rest = await selectResultsSince(lease.connection, cursor, 2);

    expect(latest.map(({ event_id, version, state }) => [event_id, version, state])).toEqual([
      [first, 2, "void"],
      [second, 1, "final"],
    ]);
    expect([...page, ...rest].map(({ event_id, version }) => [event_id, version])).toEqual([
      [first, 1],
      [first, 2],
      [second, 1],
    ]);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await Bun.sleep(10);
  }
  throw new RangeError("it never came true");
}
