import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readGoalserve, writeSnapshot } from "../../src/feeds/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { board, emptyBoard, line, market, match, price, WINNER } from "./_board.ts";
import { NOON, openStore } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const LATER = new Date("2025-03-01T12:01:00Z");
const OPEN = ["away 18/5", "draw 17/5", "home 21/10"];

describe("writeSnapshot", () => {
  test("stores events, prices and the poll, and counts each row", async () => {
    await using store = await openStore();
    const scorers = market("22845", "Anytime Goal Scorer", [
      price("J. Nobody", "1.00"),
      price("A. Nother", "4.50"),
    ]);
    const total = market("5", "Goals Over/Under", [line("total", "2.5", [price("Over", "1.90")])]);

    const report = await store.writeBoard("100", [match([WINNER, total, scorers])]);

    expect(report).toEqual({ outcome: "written", changed: 7 });
    expect(await store.prices()).toEqual([...OPEN, "over 19/10", "A. Nother 9/2"]);
    const [event] = await store.database.owner("select * from events");
    expect(event).toMatchObject({
      source: "goalserve/soccer",
      source_event_id: "501",
      home: "Harbour Rovers",
      away: "Millbrook",
      status: "scheduled",
      starts_at: new Date("2025-03-01T15:00:00Z"),
      source_version: 100n,
      updated_at: NOON,
    });
    const rows = await store.database.owner(
      "select line_quarters, label, market_type from prices where line_quarters is not null",
    );
    expect(rows).toEqual([{ line_quarters: 10, label: "", market_type: "total" }]);
    expect(await store.database.owner("select reason, item, sample, seen from quarantine")).toEqual([
      {
        reason: "price_not_above_one",
        item: "bet365/unknown/unknown/Anytime Goal Scorer//J. Nobody",
        sample: { market: "Anytime Goal Scorer", line: "", outcome: "J. Nobody", price: "1.00" },
        seen: 1,
      },
    ]);
    expect(await store.database.owner("select * from feeds")).toEqual([
      { source: "goalserve/soccer", last_poll_at: NOON, last_good_at: NOON, source_version: 100n },
    ]);
  });

  test("changes nothing the second time, and not one row's time", async () => {
    await using store = await openStore();
    const odd = market("22845", "Anytime Goal Scorer", [price("J. Nobody", "1.00")]);
    await store.writeBoard("100", [match([WINNER, odd])]);

    const report = await store.writeBoard("100", [match([WINNER, odd])], LATER);

    expect(report).toEqual({ outcome: "written", changed: 0 });
    const [times] = await store.database.owner(
      "select max(p.updated_at) as price, max(e.updated_at) as event, max(q.last_seen_at) as seen from prices p, events e, quarantine q",
    );
    expect(times).toEqual({ price: NOON, event: NOON, seen: NOON });
  });

  test("writes only what changed, under the same event id", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER]), match([WINNER], { id: "502" })]);
    const before = await idsOf();
    const dearer = market("1", "Match Winner", [
      price("Home", "2.25"),
      price("Draw", "3.40"),
      price("Away", "3.60"),
    ]);

    const report = await store.writeBoard("200", [match([dearer]), match([WINNER], { id: "502" })], LATER);

    expect(report.changed).toBe(2);
    expect(await idsOf()).toEqual(before);
    const changed = await store.database.owner("select outcome from prices where updated_at = $1", [LATER]);
    expect(changed).toEqual([{ outcome: "home" }]);
    const versions = await store.database.owner(
      "select source_event_id, source_version from events order by 1",
    );
    expect(versions).toEqual([
      { source_event_id: "501", source_version: 200n },
      { source_event_id: "502", source_version: 100n },
    ]);

    function idsOf() {
      return store.database.owner("select source_event_id, event_id from events order by 1");
    }
  });

  test("suspends what the next state does not name: a price, a market, a match", async () => {
    await using store = await openStore();
    const goals = market("15", "Both Teams To Score", [price("Yes", "1.80"), price("No", "1.95")]);
    await store.writeBoard("100", [match([WINNER, goals]), match([WINNER], { id: "502" })]);

    const fewer = market("1", "Match Winner", [price("Home", "2.10"), price("Away", "3.60")]);
    const report = await store.writeBoard("200", [match([fewer])], LATER);

    expect(report.changed).toBe(1 + 3 + 3);
    const open = await store.database.owner(
      "select source_event_id, outcome from prices join events using (event_id) where not suspended order by outcome",
    );
    expect(open).toEqual([
      { source_event_id: "501", outcome: "away" },
      { source_event_id: "501", outcome: "home" },
    ]);
    expect(await store.writeBoard("300", [], LATER)).toEqual({ outcome: "written", changed: 2 });
  });

  test("opens again what is named again", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    await store.writeBoard("200", [match([])]);

    await store.writeBoard("300", [match([WINNER])]);

    expect(await store.prices()).toEqual(OPEN);
  });

  test("suspends a stored price that becomes implausible, and keeps what it last was", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const closed = market("1", "Match Winner", [
      price("Home", "1.00"),
      price("Draw", "1.00", "True"),
      price("Away", "3.60"),
    ]);

    await store.writeBoard("200", [match([closed])]);

    expect(await store.prices()).toEqual(["away 18/5", "draw 17/5 suspended", "home 21/10 suspended"]);
    expect(await store.database.owner("select item from quarantine")).toEqual([
      { item: "bet365/1x2/regulation///home" },
    ]);
  });

  test("counts another sighting of what is in quarantine with each new version", async () => {
    await using store = await openStore();
    const odd = market("1", "Match Winner", [price("Home", "0.50")]);
    await store.writeBoard("100", [match([odd])]);
    await store.writeBoard("100", [match([odd])]);

    await store.writeBoard("200", [match([odd])], LATER);

    const rows = await store.database.owner("select seen, first_seen_at, last_seen_at from quarantine");
    expect(rows).toEqual([{ seen: 2, first_seen_at: NOON, last_seen_at: LATER }]);
  });

  test("refuses an older version as a whole, and says so", async () => {
    await using store = await openStore();
    const dearer = market("1", "Match Winner", [
      price("Home", "9.00"),
      price("Draw", "9.00"),
      price("Away", "1.30"),
    ]);
    await store.writeBoard("200", [match([WINNER])]);

    const report = await store.writeBoard("100", [match([dearer]), match([WINNER], { id: "502" })], LATER);

    expect(report).toEqual({ outcome: "older", changed: 1 });
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

    const report = await store.write(readGoalserve(emptyBoard()), LATER);

    expect(report).toEqual({ outcome: "nothing", changed: 0 });
    expect(await store.prices()).toEqual(OPEN);
    const [feed] = await store.database.owner("select last_poll_at, last_good_at from feeds");
    expect(feed).toEqual({ last_poll_at: LATER, last_good_at: NOON });
  });

  test("keeps equal ids of two sports apart", async () => {
    await using store = await openStore();
    const two = market("2", "Home/Away", [price("Home", "1.80"), price("Away", "2.05")]);
    await store.write(readGoalserve(board([match([WINNER])])));

    await store.write(
      readGoalserve(board([match([two], { localteam: { name: "Owls" } })], { sport: "baseball", ts: "50" })),
    );

    const events = await store.database.owner(
      "select source, source_event_id, home from events order by source",
    );
    expect(events).toEqual([
      { source: "goalserve/baseball", source_event_id: "501", home: "Owls" },
      { source: "goalserve/soccer", source_event_id: "501", home: "Harbour Rovers" },
    ]);
    expect((await store.prices()).some((words) => words.endsWith("suspended"))).toBe(false);
  });

  test("follows a renamed, moved and postponed match under the same id", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);

    const moved = { status: "Postp.", formatted_date: "04.03.2025", visitorteam: { name: "Millbrook Town" } };
    const report = await store.writeBoard("200", [match([WINNER], moved)]);

    expect(report.changed).toBe(1);
    expect(await store.database.owner("select status, away, starts_at from events")).toEqual([
      { status: "postponed", away: "Millbrook Town", starts_at: new Date("2025-03-04T15:00:00Z") },
    ]);
  });

  test("records a result that came with the board once, and closes the event", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const ended = {
      status: "FT",
      localteam: { name: "Harbour Rovers", goals: "1" },
      visitorteam: { name: "Millbrook", goals: "2" },
    };

    const first = await store.writeBoard("200", [match([WINNER], ended)], LATER);
    const second = await store.writeBoard("300", [match([WINNER], ended)], LATER);

    expect([first.changed > 0, second.changed]).toEqual([true, 0]);
    expect(
      await store.database.owner("select version, state, home_score, away_score, source from results"),
    ).toEqual([{ version: 1, state: "final", home_score: 1, away_score: 2, source: "goalserve/soccer" }]);
    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
    expect(await store.database.owner("select status from events")).toEqual([{ status: "ended" }]);
  });

  test("does not let a board reopen an event that is decided", async () => {
    await using store = await openStore();
    const score = { localteam: { name: "H", goals: "1" }, visitorteam: { name: "A", goals: "2" } };
    await store.writeBoard("100", [match([WINNER], { ...score, status: "FT" })]);

    await store.writeBoard("200", [match([WINNER], { status: "15:00" })]);

    expect((await store.prices()).every((words) => words.endsWith("suspended"))).toBe(true);
    expect(await store.database.owner("select status, home from events")).toEqual([
      { status: "ended", home: "H" },
    ]);
  });
});

describe("writeSnapshot, interrupted,", () => {
  test("leaves nothing of the snapshot, and the next attempt stores all of it", async () => {
    await using store = await openStore();
    await store.writeBoard("100", [match([WINNER])]);
    const next = readGoalserve(board([match([]), match([WINNER], { id: "502" })], { ts: "200" }));

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
    const next = readGoalserve(board([match([WINNER])], { ts: "200" }));
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
          execute: (text, values) =>
            text.includes("insert into prices")
              ? Promise.reject(new RangeError("killed before the prices"))
              : alone((connection) => connection.execute(text, values)),
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
    const next = readGoalserve(board([match([WINNER])], { ts: "200" }));

    const crashing = writeSnapshot(next, {
      at: LATER,
      async lease(options) {
        const lease = await store.pool.lease(options);
        const { query, execute } = lease.connection;
        return {
          ...lease,
          connection: {
            query,
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
    const snapshots = ["100", "200", "300", "400"].map((ts, index) =>
      readGoalserve(board([match([WINNER]), match([WINNER], { id: `60${index}` })], { ts })),
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

const soccer = dataPath("goalserve/2025-09-11_soccer_selected.json");
const english = dataPath("goalserve/2025-09-20_soccer_epl.json");

describe.skipIf(soccer === undefined || english === undefined)("writeSnapshot of the stored boards", () => {
  const load = async (path: string | undefined) => readGoalserve(await Bun.file(path ?? "").json());

  test("stores each sound identity once, as open as the source says, and nothing the second time", async () => {
    await using store = await openStore();
    const snapshot = await load(soccer);

    const first = await store.write(snapshot);
    const second = await store.write(snapshot);

    const wanted = snapshot.events.flatMap(({ prices }) => prices);
    const [stored] = await store.database.owner(
      "select count(*)::int as prices, count(*) filter (where not suspended)::int as open from prices",
    );
    expect(stored).toEqual({
      prices: wanted.length,
      open: wanted.filter(({ suspended }) => !suspended).length,
    });
    expect(first.changed).toBe(wanted.length + 12 + 29);
    expect(second.changed).toBe(0);
    const [aside] = await store.database.owner("select count(*)::int as rows from quarantine");
    expect(aside).toEqual({ rows: 29 });
  });

  test("suspends the whole board that a later state of the sport does not name", async () => {
    await using store = await openStore();
    await store.write(await load(soccer));

    await store.write(await load(english));

    const open = await store.database.owner(
      "select distinct competition from prices join events using (event_id) where not suspended",
    );
    expect(open).toEqual([{ competition: "England: Premier League" }]);
  });
});

describe("writeSnapshot of a huge board", () => {
  test("goes in groups of whole events, and is complete only with the last", async () => {
    await using store = await openStore();
    const many = (name: string) =>
      market(
        "22845",
        name,
        Array.from({ length: 6000 }, (_, index) => price(`P. ${index}`, "5.00")),
      );
    const matches = Array.from({ length: 5 }, (_, index) =>
      match([many("Anytime Goal Scorer")], { id: `${700 + index}` }),
    );
    const snapshot = readGoalserve(board(matches, { ts: "100" }));
    let commits = 0;

    const lease: Parameters<typeof writeSnapshot>[1]["lease"] = async (options) => {
      const held = await store.pool.lease(options);
      return {
        connection: held.connection,
        async commit() {
          commits += 1;
          if (commits === 2) throw new RangeError("killed between two groups");
          await held.commit();
        },
        [Symbol.asyncDispose]: () => held[Symbol.asyncDispose](),
      };
    };

    await expect(writeSnapshot(snapshot, { lease, at: NOON })).rejects.toThrow("between two groups");
    const whole = await store.database.owner(
      "select event_id, count(*)::int as prices from prices group by event_id",
    );
    expect(whole.map((row) => ("prices" in row ? row.prices : 0))).toEqual([6000, 6000, 6000]);
    expect(await store.database.owner("select 1 from feeds")).toEqual([]);

    const report = await store.write(snapshot);
    expect(report).toEqual({ outcome: "written", changed: 2 * 6001 });
    expect(await store.database.owner("select source_version from feeds")).toEqual([
      { source_version: 100n },
    ]);
  });
});
