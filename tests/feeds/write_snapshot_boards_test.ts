import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeSnapshot } from "../../src/feeds/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { board, market, match, price } from "./_board.ts";
import { readBoard } from "./_read.ts";
import { NOON, openStore } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const soccer = dataPath("goalserve/2025-09-11_soccer_selected.json");
const english = dataPath("goalserve/2025-09-20_soccer_epl.json");

describe.skipIf(soccer === undefined || english === undefined)("writeSnapshot of the stored boards", () => {
  const load = async (path: string | undefined) => readBoard(await Bun.file(path ?? "").json());

  test("stores each sound identity once, as open as the source says, and nothing the second time", async () => {
    await using store = await openStore();
    const snapshot = await load(soccer);

    const first = await store.write(snapshot);
    const second = await store.write(snapshot);

    const wanted = snapshot.events.flatMap(({ prices }) => prices ?? []);
    const [stored] = await store.database.owner(
      "select count(*)::int as prices, count(*) filter (where not suspended)::int as open from prices",
    );
    expect(stored).toEqual({
      prices: wanted.length,
      open: wanted.filter(({ suspended }) => !suspended).length,
    });
    // Twelve events, what was set aside, and the one statement that a match is postponed.
    expect(first.changed).toBe(wanted.length + 12 + 29 + 1);
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
  const many = (name: string, value = "5.00") =>
    market(
      "22845",
      name,
      Array.from({ length: 6000 }, (_, index) => price(`P. ${index}`, value)),
    );
  const matches = (count: number, value?: string) =>
    Array.from({ length: count }, (_, index) =>
      match([many("Anytime Goal Scorer", value)], { id: `${700 + index}` }),
    );

  test("is one transaction: killed in the middle of its rows it leaves nothing, and goes whole the next time", async () => {
    await using store = await openStore();
    const snapshot = await readBoard(board(matches(5), { ts: "100" }));
    let commits = 0;
    let sent = 0;
    const lease: Parameters<typeof writeSnapshot>[1]["lease"] = async (options) => {
      const held = await store.pool.lease(options);
      const { connection } = held;
      return {
        ...held,
        connection: { ...connection, copyIn: (text, chunks) => connection.copyIn(text, cutOff(chunks)) },
        async commit() {
          commits += 1;
          await held.commit();
        },
      };
    };
    const cutOff = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        yield chunk;
        sent += chunk.length;
        if (sent < 1_000_000) continue;
        await store.database.owner(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%copy prices%' and pid <> pg_backend_pid()",
        );
      }
    };

    await expect(writeSnapshot(snapshot, { lease, at: NOON })).rejects.toMatchObject({
      code: "database_unreachable",
    });
    expect(sent).toBeGreaterThan(1_000_000);
    for (const table of ["events", "prices", "feeds", "quarantine", "changes"]) {
      expect(await store.database.owner(`select from ${table}`)).toEqual([]);
    }

    const report = await store.write(snapshot);
    expect([commits, report]).toEqual([0, { outcome: "written", changed: 5 * 6001 }]);
    expect(await store.database.owner("select source_version from feeds")).toEqual([
      { source_version: 100n },
    ]);
  });

  test("lets other work run, and writes every one of its prices when all of them change", async () => {
    await using store = await openStore();
    const [one, other] = await Promise.all(
      [matches(5), matches(5, "5.50")].map((each, index) => readBoard(board(each, { ts: `10${index}` }))),
    );
    if (one === undefined || other === undefined) throw new RangeError("no boards");
    let before = performance.now();
    let longestMs = 0;
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }, 1);

    await store.write(one);
    const report = await store.write(other);
    clearInterval(timer);

    expect(report).toEqual({ outcome: "written", changed: 5 * 6001 });
    expect(longestMs).toBeLessThan(500);
    const [row] = await store.database.owner(
      "select count(*)::int as rows from prices where price_numerator = 11",
    );
    expect(row).toEqual({ rows: 30_000 });
  });
});
