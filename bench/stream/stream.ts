import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, spawnLines } from "../../tests/incident/children.ts";
import { percentile } from "../../tests/incident/report/percentile.ts";
import { arrangeMarket, type Market, type Sql } from "../../tests/odds/stream_market.ts";

/** What one server did for its readers. Milliseconds and megabytes. */
export interface StreamRow {
  readonly name: string;
  readonly clients: number;
  readonly pricesPerSecond: number;
  readonly messages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Readers whose last state is not the database's. */
  readonly wrong: number;
  readonly lost: number;
  readonly rssStartMb: number;
  readonly rssEndMb: number;
  /** The most it ever was, as the kernel kept it. */
  readonly rssPeakMb: number;
  readonly cpu: number;
  readonly writerLateMs: number;
}

export interface MeasureOptions {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly path: string;
  readonly clients: number;
  readonly seconds: number;
}

export interface MeasureDeps {
  readonly sql: Sql;
  readonly progress: (line: string) => void;
  /** Called once the prices move. */
  readonly whileRunning?: (market: Market) => void;
}

const LOAD = { events: 50, pricesPerEvent: 150, eventsPerTick: 20, pricesPerTick: 5, tickMs: 100 };
const CLIENT_PROCESSES = 2;
const SETTLE_MS = 3000;
const now = () => performance.timeOrigin + performance.now();

/** Lets so many readers follow fifty events while a thousand prices a second change. */
export async function measureStream(options: MeasureOptions, deps: MeasureDeps): Promise<StreamRow> {
  const { clients, name, path, pid, port, seconds } = options;
  await using scope = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "linehold-stream-"));
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  const market = await arrangeMarket(LOAD, { sql: deps.sql, now });
  deps.progress(`${name}: ${clients} readers come`);
  const crowds = Array.from({ length: CLIENT_PROCESSES }, (_, at) => {
    const eventIds = Array.from(
      { length: clients / CLIENT_PROCESSES },
      (_, index) => market.eventIds[(index * CLIENT_PROCESSES + at) % market.eventIds.length],
    );
    const file = join(folder, `crowd-${at}.json`);
    const env = { CROWD: JSON.stringify({ port, eventIds, path }), CROWD_FILE: file };
    const entry = new URL("./clients.ts", import.meta.url).pathname;
    return { file, child: scope.use(spawnLines({ name: `crowd ${at}`, entry, env })) };
  });
  await Promise.all(crowds.map(({ child }) => child.line((line) => line.startsWith("begun "))));
  deps.progress(`${name}: prices move for ${seconds} s`);
  deps.whileRunning?.(market);
  const rssStartMb = memoryMb(pid, "VmRSS");
  const cpuStart = cpuSeconds(pid);
  const startedAt = now();
  await market.run(seconds * 1000);
  const ranSeconds = (now() - startedAt) / 1000;
  const cpuEnd = cpuSeconds(pid);
  const [rssEndMb, rssPeakMb] = [memoryMb(pid, "VmRSS"), memoryMb(pid, "VmHWM")];
  await Bun.sleep(SETTLE_MS);
  const told = await Promise.all(crowds.map(tellOf));
  const shown = told.flatMap((crowd) => crowd.shown);
  const latencies = told
    .flatMap(({ heard }) => heard.map(({ tick, at }) => at - (market.committedAt[tick] ?? Number.NaN)))
    .sort((a, b) => a - b);
  return {
    name,
    clients,
    pricesPerSecond: (market.committedAt.length * LOAD.eventsPerTick * LOAD.pricesPerTick) / ranSeconds,
    messages: latencies.length,
    // Nothing heard is no latency of 0.
    p50Ms: latencies.length === 0 ? Number.NaN : percentile(latencies, 0.5),
    p99Ms: latencies.length === 0 ? Number.NaN : percentile(latencies, 0.99),
    maxMs: latencies.at(-1) ?? Number.NaN,
    wrong: await market.differences(shown),
    lost: told.reduce((sum, { lost }) => sum + lost, 0),
    rssStartMb,
    rssEndMb,
    rssPeakMb,
    cpu: (cpuEnd - cpuStart) / ranSeconds,
    writerLateMs: market.lateMs,
  };
}

interface Told {
  readonly heard: readonly { readonly tick: number; readonly at: number }[];
  readonly shown: Parameters<Market["differences"]>[0];
  readonly lost: number;
}

async function tellOf({ child, file }: { child: Child; file: string }): Promise<Told> {
  child.write("tell");
  await child.line((line) => line === "told");
  return await Bun.file(file).json();
}

/** A reader that asks for all it may and takes nothing. */
export function openSilentReader({ path, port }: { path: string; port: number }): Disposable {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  socket.pause();
  return { [Symbol.dispose]: () => void socket.destroy() };
}

function memoryMb(pid: number, name: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

/** Of user and system together, in hundredths of a second a tick. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
