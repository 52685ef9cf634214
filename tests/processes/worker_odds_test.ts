import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { board, match, WINNER } from "../feeds/_board.ts";
import { openDatabase, openFaultProxy, type TestDatabase } from "../harness/mod.ts";
import { startOddsWorker as startWorker } from "./odds_worker.ts";

setDefaultTimeout(60_000);

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < 20_000; await Bun.sleep(50)) {
    if (await holds().catch(() => false)) return;
  }
  throw new RangeError(`It never came true: ${what}`);
}

const countOf = async (database: TestDatabase, table: string) =>
  (await database.owner<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count ?? 0;

describe("worker_odds", () => {
  test("plays the simulated league, says how it is, and stops in order", async () => {
    await using database = await openDatabase();
    await using worker = await startWorker({
      DATABASE_URL: database.url,
      FEEDS: "simulated",
      FEED_POLL_INTERVAL: "0.2",
    });

    await until("prices are stored", async () => (await countOf(database, "prices")) > 100);
    const health = await worker.get("/healthz");
    const metrics = await (await worker.get("/metrics")).text();
    worker.child.kill("SIGTERM");
    const code = await worker.child.exited;

    expect(health.status).toBe(200);
    expect(metrics).toContain("linehold_feed_age_seconds");
    expect(code).toBe(0);
    const events = await worker.events();
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(["worker_odds.started", "feeds.polled", "process.stopping", "process.stopped"]),
    );
    expect(await database.owner("select source from feeds")).toEqual([{ source: "simulated" }]);
  });

  test("outlives its database: one line when feeds cannot be claimed, one when they can", async () => {
    await using database = await openDatabase();
    const { hostname, port } = new URL(database.url);
    await using proxy = await openFaultProxy({ hostname, port: Number(port) });
    await using worker = await startWorker({
      DATABASE_URL: proxy.through(database.url),
      FEEDS: "simulated",
      FEED_POLL_INTERVAL: "0.2",
    });
    await until("prices are stored", async () => (await countOf(database, "prices")) > 100);

    await proxy.set("refuse");
    await Bun.sleep(2000);
    const health = await worker.get("/healthz");
    await proxy.set("pass");
    const before = await lastPoll();
    await until("it polls again", async () => (await lastPoll()) > before);
    worker.child.kill("SIGTERM");

    expect(health.status).toBe(200);
    expect(await worker.child.exited).toBe(0);
    const names = (await worker.events()).map(({ event }) => event);
    expect(names.filter((name) => name === "feeds.claims_failed")).toHaveLength(1);
    expect(names.filter((name) => name === "feeds.claims_work")).toHaveLength(1);
    expect(names.filter((name) => name === "feeds.poll_failed").length).toBeLessThanOrEqual(1);

    async function lastPoll(): Promise<number> {
      const [row] = await database.owner<{ at: Date }>("select last_good_at as at from feeds");
      return row?.at.getTime() ?? 0;
    }
  });

  test("polls GoalServe over HTTP, never shows the key, and stops at once in the middle of a poll", async () => {
    await using database = await openDatabase();
    const asked: string[] = [];
    const vendor = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch(request) {
        asked.push(new URL(request.url).pathname);
        return asked.length === 1 ? Response.json(board([match([WINNER])])) : new Promise<Response>(() => {});
      },
    });
    await using worker = await startWorker({
      DATABASE_URL: database.url,
      FEEDS: "goalserve",
      GOALSERVE_URL: `http://127.0.0.1:${vendor.port}/{key}/{sport}`,
      GOALSERVE_KEY: "k-very-secret",
      FEED_POLL_INTERVAL: "0.2",
    });

    await until("the vendor is asked again", async () => asked.length === 2);
    const shown = await (await worker.get("/metrics")).text();
    const status = await (await worker.get("/status")).text();
    const rows = await database.owner(
      "select feeds::text, (select string_agg(q::text, '') from feed_quotas q) from feeds",
    );
    const stoppedAt = performance.now();
    worker.child.kill("SIGTERM");
    const code = await worker.child.exited;

    expect(performance.now() - stoppedAt).toBeLessThan(3000);
    expect(code).toBe(0);
    expect(asked[0]).toBe("/k-very-secret/soccer");
    expect(await countOf(database, "prices")).toBe(3);
    expect(JSON.stringify([await worker.events(), shown, status, rows])).not.toContain("k-very-secret");
    await vendor.stop(true);
  });

  test("refuses wrong settings with 78, naming each", async () => {
    await using worker = await startWorker({
      FEEDS: "goalserve",
      DATABASE_URL: "postgres://a@127.0.0.1/b",
      GOALSERVE_SPORTS: "a,b,c,d,e",
    });
    const err = worker.child.stderr.text();

    expect(await worker.child.exited).toBe(78);
    expect(await err).toContain("GOALSERVE_URL");
    expect(await err).toContain("PRICE_MAX_AGE");
  });
});
