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
    const snapshot = await readBoard(board(matches, { ts: "100" }));
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
