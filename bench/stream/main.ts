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

const CLIENTS = 2000;
const SECONDS_MAX = 30;
/** One each tenth of this, and more than the machine can ask for: the naive build is to be seen, not waited for. */
const NAIVE_SECONDS = 5;
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
    verdicts: judge(ours.row, naive, ours.droppedSlow),
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
  // Events with much to show, for the one who takes nothing: its socket is full with their snapshots.
  const large = await arrangeMarket(
    { events: 10, pricesPerEvent: 6000, eventsPerTick: 0, pricesPerTick: 0, tickMs: 100 },
    { sql, now: () => 0 },
  );
  using silent = new DisposableStack();
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
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
  const found = /linehold_stream_dropped_total\{reason="slow_reader"\} (\d+)/.exec(metrics)?.[1];
  return { row, droppedSlow: Number(found) };
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

function judge(ours: StreamRow, naive: StreamRow, droppedSlow: number): Verdict[] {
  return [
    atMost("readers whose last state is not the database's", { found: ours.wrong, bound: 0 }),
    atMost("readers that lost their connection", { found: ours.lost, bound: 0 }),
    atMost("p99 from commit to reader", { found: ours.p99Ms, bound: 100, unit: "ms" }),
    atLeast("prices changed a second", { found: ours.pricesPerSecond, bound: 950 }),
    atMost("memory grown in the second half", {
      found: ours.rssEndMb - ours.rssHalfMb,
      bound: 32,
      unit: "MB",
    }),
    atLeast("silent readers dropped and counted", { found: droppedSlow, bound: 1 }),
    atLeast("the naive build's p99 beside ours", {
      found: naive.p99Ms / ours.p99Ms,
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
      "half",
      "end",
      "CPU",
      "late ms",
    ],
    rows: rows.map((row) => [
      row.name,
      ...[row.pricesPerSecond, row.messages, row.p50Ms, row.p99Ms, row.maxMs, row.wrong, row.lost].map(round),
      ...[row.rssStartMb, row.rssHalfMb, row.rssEndMb, row.cpu, row.writerLateMs].map(round),
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
