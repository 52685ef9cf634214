/** `bun run bench stream`: two thousand readers of prices that change a thousand times a second, beside a naive build. */
import { openSession } from "../../src/pool/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { findFreePort } from "../../tests/harness/ports.ts";
import { insertTenants } from "../../tests/incident/builds/linehold_tenants.ts";
import { spawnLines } from "../../tests/incident/children.ts";
import { openIncidentDatabase } from "../../tests/incident/database.ts";
import { heldSlug } from "../../tests/incident/load/arrivals.ts";
import { arrangeMarket, type Sql } from "../../tests/odds/stream_market.ts";
import { runBench } from "../measure/run.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, round, type Verdict } from "../measure/verdict.ts";
import { measureStream, openSilentReader, type StreamRow } from "./stream.ts";
import { dropsOf, watchKept } from "./web_metrics.ts";

const CLIENTS = 2000;
const SECONDS_MAX = 30;
/** One each tenth of this, and more than the machine can ask for: the naive build is to be seen, not waited for. */
const NAIVE_SECONDS = 5;
/** After the prices stand still: what was in the sockets by then, and the time for which nothing may be taken. */
const DROPPED_MS = 15_000;
const SLUG = heldSlug(0);

await runBench("stream", async ({ seconds }, { progress }) => {
  progress("starting a Postgres");
  await using database = await openIncidentDatabase();
  await migrate(database.postgres);
  await insertTenants(database.owner, [SLUG]);
  await using owner = await openOwner(database.postgres.ownerUrl);
  const { sql } = owner;
  const url = database.postgres.loginUrl;
  const ours = await measureOurs({ url, sql, seconds: Math.min(seconds, SECONDS_MAX), progress });
  const naive = await measureNaive({ url, sql, progress });
  const rows = [ours.row, naive];
  return {
    tables: [table(rows)],
    rows: { streams: rows },
    verdicts: judge(ours, naive),
  };
});

interface Measuring {
  readonly url: string;
  readonly sql: Sql;
  readonly progress: (line: string) => void;
}

async function measureOurs({ progress, seconds, sql, url }: Measuring & { readonly seconds: number }) {
  const [port, opsPort] = [await findFreePort(), await findFreePort()];
  await using web = spawnLines({
    name: "web",
    entry: new URL("../../src/processes/web.ts", import.meta.url).pathname,
    env: {
      DATABASE_URL: url,
      LISTEN_DATABASE_URL: url,
      HOST: "127.0.0.1",
      PORT: `${port}`,
      METRICS_PORT: `${opsPort}`,
      DB_MAX_CONN: "8",
      DB_MIN_CONN: "2",
      STREAMS_PER_ADDRESS: "5000",
      PRICE_MAX_AGE: "3600",
    },
  });
  await web.line((line) => line.includes("Pre-warmed 1/1"));
  const path = `/${SLUG}/api/public/odds/stream?events=`;
  // Large boards for the one who takes nothing: with these its socket is full, which is about 4 MB.
  const large = await arrangeMarket(
    { events: 10, pricesPerEvent: 2100, eventsPerTick: 0, pricesPerTick: 0, tickMs: 100 },
    { sql, now: () => 0 },
  );
  using silent = new DisposableStack();
  const opsUrl = `http://127.0.0.1:${opsPort}`;
  await using kept = watchKept(opsUrl);
  const row = await measureStream(
    { name: "linehold", port, pid: web.pid, path: `${path}{eventId}`, clients: CLIENTS, seconds },
    {
      sql,
      progress,
      whileRunning: ({ eventIds }) =>
        void silent.use(
          openSilentReader({ port, path: path + [...large.eventIds, ...eventIds.slice(0, 40)].join() }),
        ),
    },
  );
  progress("linehold: until the silent reader is dropped");
  const silentDropped = await dropsOf(opsUrl, "slow_reader", { withinMs: DROPPED_MS });
  return { row, silentDropped, keptMb: kept.mostBytes() / 2 ** 20 };
}

async function measureNaive({ progress, sql, url }: Measuring): Promise<StreamRow> {
  const entry = new URL("./naive.ts", import.meta.url).pathname;
  await using server = spawnLines({ name: "naive", entry, env: { DATABASE_URL: url } });
  const port = Number((await server.line((line) => line.startsWith("listening "))).split(" ")[1]);
  const options = { port, pid: server.pid, path: "/?events={eventId}", clients: CLIENTS };
  return await measureStream(
    { name: "a query for each reader", ...options, seconds: NAIVE_SECONDS },
    { sql, progress },
  );
}

function judge(
  { keptMb, row, silentDropped }: Awaited<ReturnType<typeof measureOurs>>,
  naive: StreamRow,
): Verdict[] {
  return [
    atMost("readers whose last state is not the database's", { found: row.wrong, bound: 0 }),
    atMost("readers that lost their connection", { found: row.lost, bound: 0 }),
    atMost("p99 from commit to reader", { found: row.p99Ms, bound: 100, unit: "ms" }),
    atLeast("prices changed a second", { found: row.pricesPerSecond, bound: 950 }),
    // Three in a machine of 1 GB, a deploy's overlap included.
    atMost("memory of the process at its most", { found: row.rssPeakMb, bound: 320, unit: "MB" }),
    atMost("what waits for readers and is kept for those who come back, at its most", {
      found: keptMb,
      bound: 16,
      unit: "MB",
    }),
    atLeast("silent readers dropped and counted as slow_reader", { found: silentDropped, bound: 1 }),
    atLeast("the naive build's p99 beside ours", {
      found: naive.p99Ms / row.p99Ms,
      bound: 3,
      unit: "times",
    }),
  ];
}

function table(rows: readonly StreamRow[]): Table {
  return {
    title: `${CLIENTS} readers, each of one of 50 events of 150 prices; 20 events x 5 prices change every 100 ms`,
    columns: [
      "",
      "prices/s",
      "messages",
      "p50 ms",
      "p99 ms",
      "max ms",
      "wrong",
      "lost",
      "RSS MB",
      "end",
      "peak",
      "CPU",
      "late ms",
    ],
    rows: rows.map((row) => [
      row.name,
      ...[row.pricesPerSecond, row.messages, row.p50Ms, row.p99Ms, row.maxMs, row.wrong, row.lost].map(round),
      ...[row.rssStartMb, row.rssEndMb, row.rssPeakMb, row.cpu, row.writerLateMs].map(round),
    ]),
    notes: [
      "From the commit in the writer to the message in the reader, over loopback; everything on this one machine.",
    ],
  };
}

/** One connection as the owner, kept: the writer must not be what is measured. */
async function openOwner(url: string): Promise<AsyncDisposable & { readonly sql: Sql }> {
  const session = await openSession({ url, applicationName: "bench writer", connectTimeoutMs: 5000 });

  return {
    sql: (text, values) => session.query(text, values),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
