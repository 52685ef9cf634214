import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeSnapshot } from "../../src/feeds/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import { board, emptyBoard, market, match, price, WINNER } from "./_board.ts";
import { readBoard } from "./_read.ts";
import { NOON, openStore } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const LATER = new Date("2025-03-01T12:01:00Z");
const OPEN = ["away 18/5", "draw 17/5", "home 21/10"];

describe("writeSnapshot of an answer that is no newer state", () => {
  test("refuses an older version as a whole, and says so", async () => {
    await using store = await openStore();
    const dearer = market("1", "Match Winner", [
      price("Home", "9.00"),
      price("Draw", "9.00"),
      price("Away", "1.30"),
    ]);
    await store.writeBoard("200", [match([WINNER])]);

    const report = await store.writeBoard("100", [match([dearer]), match([WINNER], { id: "502" })], LATER);

    expect(report).toMatchObject({ outcome: "older", changed: 1 });
    expect(await store.prices()).toEqual(OPEN);
    expect(await store.database.owner("select reason, sample from quarantine")).toEqual([
      { reason: "clock_backwards", sample: { version: "100", stored: "200" } },
    ]);
    const [feed] = await store.database.owner("select last_poll_at, last_good_at, source_version from feeds");
    expect(feed).toEqual({ last_poll_at: LATER, last_good_at: NOON, source_version: 200n });
  });

  test("refuses what arrives late where a comparison of events alone would bring back a price that is gone", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    await store.writeBoard("200", []);

    // A naive check of each event's own version knows no 502 and takes it, though the newer state does not name it.
    const versions = await store.database.owner<{ id: string; version: bigint }>(
      "select source_event_id as id, source_version as version from events",
    );
    const naiveTakes = (id: string) => (versions.find((row) => row.id === id)?.version ?? 0n) <= 150n;
    const late = await store.writeBoard("150", [match([WINNER]), match([WINNER], { id: "502" })]);

    expect([naiveTakes("501"), naiveTakes("502")]).toEqual([false, true]);

    expect(late.outcome).toBe("older");
    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
    expect(await store.database.owner("select source_event_id from events")).toEqual([
      { source_event_id: "501" },
    ]);
  });

  test("takes an answer without data for no state: nothing is suspended, and the source has not answered well", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);

    const report = await store.write(await readBoard(emptyBoard()), LATER);

    expect(report).toEqual({ outcome: "nothing", changed: 0 });
    expect(await store.prices()).toEqual(OPEN);
    const [feed] = await store.database.owner("select last_poll_at, last_good_at from feeds");
    expect(feed).toEqual({ last_poll_at: LATER, last_good_at: NOON });
  });
});

describe("writeSnapshot, interrupted,", () => {
  test("leaves nothing of the snapshot, and the next attempt stores all of it", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const next = await readBoard(board([match([]), match([WINNER], { id: "502" })], { ts: "200" }));

    // The connection is lost where it hurts most: all rows are written, and the commit is not.
    const crashing = writeSnapshot(next, {
      at: LATER,
      async lease(options) {
        const lease = await store.pool.lease(options);
        return {
          connection: lease.connection,
          commit: () => Promise.reject(new RangeError("killed before the commit")),
          [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
        };
      },
    });

    await expect(crashing).rejects.toThrow("killed before the commit");
    expect(await store.prices()).toEqual(OPEN);
    expect(await store.database.owner("select source_version, last_poll_at from feeds")).toEqual([
      { source_version: 100n, last_poll_at: NOON },
    ]);
    expect(await store.database.owner("select source_event_id from events")).toEqual([
      { source_event_id: "501" },
    ]);

    const report = await store.write(next, LATER);
    expect(report).toEqual({ outcome: "written", changed: 3 + 1 + 3 + 1 });
  });

  test("would leave half a snapshot, were each statement a transaction of its own, as the naive way is", async () => {
    await using store = await openStore();
    const next = await readBoard(board([match([WINNER])], { ts: "200" }));
    const alone = async <T>(run: (connection: Connection) => Promise<T>): Promise<T> => {
      await using lease = await store.pool.lease({ access: "write" });
      const result = await run(lease.connection);
      await lease.commit();
      return result;
    };

    const naive = writeSnapshot(next, {
      at: NOON,
      lease: async () => ({
        connection: {
          query: (text, values) => alone((connection) => connection.query(text, values)),
          execute: (text, values) => alone((connection) => connection.execute(text, values)),
          copyIn: () => Promise.reject(new RangeError("killed before the prices")),
        },
        commit: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    });

    await expect(naive).rejects.toThrow("killed before the prices");
    expect(await store.database.owner("select source_event_id from events")).toEqual([
      { source_event_id: "501" },
    ]);
  });

  test("leaves nothing when its backend is terminated between two statements", async () => {
    await using store = await openStore();
    const next = await readBoard(board([match([WINNER])], { ts: "200" }));

    const crashing = writeSnapshot(next, {
      at: LATER,
      async lease(options) {
        const lease = await store.pool.lease(options);
        const { query, execute, copyIn } = lease.connection;
        return {
          ...lease,
          connection: {
            query,
            copyIn,
            async execute(text, values) {
              if (text.includes("insert into feeds")) {
                await store.database.owner(
                  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'linehold tests'",
                );
              }
              return await execute(text, values);
            },
          },
        };
      },
    });

    await expect(crashing).rejects.toThrow();
    expect(await store.database.owner("select 1 from events")).toEqual([]);
    expect(await store.prices()).toEqual([]);
    expect((await store.write(next, LATER)).changed).toBe(4);
  });

  test("by another writer of the same source gives way to it: both end, one's state is stored, each event once", async () => {
    await using store = await openStore();
    const snapshots = await Promise.all(
      ["100", "200", "300", "400"].map((ts, index) =>
        readBoard(board([match([WINNER]), match([WINNER], { id: `60${index}` })], { ts })),
      ),
    );

    const reports = await Promise.all(snapshots.map((snapshot) => store.write(snapshot)));

    expect(reports.filter(({ outcome }) => outcome === "written").length).toBeGreaterThan(0);
    const [feed] = await store.database.owner("select source_version from feeds");
    expect(feed).toEqual({ source_version: 400n });
    const open = await store.database.owner(
      "select distinct source_event_id from prices join events using (event_id) where not suspended order by 1",
    );
    expect(open).toEqual([{ source_event_id: "501" }, { source_event_id: "603" }]);
  });
});
