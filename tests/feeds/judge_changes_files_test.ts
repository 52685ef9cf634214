import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { judgeChange, type StoredFacts } from "../../src/feeds/judge_changes.ts";
import {
  listQuarantine,
  releaseQuarantined,
  type Snapshot,
  type SnapshotEvent,
} from "../../src/feeds/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { readGames, readScores } from "./_games.ts";
import { readBoard } from "./_read.ts";
import { openStore, type Store } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const HOUR = 3_600_000;
const ODDS_FILE = /^\d{4}-\d{2}-\d{2}_(?!soccer_scores).*\.json$/;
const goalserve = dataPath("goalserve");
const boards = goalserve === undefined ? [] : readdirSync(goalserve).filter((name) => ODDS_FILE.test(name));

const load = (path: string): Promise<unknown> => Bun.file(dataPath(path) ?? "").json();

const storedOf = ({ facts }: SnapshotEvent): StoredFacts => ({
  starts_at: facts.startsAt,
  status: facts.status,
  clock_minutes: facts.clockMinutes ?? null,
  closed: false,
});

/** The same answer a version later, every kick-off so many hours later. */
function moved(snapshot: Snapshot, hours: number): Snapshot {
  const events = snapshot.events.map((event) => {
    const startsAt = new Date(event.facts.startsAt.getTime() + hours * HOUR);
    return { ...event, facts: { ...event.facts, startsAt } };
  });
  return { ...snapshot, version: snapshot.version + BigInt(Math.abs(hours)), events };
}

const open = async (store: Store) => (await store.prices()).filter((words) => !words.endsWith("suspended"));

describe.skipIf(goalserve === undefined)("the stored boards", () => {
  test.each(boards)(
    "%s: an answer contradicts nothing of itself, nor does one that is a few hours off",
    async (name) => {
      const { events } = await readBoard(await Bun.file(join(goalserve ?? "", name)).json());
      const at = new Date("2025-09-11T00:00:00Z");

      const heldBack = [0, 8, -8].flatMap((hours) =>
        events.flatMap((event) => {
          const startsAt = new Date(event.facts.startsAt.getTime() + hours * HOUR);
          const said = { ...event, facts: { ...event.facts, startsAt } };
          return judgeChange(said, { stored: storedOf(event), decided: () => undefined, at }).heldBack ?? [];
        }),
      );

      expect(heldBack).toEqual([]);
    },
  );

  test("the Premier League, three days later, is held back match by match, and a released match is on offer again", async () => {
    await using store = await openStore();
    const board = await readBoard(await load("goalserve/2025-09-20_soccer_epl.json"));
    const at = new Date("2025-09-18T12:00:00Z");
    await store.write(board, at);
    const before = await open(store);

    const report = await store.write(moved(board, 72), at);
    const meanwhile = await open(store);
    await using lease = await store.pool.lease({ access: "write" });
    const [last] = await listQuarantine(lease.connection, { reason: "time_moved", limit: 1 });
    const quarantineId = last?.quarantineId ?? "";
    await releaseQuarantined(lease.connection, { quarantineId, actor: "ana", at });
    await lease.commit();
    await store.write(moved(board, 73), at);
    const starts = await store.database.owner("select 1 from events where starts_at > '2025-09-23'");

    expect(before.length).toBeGreaterThan(0);
    expect(report.quarantined?.raised).toMatchObject({ time_moved: 10 });
    expect(meanwhile).toEqual([]);
    // One of the ten, an hour later still: a small move, and taken.
    expect(starts).toHaveLength(1);
  });
});

describe.skipIf(dataPath("theoddsapi") === undefined)("the stored games of The Odds API", () => {
  test("begin up to three minutes off between odds and scores, which nobody has to look at", async () => {
    await using store = await openStore();
    const odds = await readGames(await load("theoddsapi/nfl_odds_2022-wk4.json"));
    const scores = await readScores(await load("theoddsapi/nfl_scores_2022-10-03.json"));
    await store.write(odds, new Date("2022-10-01T12:00:00Z"));

    const report = await store.write(scores, new Date("2022-10-03T12:00:00Z"));
    const results = await store.database.owner<{ count: bigint }>("select count(*) from results");

    expect(report.outcome).toBe("written");
    expect(report.quarantined).toBeUndefined();
    expect(Number(results[0]?.count)).toBe(13);
    expect(await store.database.owner("select 1 from quarantine where reason = 'time_moved'")).toEqual([]);
  });
});
