import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { FeedFailure } from "../../src/feeds/mod.ts";
import { takeTurns, until } from "../harness/mod.ts";
import * as hostile from "./_hostile_answers.ts";
import { type HostileStage, openHostileStage, SILENCE_MS } from "./_hostile_stage.ts";

takeTurns();

/*
 * A real worker with two feeds of one vendor, one of which turns hostile after its first good answer. Whatever it sends, the last
 * good prices stay as they are and are suspended when they are old, the other feed notices nothing, and the worker's memory
 * stays bounded by what the largest legal answer takes.
 */
setDefaultTimeout(90_000);

const GOOD = ["away 18/5", "draw 17/5", "home 21/10"];
let legalPeakMb = Number.NaN;

beforeAll(async () => {
  hostile.bomb();
  const peaksMb = [await legalPeak(), await legalPeak()];
  legalPeakMb = Math.max(...peaksMb);
  console.info(`The largest legal answer takes ${peaksMb.map(Math.round).join(" and ")} MB`);
}, 180_000);

/** The peak of a worker of its own that takes the largest legal answer. */
async function legalPeak(): Promise<number> {
  await using stage = await openHostileStage({ FEED_DEADLINE: "60", PRICE_MAX_AGE: "120" });
  stage.answer(() => hostile.largestBoard(200));
  await until(async () => (await stage.feed()).version === 200n, 80_000);
  return stage.peakMegabytes();
}

/** The last good prices as they were, suspended by their feed's silence, and nobody else the worse for it. */
async function expectUnmoved(
  stage: HostileStage,
  sport = "soccer",
  good: readonly string[] = GOOD,
): Promise<void> {
  await until(async () => (await stage.feed(sport)).silent, 40_000);
  const other = await stage.other();
  expect(await stage.prices(sport)).toEqual([...good]);
  expect(other).toMatchObject({ silent: false, failure: null });
  expect(other.ageMs).toBeLessThan(SILENCE_MS);
  expect((await stage.worker.get("/healthz")).status).toBe(200);
  expect(await (await stage.worker.get("/metrics")).text()).toMatch(/linehold_feeds_silent [1-9]/);
  expectBounded(stage);
}

/**
 * The hostile answers were 4 to 100 MB below the largest legal one. A reader that takes the whole answer before it judges its size was 52
 * (200 MB) and 421 (the bomb) above its own legal peak, and that peak was 120 higher.
 */
const MEMORY_SLACK_MB = 50;

function expectBounded(stage: HostileStage): void {
  expect(stage.peakMegabytes()).toBeLessThan(legalPeakMb + MEMORY_SLACK_MB);
}

type Case = readonly [what: string, failure: FeedFailure, answer: hostile.HostileAnswer, sport: string];

const SMALL: readonly Case[] = [
  ["HTML with status 200", "unreadable", hostile.html, "soccer"],
  ["a board that ends in its middle", "unreadable", () => hostile.truncated(200), "tennis"],
  ["types that are no board", "unreadable", hostile.noBoard, "rugby"],
  ["a byte a second", "timed_out", hostile.drip, "boxing"],
  ["a redirect to a link-local address", "redirected", hostile.toMetadata, "mma"],
  ["nothing at all", "timed_out", () => new Promise(() => {}), "futsal"],
  ["the same for ever", "frozen", () => hostile.goodBoard(100, "baseball"), "baseball"],
  ["older states only", "older", (nth) => hostile.goodBoard(99 - nth, "volleyball"), "volleyball"],
];

// One worker polls them all at once: each is the others' bad company too.
describe("a source that sends little, but", () => {
  const sports = SMALL.map(([, , , sport]) => sport);
  const good = new Map<string, readonly string[]>();
  let stage: HostileStage;
  beforeAll(async () => {
    stage = await openHostileStage({ FEED_FROZEN_LIMIT: "3" }, sports);
    for (const sport of sports) good.set(sport, await stage.prices(sport));
    for (const [, , answer, sport] of SMALL) stage.answer(answer, sport);
  }, 60_000);
  afterAll(() => stage[Symbol.asyncDispose]());

  test.each(SMALL)(
    "%s, is refused as %s, and its last good prices are suspended when they are old",
    async (...[, failure, , sport]) => {
      await until(async () => (await stage.feed(sport)).failure === failure, 40_000);

      expect(good.get(sport)).toHaveLength(3);
      await expectUnmoved(stage, sport, good.get(sport));
    },
  );
});

describe("a source that sends", () => {
  test.each<[string, FeedFailure, hostile.HostileAnswer]>([
    ["200 MB", "too_large", () => hostile.endlessBoard(200)],
    ["half a megabyte that unfolds to 512", "too_large", hostile.bomb],
  ])(
    "%s is refused as %s, and its last good prices are suspended when they are old",
    async (_what, failure, answer) => {
      await using own = await openHostileStage({ FEED_DEADLINE: "60" });

      own.answer(answer);
      await until(async () => (await own.feed()).failure === failure, 40_000);

      await expectUnmoved(own);
    },
  );

  test("absurd prices has them set aside, offers none of them, and is no silent one", async () => {
    await using stage = await openHostileStage();

    stage.answer((nth) => hostile.absurdPrices(200 + nth));
    await until(async () => (await stage.feed()).version > 200n, 20_000);

    const prices = await stage.prices();
    expect(prices.filter((words) => !words.endsWith("suspended"))).toEqual(["Nobody 15/2"]);
    expect(await stage.feed()).toMatchObject({ silent: false, failure: null });
    const [aside] = await stage.database.owner<{ count: number }>(
      "select count(*)::int as count from quarantine",
    );
    expect(aside?.count).toBeGreaterThan(8);
    expect((await stage.other()).ageMs).toBeLessThan(SILENCE_MS);
    expectBounded(stage);
  });

  test("wrong types inside a board offers nothing absurd, and the worker goes on", async () => {
    await using stage = await openHostileStage();

    stage.answer((nth) => hostile.wrongTypes(200 + nth));
    await until(() => stage.asked() >= 3, 20_000);

    // Whether such an answer is refused as a whole or in its parts, what is open is what was good.
    const open = (await stage.prices()).filter((words) => !words.endsWith("suspended"));
    expect(GOOD).toEqual(expect.arrayContaining(open));
    expect((await stage.other()).ageMs).toBeLessThan(SILENCE_MS);
    expect((await stage.worker.get("/healthz")).status).toBe(200);
    expectBounded(stage);
  });

  test("everything twice has it stored once", async () => {
    await using stage = await openHostileStage();

    stage.answer((nth) => hostile.duplicates(200 + nth));
    await until(async () => (await stage.feed()).version > 201n, 20_000);

    expect(await stage.prices()).toEqual(GOOD);
    expect(await stage.feed()).toMatchObject({ silent: false, failure: null });
  });

  test("states out of order has the newest kept", async () => {
    await using stage = await openHostileStage();
    const order = [300, 200, 250, 299];

    stage.answer((nth) => hostile.goodBoard(order[(nth - 1) % order.length] ?? 0));
    await until(() => stage.asked() >= 6, 20_000);

    expect((await stage.feed()).version).toBe(300n);
    expect(await stage.prices()).toEqual(GOOD);
  });

  test("a hundred thousand new markets has them kept by name, within memory, and the other feed on time", async () => {
    await using stage = await openHostileStage({ FEED_DEADLINE: "60", PRICE_MAX_AGE: "60" });

    let oldestMs = 0;

    stage.answer(() => hostile.newMarkets(200));
    await until(async () => {
      oldestMs = Math.max(oldestMs, (await stage.other()).ageMs);
      return (await stage.feed()).version === 200n;
    }, 60_000);

    expect(oldestMs).toBeLessThan(15_000);
    expect(await stage.other()).toMatchObject({ silent: false, failure: null });
    expect((await stage.worker.get("/healthz")).status).toBe(200);
    const metrics = await (await stage.worker.get("/metrics")).text();
    expect(metrics.length).toBeLessThan(50_000);
    expect(metrics).not.toContain("Market 200");
    expectBounded(stage);
  });
});

test("a hostile source that mends its ways is heard again with its first complete good answer", async () => {
  await using stage = await openHostileStage();
  stage.answer(hostile.html);
  await until(async () => (await stage.feed()).silent, 40_000);

  stage.answer((nth) => hostile.goodBoard(400 + nth));
  await stage.hurry();
  await until(async () => !(await stage.feed()).silent, 20_000);

  expect((await stage.feed()).version).toBeGreaterThan(400n);
  stage.worker.child.kill("SIGTERM");
  await stage.worker.child.exited;
  const events = (await stage.worker.events()).map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(["feeds.poll_failed", "feeds.silent", "feeds.heard_again"]));
});
