import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  FeedUnreachableError,
  FeedUnreadableError,
  type FeedVendor,
  goalserveVendor,
  pollStep,
  simulatedSnapshot,
  simulatedVendor,
} from "../../src/feeds/mod.ts";
import { LeaseHeldError, startLoop } from "../../src/worker/mod.ts";
import { manualClock, seededRandom, until } from "../harness/mod.ts";
import { type Answer, boardOf, feedSeed, openFeedStage, scripted } from "./_feed_stage.ts";
import { NOON, openStore } from "./_store.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const SOCCER = "goalserve/soccer";
const HOCKEY = feedSeed({ source: "goalserve/hockey", settings: { sport: "hockey" } });
const failing =
  (why: string): Answer =>
  () =>
    Promise.reject(new FeedUnreachableError(SOCCER, why, { failure: "server_error" }));

describe("pollStep", () => {
  test("polls what is due, the longest waiting first, and stores what each says", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed(), HOCKEY]);
    const step = stage.worker(
      scripted({ [SOCCER]: [boardOf("100")], "goalserve/hockey": [boardOf("7", "hockey")] }),
    );

    const reports = [await step(), await step(), await step()];

    expect(reports.map(({ worked }) => worked)).toEqual([true, true, false]);
    expect(stage.events.map(({ type }) => type)).toEqual(["feed_taken", "feed_taken"]);
    expect(await store.database.owner("select source, source_version from feeds order by 1")).toEqual([
      { source: "goalserve/hockey", source_version: 7n },
      { source: SOCCER, source_version: 100n },
    ]);
  });

  test("lets a slow feed hold up its own loop alone", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed(), HOCKEY]);
    const slow = Promise.withResolvers<void>();
    const vendor = scripted({
      [SOCCER]: [boardOf("100")],
      "goalserve/hockey": [async (request) => slow.promise.then(() => boardOf("7", "hockey")(request))],
    });
    const [one, other] = [stage.worker(vendor), stage.worker(vendor)];

    const pending = one(); // hockey, by name
    await until(async () => (await stage.feed("goalserve/hockey"))["claimed_by"] !== null);
    await other();

    expect(stage.events).toMatchObject([{ type: "feed_taken", source: SOCCER }]);
    slow.resolve();
    await pending;
    expect(stage.events).toHaveLength(2);
  });

  test("keeps a vendor's gap between two polls, whichever of its feeds they are for", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed(), HOCKEY], { gapMs: 60_000 });
    const step = stage.worker(scripted({ "goalserve/hockey": [boardOf("7", "hockey")] }));

    expect([(await step()).worked, (await step()).worked]).toEqual([true, false]);
  });

  test("reports a source that fails, notes it, leaves its prices and its age as they were, and lets it cool down", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const step = stage.worker(
      scripted({ [SOCCER]: [boardOf("100"), failing("it is ill"), failing("still")] }),
    );
    await step();
    await stage.clock.advance(60_000);
    await stage.makeDue();
    await step();
    const first = await stage.feed();
    await store.database.owner("update feeds set due_at = now()");
    const cooling = await step();
    await stage.makeDue();
    await step();
    const second = await stage.feed();

    expect(stage.events.at(-1)).toMatchObject({ type: "feed_failed", failure: "server_error" });
    expect(first).toMatchObject({
      last_poll_at: new Date(NOON.getTime() + 60_000),
      last_good_at: NOON,
      last_failure: "server_error",
      failures: 1,
      claimed_by: null,
    });
    expect(cooling.worked).toBe(false);
    expect(second["failures"]).toBe(2);
    const [one, two] = stage.events.slice(1).map((event) => ("cooldownMs" in event ? event.cooldownMs : 0));
    expect([
      30_000 <= (one ?? 0),
      (one ?? 0) <= 60_000,
      (one ?? 0) <= (two ?? 0),
      (two ?? 0) <= 120_000,
    ]).toEqual([true, true, true, true]);
    expect((await store.prices()).length).toBe(3);
  });

  test("forgets the failures with the next good poll", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const step = stage.worker(scripted({ [SOCCER]: [failing("it is ill"), boardOf("100")] }));

    await step();
    await stage.makeDue();
    await step();

    expect(await stage.feed()).toMatchObject({ failures: 0, last_failure: null, cooldown_until: null });
  });

  test("takes an older state and an answer without data for no good poll, and asks again in time", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const step = stage.worker(scripted({ [SOCCER]: [boardOf("100"), boardOf("99")] }));
    await step();
    await stage.clock.advance(60_000);
    await stage.makeDue();

    await step();

    expect(await stage.feed()).toMatchObject({
      last_good_at: NOON,
      last_failure: "older",
      failures: 0,
      cooldown_until: expect.any(Date),
      source_version: 100n,
    });
  });

  test("takes an answer about another feed for none", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const step = stage.worker(scripted({ [SOCCER]: [boardOf("7", "hockey")] }));

    await step();

    expect(stage.events).toMatchObject([{ type: "feed_failed", failure: "unreadable" }]);
    expect(await store.prices()).toEqual([]);
  });

  test("confirms the stored state, and writes no price, when the source says it has nothing new", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const heard: unknown[] = [];
    const stored = { url: "digest", etag: '"one"', lastModified: undefined };
    const tagged: Answer = (request) => {
      request.answered?.({
        stored,
        quota: { remaining: undefined, cost: undefined },
        retryAfterMs: undefined,
      });
      return boardOf("100")(request);
    };
    const unchanged: Answer = async (request) => void heard.push(request.stored);
    const step = stage.worker(scripted({ [SOCCER]: [tagged, unchanged, unchanged] }));
    await step();
    const written = await store.database.owner("select xmin::text from prices order by 1");
    await stage.clock.advance(60_000);
    await stage.makeDue();

    await step();

    expect(heard).toEqual([stored]);
    expect(stage.events.at(-1)).toEqual({ type: "feed_unchanged", source: SOCCER });
    expect(await stage.feed()).toMatchObject({ last_good_at: new Date(NOON.getTime() + 60_000) });
    expect(await store.database.owner("select xmin::text from prices order by 1")).toEqual(written);

    // Another state is stored since, by another way in: the source knows nothing of it, and would confirm it.
    await store.writeBoard("101", []);
    await stage.makeDue();
    await step();
    expect(heard).toEqual([stored, undefined]);
  });

  test("takes a source that has said the same for too long for stuck, until it moves", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed({ frozenMs: 120_000 })]);
    const same = boardOf("100");
    const step = stage.worker(scripted({ [SOCCER]: [same, same, same, boardOf("101")] }));
    const failures: unknown[] = [];
    for (const ms of [0, 110_000, 20_000, 60_000]) {
      await stage.clock.advance(ms);
      await stage.makeDue();
      await step();
      failures.push((await stage.feed())["last_failure"]);
    }

    expect(failures).toEqual([null, null, "frozen", null]);
  });

  test("caches that a row cannot be polled, and goes on with the others", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed({ settings: {} })]);
    const deps = {
      fetch,
      clock: stage.clock,
      resolve: async () => [],
      privateHosts: new Set<string>(),
    };
    const step = stage.worker(
      goalserveVendor({ oddsUrl: "http://127.0.0.1:1/{key}", scoresUrl: undefined, key: () => "" }, deps),
    );

    await step();

    expect(await stage.feed()).toMatchObject({ last_failure: "misconfigured", failures: 1 });
  });

  test("polls nothing of a feed that was switched off, and writes nothing of a poll under way", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const answer: Answer = async (request) => {
      await store.database.owner("update feeds set enabled = false");
      return boardOf("100")(request);
    };
    const step = stage.worker(scripted({ [SOCCER]: [answer, boardOf("101")] }));

    await step();
    await stage.makeDue();
    const off = await step();

    expect(stage.events.map(({ type }) => type)).toEqual(["feed_lost"]);
    expect(off.worked).toBe(false);
    expect(await store.prices()).toEqual([]);
  });

  test("holds no lease while it polls", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const held: number[] = [];
    const answer: Answer = async (request) => {
      held.push(store.pool.stats().leased);
      await request.unfinished();
      await Bun.sleep(20);
      held.push(store.pool.stats().leased);
      return boardOf("100")(request);
    };

    await stage.worker(scripted({ [SOCCER]: [answer] }))();

    expect(held).toEqual([0, 0]);
  });

  test("throws what is a bug", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const step = stage.worker(scripted({ [SOCCER]: [() => Promise.reject(new TypeError("a bug"))] }));

    await expect(step()).rejects.toThrow("a bug");
  });

  test("ends a poll under way when the process stops, gives its claim back, and is no failure then", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const stop = new AbortController();
    const never: Answer = ({ signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
      );
    const step = stage.worker(scripted({ [SOCCER]: [never] }), { stopping: stop.signal });

    const pending = step();
    await until(async () => (await stage.feed())["claimed_by"] !== null);
    stop.abort();
    await pending;

    expect(stage.events).toEqual([]);
    expect(await stage.feed()).toMatchObject({ claimed_by: null, claimed_until: null, failures: 0 });
  });

  test("rests in its loop with nothing held; a step that leaks a lease ends the loop", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const clock = manualClock(NOON.getTime());
    const deps = { pool: store.pool, clock, random: seededRandom(1), observe: () => {} };
    const step = pollStep(scripted({ [SOCCER]: [boardOf("100")] }), {
      ...deps,
      stopping: new AbortController().signal,
      claimant: "one",
      leaseMs: 60_000,
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
    await until(async () => {
      await clock.advance(1);
      return sound.beat().steps === 2 && sound.beat().resting;
    });
    expect(sound.beat()).toMatchObject({ failures: 0 });
    expect((await store.prices()).length).toBe(3);
  });
});

describe("a worker that has lost its claim", () => {
  /** What a worker does between its answer and its writing is another's turn. */
  async function overtaken(leaseMs: number) {
    const store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const frozen = Promise.withResolvers<void>();
    const slow: Answer = async (request) => {
      const snapshot = await boardOf("300")(request);
      await frozen.promise;
      return snapshot;
    };
    const zombie = stage.worker(scripted({ [SOCCER]: [slow] }), { leaseMs })();
    await until(async () => (await stage.feed())["claimed_by"] !== null);
    const thaw = async () => {
      frozen.resolve();
      await zombie;
    };
    return { store, stage, thaw };
  }

  test("writes nothing once another has claimed the feed, not even that it failed", async () => {
    const { store, stage, thaw } = await overtaken(50);
    await using _ = store;
    await Bun.sleep(80);
    await stage.makeDue();
    await stage.worker(scripted({ [SOCCER]: [boardOf("200")] }))();
    const before = await stage.feed();

    await thaw();

    expect(stage.events.map(({ type }) => type)).toEqual(["feed_taken", "feed_lost"]);
    expect(await stage.feed()).toEqual(before);
    expect(before).toMatchObject({ source_version: 200n, claim_token: 2n });
  });

  test("writes nothing past its time, though nobody has claimed the feed since", async () => {
    const { store, stage, thaw } = await overtaken(50);
    await using _ = store;
    await Bun.sleep(80);

    await thaw();

    expect(stage.events.map(({ type }) => type)).toEqual(["feed_lost"]);
    expect(await store.prices()).toEqual([]);
  });

  test("writes within its time, as nobody else could poll the feed meanwhile", async () => {
    const { store, stage, thaw } = await overtaken(60_000);
    await using _ = store;
    await stage.makeDue();
    const other = await stage.worker(scripted({ [SOCCER]: [boardOf("200")] }))();

    await thaw();

    expect(other.worked).toBe(false);
    expect(await stage.feed()).toMatchObject({ source_version: 300n });
  });
});

describe("a vendor's quota", () => {
  const answering =
    (remaining: number | undefined, cost: number | undefined, ts = "100"): Answer =>
    (request) => {
      request.answered?.({
        stored: { url: "digest", etag: undefined, lastModified: undefined },
        quota: { remaining, cost },
        retryAfterMs: undefined,
      });
      return boardOf(ts)(request);
    };
  const quota = async (store: Awaited<ReturnType<typeof openStore>>) => {
    const [row] = await store.database.owner<{ remaining: number; wait: number }>(
      "select remaining, extract(epoch from next_request_at - now())::float8 as wait from feed_quotas",
    );
    return row;
  };

  test("is spent before the request, spread over the period, and kept over a restart", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()], { budget: { units: 100, renewsOn: 1 } });
    const spentAt: unknown[] = [];
    const answer: Answer = async (request) => {
      spentAt.push((await quota(store))?.remaining);
      return boardOf("100")(request);
    };

    await stage.worker(scripted({ [SOCCER]: [answer] }, { cost: 6 }))();
    await store.database.owner("update feeds set due_at = now()");
    const paced = await stage.worker(scripted({ [SOCCER]: [answer] }, { cost: 6 }))();

    expect(spentAt).toEqual([94]);
    expect(paced.worked).toBe(false);
    const month = 30.5 * 86_400; // from noon of 1 March to 1 April
    expect((await quota(store))?.wait).toBeCloseTo((month * 6) / 100, -2);
  });

  test("is corrected by what the source says of it", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()], { budget: { units: 100, renewsOn: 1 } });
    const step = stage.worker(
      scripted(
        { [SOCCER]: [answering(undefined, 0), answering(50, 6), answering(undefined, undefined)] },
        { cost: 6 },
      ),
    );
    const left: unknown[] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      await stage.makeDue();
      await step();
      left.push((await quota(store))?.remaining);
    }

    expect(left).toEqual([100, 50, 44]);
  });

  test("asks nobody when it is spent, until the period ends", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()], { budget: { units: 10, renewsOn: 1 } });
    const step = stage.worker(scripted({ [SOCCER]: [answering(4, 6), answering(4, 6)] }, { cost: 6 }));
    await step();
    await stage.makeDue();

    const withheld = await step();
    await stage.clock.advance(31 * 86_400_000);
    await stage.makeDue();
    const renewed = await step();

    expect([withheld.worked, renewed.worked]).toEqual([false, true]);
    expect(stage.events[1]).toMatchObject({ type: "feed_withheld", until: new Date("2025-04-01T00:00:00Z") });
  });

  test("is not asked for anything before the vendor wants to be asked, over all its feeds", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed(), HOCKEY]);
    const busy: Answer = async (request) => {
      request.answered?.({
        stored: { url: "digest", etag: undefined, lastModified: undefined },
        quota: { remaining: undefined, cost: undefined },
        retryAfterMs: 90_000,
      });
      throw new FeedUnreachableError("goalserve/hockey", "it is busy", { failure: "rate_limited" });
    };
    const step = stage.worker(scripted({ "goalserve/hockey": [busy], [SOCCER]: [boardOf("100")] }));

    await step();

    expect((await step()).worked).toBe(false);
    expect((await quota(store))?.wait).toBeCloseTo(90, -1);
  });
});

describe("silence", () => {
  const changes = async (store: Awaited<ReturnType<typeof openStore>>) =>
    await store.database.owner("select topic, key from changes where key = '*' order by number");

  test("is marked once past the limit, by whichever worker looks, and told to every machine", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    await stage.worker(scripted({ [SOCCER]: [boardOf("100")] }))();
    const look = async (ms: number) => {
      await stage.clock.advance(ms);
      await stage.look();
      return (await stage.feed())["silent_since"];
    };

    expect(await look(300_000)).toBeNull();
    const marked = await look(1);
    expect(await look(60_000)).toEqual(marked);

    expect(marked).toEqual(new Date(NOON.getTime() + 300_001));
    expect(stage.events.slice(1)).toEqual([
      { type: "feed_silent", source: SOCCER, lastGoodAt: NOON, limitMs: 300_000 },
    ]);
    expect(await changes(store)).toEqual([{ topic: "odds", key: "*" }]);
  });

  test("is ended by a complete good poll alone", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()]);
    const nonsense: Answer = () => Promise.reject(new FeedUnreadableError(SOCCER, "it is HTML"));
    const step = stage.worker(
      scripted({ [SOCCER]: [boardOf("100"), failing("it is ill"), nonsense, boardOf("99"), boardOf("101")] }),
    );
    await step();
    await stage.clock.advance(400_000);
    await stage.look();
    const silent: boolean[] = [];
    for (let poll = 0; poll < 4; poll += 1) {
      await stage.makeDue();
      await step();
      silent.push((await stage.feed())["silent_since"] !== null);
    }

    expect(silent).toEqual([true, true, true, false]);
    expect(stage.events.filter(({ type }) => type === "feed_heard")).toHaveLength(1);
    expect((await changes(store)).length).toBeGreaterThanOrEqual(2);
  });

  test("counts from the first sight of a feed that never answered, and not for one that prices nothing", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed(), feedSeed({ source: `${SOCCER}/scores`, silenceMs: undefined })]);

    await stage.clock.advance(300_001);
    await stage.look();

    expect(stage.events).toMatchObject([{ type: "feed_silent", source: SOCCER, lastGoodAt: undefined }]);
  });
});

describe("what the environment says of feeds", () => {
  test("holds when it is new, and what was edited holds until it changes", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    const pollMs = async () => (await stage.feed())["poll_ms"];
    await stage.seed([feedSeed({ pollMs: 1000 })]);
    await store.database.owner("update feeds set poll_ms = 5000, enabled = false");

    await stage.seed([feedSeed({ pollMs: 1000 })]);
    const edited = await pollMs();
    await stage.seed([feedSeed({ pollMs: 2000 })]);

    expect([edited, await pollMs(), (await stage.feed())["enabled"]]).toEqual([5000, 2000, false]);
  });

  test("changes what is left of a period by what it changes of the budget", async () => {
    await using store = await openStore();
    const stage = openFeedStage(store);
    await stage.seed([feedSeed()], { budget: { units: 100, renewsOn: 1 } });
    await stage.worker(scripted({ [SOCCER]: [boardOf("100")] }, { cost: 6 }))();

    await stage.seed([feedSeed()], { budget: { units: 500, renewsOn: 1 } });

    expect(await store.database.owner("select remaining from feed_quotas")).toEqual([{ remaining: 494 }]);
  });
});

describe("the simulated feed in its loop", () => {
  const START = Date.UTC(2025, 2, 1, 12);

  test("plays from kick-off to result, and a restart or an absence of hours loses none", async () => {
    await using store = await openStore();
    const vendor: FeedVendor = simulatedVendor({ seed: 5 });
    const takeAt = async (ms: number) => {
      const stage = openFeedStage(store);
      await stage.clock.advance(START + ms - stage.clock.epochMs());
      const seed = feedSeed({ source: "simulated", kind: "simulated", settings: {} });
      await stage.seed([seed], { vendor: "simulated" });
      await stage.makeDue();
      await stage.worker(vendor)();
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
    }>(
      `select source_event_id as id, status, home_score || '-' || away_score as score
       from results join events using (event_id) where source_event_id = any ($1) order by 1`,
      [ids],
    );
    expect(results.map(({ id }) => id)).toEqual([...ids].sort());
    expect(results.every(({ status }) => status === "ended")).toBe(true);
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
