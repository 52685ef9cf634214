import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  type Feed,
  type FeedEvent,
  FeedUnreachableError,
  feedStep,
  type Snapshot,
  simulatedFeed,
  simulatedSnapshot,
} from "../../src/feeds/mod.ts";
import { LeaseHeldError, startLoop } from "../../src/worker/mod.ts";
import { manualClock, seededRandom } from "../harness/mod.ts";
import { board, match, WINNER } from "./_board.ts";
import { readBoard } from "./_read.ts";
import { NOON, openStore, type Store } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

/** A feed that answers what it is told, one poll after another. */
function scripted(source: string, answers: (() => Promise<Snapshot>)[]): Feed {
  return {
    source,
    poll: () => answers.shift()?.() ?? Promise.reject(new FeedUnreachableError(source, "the script is over")),
  };
}

const open = (ts: string) => async () => readBoard(board([match([WINNER])], { ts }));

/** Steps of a real loop on a clock moved by hand. */
function stepping(
  store: Store,
  feeds: readonly Feed[],
  stopping: AbortSignal = new AbortController().signal,
) {
  const events: FeedEvent[] = [];
  const clock = manualClock(NOON.getTime());
  const step = feedStep(feeds, { clock, observe: (event) => events.push(event), stopping });
  const scope = {
    signal: new AbortController().signal,
    lease: (options?: Parameters<typeof store.pool.lease>[0]) => store.pool.lease(options),
  };
  return { events, clock, step: () => step(scope) };
}

describe("feedStep", () => {
  test("polls its feeds in turn, and stores what each says", async () => {
    await using store = await openStore();
    const hockey = async () => readBoard(board([match([WINNER])], { sport: "hockey", ts: "7" }));
    const { events, step } = stepping(store, [
      scripted("goalserve/soccer", [open("100"), open("200")]),
      scripted("goalserve/hockey", [hockey]),
    ]);

    const reports = [await step(), await step(), await step()];

    expect(reports.map(({ worked }) => worked)).toEqual([false, false, false]);
    expect(events.map(({ type, source }) => [type, source])).toEqual([
      ["feed_taken", "goalserve/soccer"],
      ["feed_taken", "goalserve/hockey"],
      ["feed_taken", "goalserve/soccer"],
    ]);
    expect(await store.database.owner("select source, source_version from feeds order by 1")).toEqual([
      { source: "goalserve/hockey", source_version: 7n },
      { source: "goalserve/soccer", source_version: 200n },
    ]);
  });

  test("reports a source that fails, notes the poll, leaves its prices and its age as they were, and goes on", async () => {
    await using store = await openStore();
    const { events, clock, step } = stepping(store, [scripted("goalserve/soccer", [open("100")])]);
    await step();
    await clock.advance(60_000);

    await step();

    expect(events.at(-1)).toMatchObject({ type: "feed_failed", error: { code: "feed_unreachable" } });
    expect(await store.database.owner("select last_poll_at, last_good_at from feeds")).toEqual([
      { last_poll_at: new Date(NOON.getTime() + 60_000), last_good_at: NOON },
    ]);
    expect((await store.prices()).length).toBe(3);
  });

  test("holds no lease while it polls", async () => {
    await using store = await openStore();
    const held: number[] = [];
    const feed: Feed = {
      source: "goalserve/soccer",
      async poll({ unfinished }) {
        held.push(store.pool.stats().leased);
        await unfinished();
        await Bun.sleep(20);
        held.push(store.pool.stats().leased);
        return await open("100")();
      },
    };
    const { step } = stepping(store, [feed]);

    await step();

    expect(held).toEqual([0, 0]);
  });

  test("throws what is a bug", async () => {
    await using store = await openStore();
    const { step } = stepping(store, [
      scripted("goalserve/soccer", [() => Promise.reject(new TypeError("a bug"))]),
    ]);

    await expect(step()).rejects.toThrow("a bug");
  });

  test("ends a poll under way when the process stops, and is no failure then", async () => {
    await using store = await openStore();
    const stop = new AbortController();
    const feed: Feed = {
      source: "goalserve/soccer",
      poll: ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        ),
    };
    const { events, step } = stepping(store, [feed], stop.signal);

    const pending = step();
    await Bun.sleep(10);
    stop.abort();

    expect(await pending).toEqual({ worked: false });
    expect(events).toEqual([]);
  });

  test("rests in its loop with nothing held; a step that leaks a lease ends the loop", async () => {
    await using store = await openStore();
    const clock = manualClock(NOON.getTime());
    const deps = { pool: store.pool, clock, random: seededRandom(1), observe: () => {} };
    const step = feedStep([scripted("goalserve/soccer", [open("100")])], {
      clock,
      observe: () => {},
      stopping: new AbortController().signal,
    });
    await using leaked = new AsyncDisposableStack();
    await using sound = startLoop({ name: "sound", restMs: 1000, step }, deps);
    const leaking = startLoop(
      {
        name: "leaking",
        restMs: 1000,
        async step(scope) {
          leaked.use(await scope.lease());
          return { worked: false };
        },
      },
      deps,
    );

    await expect(leaking.finished).rejects.toThrow(LeaseHeldError);
    for (let tries = 0; tries < 200 && !sound.beat().resting; tries += 1) await Bun.sleep(10);
    expect(sound.beat()).toMatchObject({ resting: true, steps: 1, failures: 0 });
  });
});

describe("the simulated feed in its loop", () => {
  const START = Date.UTC(2025, 2, 1, 12);

  test("plays from kick-off to result, and a restart or an absence of hours loses none", async () => {
    await using store = await openStore();
    const takeAt = async (ms: number) => {
      const clock = manualClock(START + ms);
      const step = feedStep([simulatedFeed({ seed: 5 })], {
        clock,
        observe: () => {},
        stopping: new AbortController().signal,
      });
      const scope = {
        signal: new AbortController().signal,
        lease: (options?: object) => store.pool.lease(options),
      };
      await step(scope);
    };
    const begun = simulatedSnapshot({ seed: 5 }, { at: new Date(START), unfinished: [] }).events.filter(
      ({ facts }) => facts.status === "live",
    );

    await takeAt(0);
    await takeAt(0); // a second worker, or the same one restarted
    await takeAt(3 * 3_600_000);

    const ids = begun.map(({ facts }) => facts.sourceEventId);
    const results = await store.database.owner<{
      id: string;
      status: string;
      score: string;
      version: number;
    }>(
      `select source_event_id as id, status, home_score || '-' || away_score as score, version
       from results join events using (event_id) where source_event_id = any ($1) order by 1`,
      [ids],
    );
    expect(results.map(({ id }) => id)).toEqual([...ids].sort());
    expect(results.every(({ status, version }) => status === "ended" && version === 1)).toBe(true);
    const [left] = await store.database.owner(
      "select count(*)::int as count from events where status in ('live', 'scheduled') and starts_at < $1",
      [new Date(START + 2 * 3_600_000)],
    );
    expect(left).toEqual({ count: 0 });
    const [loose] = await store.database.owner(
      "select count(*)::int as count from prices join events using (event_id) where not suspended and status = 'ended'",
    );
    expect(loose).toEqual({ count: 0 });
  });
});
