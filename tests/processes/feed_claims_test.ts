import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { board, match, WINNER } from "../feeds/_board.ts";
import { openDatabase, type TestDatabase, until } from "../harness/mod.ts";
import { type OddsWorker, startOddsWorker } from "./odds_worker.ts";

// Real processes and a real database, on a machine that other work may share.
setDefaultTimeout(90_000);

const NAIVE = resolve(import.meta.dir, "naive_odds_worker.ts");
const GAP_MS = 300;
const COST = 3;
const BUDGET = 90_000_000;

interface Source extends AsyncDisposable {
  readonly port: number;
  /** When each request came, and for what. */
  readonly asked: { readonly atMs: number; readonly path: string }[];
}

/** A vendor on this machine. */
function openSource(answer: (path: string, nth: number) => Response | Promise<Response>): Source {
  const asked: Source["asked"] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch(request) {
      const { pathname } = new URL(request.url);
      asked.push({ atMs: performance.now(), path: pathname });
      return answer(pathname, asked.length);
    },
  });
  return { port: server.port ?? 0, asked, [Symbol.asyncDispose]: () => server.stop(true) };
}

async function startThree(env: Record<string, string>, entry?: string) {
  const scope = new AsyncDisposableStack();
  const workers: OddsWorker[] = [];
  for (const worker of await Promise.all([1, 2, 3].map(() => startOddsWorker(env, entry)))) {
    workers.push(scope.use(worker));
  }
  return { workers, [Symbol.asyncDispose]: () => scope.disposeAsync() };
}

const goalserve = (database: TestDatabase, source: Source): Record<string, string> => ({
  DATABASE_URL: database.url,
  FEEDS: "goalserve",
  GOALSERVE_URL: `http://127.0.0.1:${source.port}/{sport}`,
  GOALSERVE_SPORTS: "soccer,futsal,boxing",
  FEED_POLL_INTERVAL: `${GAP_MS / 1000}`,
});

const versioned = (sport: string, ts: number) =>
  Response.json(board([match([WINNER])], { sport, ts: `${ts}` }));

/** Polls by three workers over three feeds: how many there were, how many the pace allows, and how many were claimed. */
async function pollTogether(entry?: string) {
  await using database = await openDatabase();
  await using source = openSource((path, nth) => versioned(path.slice(1), 100 + nth));
  await using three = await startThree(goalserve(database, source), entry);

  await until(() => source.asked.length >= 15, 30_000);
  await stop(three.workers);
  const times = source.asked.map(({ atMs }) => atMs);
  const allowed = Math.floor(((times.at(-1) ?? 0) - (times[0] ?? 0)) / GAP_MS) + 1;
  const feeds = new Set(source.asked.map(({ path }) => path)).size;
  return { requests: times.length, allowed, claims: await claimsOf(database), feeds };
}

async function stop(workers: readonly OddsWorker[]): Promise<void> {
  for (const { child } of workers) child.kill("SIGTERM");
  await Promise.all(workers.map(({ child }) => child.exited));
}

async function claimsOf(database: TestDatabase): Promise<number> {
  const [row] = await database.owner<{ claims: number }>("select sum(claim_token)::int as claims from feeds");
  return row?.claims ?? 0;
}

/** Each worker may have been told to end between its claim and its request. */
const CUT_SHORT_MAX = 3;

describe("three workers on the same feeds", () => {
  test("make each poll once: a request for each claim, and no more than the vendor's gap allows", async () => {
    const { requests, allowed, claims, feeds } = await pollTogether();

    // A request that was late on its way lets the one after it look early.
    expect(requests).toBeLessThanOrEqual(allowed + 1);
    expect(claims - requests).toBeGreaterThanOrEqual(0);
    expect(claims - requests).toBeLessThanOrEqual(CUT_SHORT_MAX);
    expect(feeds).toBe(3);
  });

  test("would each ask without claims, which the same look finds", async () => {
    const { requests, allowed } = await pollTogether(NAIVE);

    expect(requests).toBeGreaterThan(allowed + 1);
  });

  test("spend the quota once: as much as was claimed, and was charged for", async () => {
    await using database = await openDatabase();
    let charged = 0;
    await using source = openSource(() => {
      charged += COST;
      const headers = { "x-requests-last": `${COST}`, "x-requests-remaining": `${BUDGET - charged}` };
      return Response.json([], { headers });
    });
    await using three = await startThree({
      DATABASE_URL: database.url,
      FEEDS: "the_odds_api",
      THE_ODDS_API_URL: `http://127.0.0.1:${source.port}`,
      THE_ODDS_API_KEY: "k-very-secret",
      THE_ODDS_API_SPORTS: "soccer_epl,basketball_nba",
      THE_ODDS_API_BUDGET: `${BUDGET}`,
      FEED_POLL_INTERVAL: "0.2",
    });

    await until(() => source.asked.length >= 10, 30_000);
    await stop(three.workers);

    const [left] = await database.owner<{ remaining: number }>("select remaining from feed_quotas");
    const claims = await claimsOf(database);
    expect(left?.remaining).toBe(BUDGET - COST * claims);
    expect(claims * COST - charged).toBeGreaterThanOrEqual(0);
    expect(claims * COST - charged).toBeLessThanOrEqual(CUT_SHORT_MAX * COST);
    expect(new Set(source.asked.map(({ path }) => path)).size).toBe(2);
  });
});

/** One worker is stopped with its answer on the way, another polls when its time is up, and then the first goes on. */
async function freezeOne(entry?: string) {
  await using database = await openDatabase();
  const held = Promise.withResolvers<Response>();
  await using source = openSource((_path, nth) => (nth === 1 ? held.promise : versioned("soccer", 200)));
  const env = {
    ...goalserve(database, source),
    GOALSERVE_SPORTS: "soccer",
    FEED_POLL_INTERVAL: "30",
    FEED_DEADLINE: "40",
    FEED_CLAIM_LEASE: "60",
  };
  await using frozen = await startOddsWorker(env, entry);
  await until(() => source.asked.length === 1, 20_000);
  frozen.child.kill("SIGSTOP");
  // As if its minute had passed.
  await database.owner("update feeds set claimed_until = now() - interval '1 second', due_at = now()");
  await database.owner("update feed_quotas set next_request_at = now()");

  await using other = await startOddsWorker(env, entry);
  const version = async () => (await database.owner<{ version: bigint }>(SELECT_VERSION))[0]?.version;
  await until(async () => (await version()) === 200n, 20_000);
  await until(async () => (await claimed(database)) === null, 20_000);
  const before = await database.owner("select * from feeds");
  // Newer than what is stored: nothing but its claim keeps the first worker from writing it.
  held.resolve(versioned("soccer", 300));
  await Bun.sleep(200);
  frozen.child.kill("SIGCONT");
  const isOver = async () => (await version()) === 300n || (await logged(frozen));
  await until(isOver, 20_000);
  frozen.child.kill("SIGTERM");
  other.child.kill("SIGTERM");
  await frozen.child.exited;
  const events = (await frozen.events()).map(({ event }) => event);
  return { before, after: await database.owner("select * from feeds"), version: await version(), events };
}

const SELECT_VERSION = "select source_version as version from feeds where source = 'goalserve/soccer'";

async function claimed(database: TestDatabase): Promise<unknown> {
  const [row] = await database.owner<{ claimed_by: unknown }>("select claimed_by from feeds");
  return row?.claimed_by;
}

async function logged(worker: OddsWorker): Promise<boolean> {
  const metrics = await worker.get("/metrics").then(
    (response) => response.text(),
    () => "",
  );
  return metrics.includes("linehold_feed_claims_lost_total 1");
}

describe("a worker that was stopped past its claim's time", () => {
  test("writes nothing when it goes on, though its answer is newer than what is stored", async () => {
    const { before, after, version, events } = await freezeOne();

    expect(version).toBe(200n);
    expect(after).toEqual(before);
    expect(events).toContain("feeds.claim_lost");
  });

  test("would write without the fence, which the same look finds", async () => {
    const { version } = await freezeOne(NAIVE);

    expect(version).toBe(300n);
  });
});
