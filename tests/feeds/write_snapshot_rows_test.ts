import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { recordResult, writeSnapshot } from "../../src/feeds/mod.ts";
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { findPooler, openPooler, seededRandom } from "../harness/mod.ts";
import { eventOf, priceOf, pricesOf, snapshotOf } from "./_snapshots.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const LATER = new Date("2025-03-01T12:01:00Z");

/** Which version of each price row is stored where: a row that is written anew has another. */
async function versionsOf({ database }: Store): Promise<Map<string, string>> {
  const rows = await database.owner<{ name: string; version: string }>(
    "select source_event_id || ' ' || outcome as name, prices.xmin || ' ' || prices.ctid as version from prices join events using (event_id)",
  );
  return new Map(rows.map(({ name, version }) => [name, version]));
}

function changedBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after].filter(([name, version]) => before.get(name) !== version).map(([name]) => name);
}

const eventRows = ({ database }: Store) =>
  database.owner("select source_event_id, xmin::text, ctid::text from events order by 1");

describe("writeSnapshot, told what it knows,", () => {
  test("writes no row and reads no price, in whatever order the prices come", async () => {
    await using store = await openStore();
    const events = ["1", "2", "3"].map((id) => eventOf(id, pricesOf(300)));
    await store.write(snapshotOf(events));
    const before = [await versionsOf(store), await eventRows(store)];
    const said: string[] = [];
    const again = snapshotOf(
      events.toReversed().map((event) => ({ ...event, prices: event.prices?.toReversed() })),
      { version: 200n },
    );

    const report = await writeSnapshot(again, {
      at: LATER,
      async lease(options) {
        const lease = await store.pool.lease(options);
        const { query } = lease.connection;
        return {
          ...lease,
          connection: {
            ...lease.connection,
            query: (text, values) => {
              said.push(text);
              return query(text, values);
            },
          },
        };
      },
    });

    expect(report).toEqual({ outcome: "written", changed: 0 });
    expect([await versionsOf(store), await eventRows(store)]).toEqual(before);
    expect(said.some((text) => /from prices\s+where event_id = any/.test(text))).toBe(false);
    const [changes] = await store.database.owner(
      "select count(*)::int as rows from changes where topic = 'odds'",
    );
    expect(changes).toEqual({ rows: 3 });
  });

  test("writes the one price in a hundred that changed, and no other row of prices", async () => {
    await using store = await openStore();
    const board = (moved: number) =>
      Array.from({ length: 10 }, (_, id) =>
        eventOf(
          `${id}`,
          pricesOf(500).map((price, index) =>
            index % 100 === 7 ? { ...priceOf(price.outcome, moved) } : price,
          ),
        ),
      );
    await store.write(snapshotOf(board(250)));
    const before = await versionsOf(store);

    const report = await store.write(snapshotOf(board(260), { version: 200n }), LATER);

    const changed = changedBetween(before, await versionsOf(store));
    expect(changed.length).toBe(50);
    expect(changed.every((name) => Number(name.split(" ").at(-1)) % 100 === 7)).toBe(true);
    expect(report.changed).toBe(50 + 10);
  });

  test("finds what somebody else changed of its prices, and puts it right: a digest alone would not see it", async () => {
    await using store = await openStore();
    const snapshot = snapshotOf([eventOf("1", pricesOf(10)), eventOf("2", pricesOf(10))]);
    await store.write(snapshot);
    const digests = () =>
      store.database.owner<{ known: boolean }>("select prices_digest is not null as known from events");
    expect((await digests()).every(({ known }) => known)).toBe(true);

    await store.database.owner("update prices set suspended = true where outcome = 'P. 3'");

    expect((await digests()).some(({ known }) => known)).toBe(false);
    const report = await store.write(snapshot, LATER);
    expect(report.changed).toBe(2 + 2);
    expect(await store.database.owner("select from prices where suspended")).toEqual([]);
    expect((await digests()).every(({ known }) => known)).toBe(true);

    // The naive way: the same change under the writer's own setting leaves the digests as they are, and nobody notices.
    await store.database.owner("begin");
    await store.database.owner("select set_config('app.price_writer', 'feeds', true)");
    await store.database.owner("update prices set suspended = true where outcome = 'P. 3'");
    await store.database.owner("commit");
    expect((await store.write(snapshot, LATER)).changed).toBe(0);
    expect((await store.database.owner("select from prices where suspended")).length).toBe(2);
  });

  test("opens again what was absent in between, though it says of it what it said before", async () => {
    await using store = await openStore();
    const both = [eventOf("1", pricesOf(10)), eventOf("2", pricesOf(10))];
    await store.write(snapshotOf(both));
    await store.write(snapshotOf(both.slice(0, 1), { version: 200n }));
    expect((await store.database.owner("select from prices where suspended")).length).toBe(10);

    const report = await store.write(snapshotOf(both, { version: 300n }));

    expect(report.changed).toBe(1 + 10);
    expect(await store.database.owner("select from prices where suspended")).toEqual([]);
  });

  test("leaves closed what a trader's result closed, and says so to every machine", async () => {
    await using store = await openStore();
    const snapshot = snapshotOf([eventOf("1", pricesOf(10))]);
    await store.write(snapshot);
    const [event] = await store.database.owner<{ event_id: string }>("select event_id from events");
    const eventId = event?.event_id ?? "";
    {
      await using lease = await store.pool.lease({ access: "write" });
      const facts = { state: "final", score: { home: 1, away: 0 } } as const;
      await recordResult(lease.connection, { eventId, facts, source: "trader", at: LATER });
      await lease.commit();
    }

    const report = await store.write({ ...snapshot, version: 200n }, LATER);

    expect(report.changed).toBe(0);
    expect((await store.database.owner("select from prices where suspended")).length).toBe(10);
    const changes = await store.database.owner("select topic, key from changes order by number");
    expect(changes).toEqual([
      { topic: "odds", key: eventId },
      { topic: "facts", key: eventId },
      { topic: "odds", key: eventId },
    ]);
  });
});

describe("writeSnapshot of some events", () => {
  test("leaves alone what it does not name, and suspends the prices that a named event lacks", async () => {
    await using store = await openStore();
    await store.write(snapshotOf([eventOf("1", pricesOf(4)), eventOf("2", pricesOf(4))]));

    const named = snapshotOf([eventOf("1", pricesOf(3))], { version: 200n, scope: "named" });
    const report = await store.write(named, LATER);

    expect(report.changed).toBe(1 + 1);
    expect(
      await store.database.owner(
        "select source_event_id, outcome from prices join events using (event_id) where suspended",
      ),
    ).toEqual([{ source_event_id: "1", outcome: "P. 3" }]);
  });

  test("takes scores as statuses and results: no price is touched, nothing new is stored, versions are their own", async () => {
    await using store = await openStore();
    await store.write(snapshotOf([eventOf("1", pricesOf(4)), eventOf("2", pricesOf(4)), eventOf("3", [])]));
    const before = await versionsOf(store);
    const scores = snapshotOf(
      [
        eventOf("1", undefined, { status: "live", home: "HARBOUR ROVERS", competition: "League 1" }),
        {
          ...eventOf("2", undefined, { status: "ended" }),
          result: { state: "final", score: { home: 2, away: 2 } },
        },
        eventOf("9", undefined, { status: "live" }),
      ],
      { scope: "named", feed: "made/soccer/scores", version: 5n },
    );

    const report = await store.write(scores, LATER);
    const again = await store.write(scores, LATER);

    expect([report.changed, again.changed]).toEqual([2 + 1, 0]);
    expect(
      await store.database.owner("select source_event_id, status, home, competition from events order by 1"),
    ).toMatchObject([
      { source_event_id: "1", status: "live", home: "Harbour Rovers", competition: "First League" },
      { source_event_id: "2", status: "ended" },
      { source_event_id: "3", status: "scheduled" },
    ]);
    expect(changedBetween(before, await versionsOf(store)).every((name) => name.startsWith("2 "))).toBe(true);
    expect(await store.database.owner("select source, source_version from feeds order by 1")).toEqual([
      { source: "made/soccer", source_version: 100n },
      { source: "made/soccer/scores", source_version: 5n },
    ]);
  });
});

describe("writeSnapshot", () => {
  test("writes nothing at all once the fence says that the claim is lost", async () => {
    await using store = await openStore();
    const lost = new RangeError("somebody else has the feed");

    const writing = writeSnapshot(snapshotOf([eventOf("1", pricesOf(4))]), {
      lease: (options) => store.pool.lease(options),
      at: NOON,
      async fence(connection) {
        await connection.query("select 1");
        throw lost;
      },
    });

    await expect(writing).rejects.toBe(lost);
    for (const table of ["events", "prices", "feeds", "changes"]) {
      expect(await store.database.owner(`select from ${table}`)).toEqual([]);
    }
  });

  test("records one change for each event that changed, and one for all when they are many", async () => {
    await using store = await openStore();
    const events = Array.from({ length: 201 }, (_, id) => eventOf(`${id}`, pricesOf(1)));

    await store.write(snapshotOf(events));
    await store.write(snapshotOf([eventOf("0", pricesOf(2)), ...events.slice(1)], { version: 200n }));

    const [first] = await store.database.owner<{ event_id: string }>(
      "select event_id from events where source_event_id = '0'",
    );
    expect(await store.database.owner("select topic, key from changes order by number")).toEqual([
      { topic: "odds", key: "*" },
      { topic: "odds", key: first?.event_id },
    ]);
  });

  test("keeps an identity named twice once: open if both say the same, suspended if not", async () => {
    await using store = await openStore();
    const twice = [
      priceOf("A", 250),
      priceOf("A", 250),
      priceOf("B", 250),
      priceOf("B", 300),
      priceOf("B", 250),
    ];
    const snapshot = snapshotOf([eventOf("1", pricesOf(3)), eventOf("1", twice)]);

    await store.write(snapshot);
    const again = await store.write(snapshotOf([eventOf("1", twice)], { version: 200n }));

    expect(again.changed).toBe(0);
    expect(await store.prices()).toEqual(["A 5/2", "B 5/2 suspended"]);
  });

  test("stores whatever a name holds as it can be stored, by COPY and by statement alike", async () => {
    await using store = await openStore();
    const names = [
      "back\\slash",
      "\\N",
      "\\.",
      "tab\there",
      "line\nbreak",
      "nul\0",
      "\u001f",
      "\ud800",
      "é🏇",
      "",
      "x".repeat(5000),
    ];
    const prices = names.map((name, index) =>
      priceOf(name, 250, { label: name, lineQuarters: index % 2 === 0 ? null : -index }),
    );
    const strange = eventOf("odd\u001f\0", prices, { home: "a\0b\\", away: "\ud800" });

    await store.write(snapshotOf([strange, eventOf("2", [])]));
    const same = await store.write(snapshotOf([strange, eventOf("2", [])], { version: 200n }));
    const other = { ...strange, facts: { ...strange.facts, sourceEventId: "2" } };
    const written = await store.write(snapshotOf([strange, other], { version: 300n }));

    expect([same.changed, written.changed]).toEqual([0, 1 + names.length]);
    const rows = await store.database.owner<{ outcome: string; label: string; rows: number }>(
      "select outcome, label, count(*)::int as rows from prices group by outcome, label",
    );
    expect(rows.every(({ outcome, label, rows }) => outcome === label && rows === 2)).toBe(true);
    const stored = rows.map(({ outcome }) => outcome);
    expect(stored).toEqual(expect.arrayContaining(["back\\slash", "\\N", "\\.", "tab here", "é🏇", ""]));
    expect(Math.max(...stored.map(({ length }) => length))).toBe(240);
  });

  const pooler = findPooler();
  test.skipIf(pooler === undefined)("goes through PgBouncer in transaction mode", async () => {
    await using store = await openStore();
    await using running = await openPooler(store.database, { program: pooler ?? "" });
    await using pool = openPool(
      { url: running.url("linehold_odds"), role: "linehold_odds", applicationName: "pooled", max: 2 },
      { clock: systemClock, random: seededRandom(1) },
    );
    const write = (version: bigint, cents: number) =>
      writeSnapshot(snapshotOf([eventOf("1", pricesOf(9000, cents))], { version }), {
        lease: (options) => pool.lease(options),
        at: NOON,
      });

    expect((await write(1n, 250)).changed).toBe(9001);
    expect((await write(2n, 250)).changed).toBe(0);
    expect((await write(3n, 260)).changed).toBe(9001);
    // The setting of the writer's transaction has not stayed on a connection that others use.
    await store.database.owner("update prices set suspended = true where outcome = 'P. 1'");
    expect((await write(4n, 260)).changed).toBe(2);
  });
});
