import { join } from "node:path";
import { findFreePort } from "../../tests/harness/ports.ts";
import { spawnLines } from "../../tests/incident/children.ts";
import type { IncidentDatabase } from "../../tests/incident/database.ts";
import { SOURCE } from "./boards.ts";

/** What a worker of ours was like while it took huge boards. */
export interface WorkerRow {
  readonly name: string;
  readonly boardBytes: number;
  /** Resident at the most, by the kernel's own count; `NaN` where it keeps none. */
  readonly peakMegabytes: number;
  readonly probes: number;
  readonly healthLongestMs: number;
  readonly healthP99Ms: number;
  readonly tookMs: number;
}

export interface WorkerBoards {
  /** Answers of the vendor in the order in which they are given, the last one for ever. */
  readonly paths: readonly string[];
  /** The version of the last. */
  readonly version: number;
}

const ENTRY = new URL("../../src/processes/worker_odds.ts", import.meta.url).pathname;
const PROBE_EVERY_MS = 20;
const WITHIN_MS = 300_000;

/**
 * Runs the real `worker_odds` on a vendor of our own until it has stored the last board, asking for its health all the while.
 *
 * @throws {RangeError} If it does not get there.
 */
export async function measureWorker(
  { paths, version }: WorkerBoards,
  { database }: { readonly database: IncidentDatabase },
): Promise<WorkerRow> {
  let asked = 0;
  using vendor = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch() {
      asked += 1;
      return new Response(Bun.file(paths[Math.min(asked, paths.length) - 1] ?? ""));
    },
  });
  const startedAt = performance.now();
  const healthPort = await findFreePort();
  const env = {
    HOST: "127.0.0.1",
    METRICS_PORT: `${healthPort}`,
    FEED_ALLOW_PRIVATE_HOSTS: "127.0.0.1",
    DATABASE_URL: database.postgres.loginUrl,
    FEEDS: "goalserve",
    FEED_POLL_INTERVAL: "1",
    FEED_DEADLINE: "120",
    FEED_CLAIM_LEASE: "240",
    GOALSERVE_URL: `http://127.0.0.1:${vendor.port}/{key}/{sport}`,
    GOALSERVE_KEY: "none",
    GOALSERVE_SPORTS: "soccer",
    PRICE_HISTORY_DAYS: "3650",
  };
  await using worker = spawnLines({ name: "worker_odds", entry: ENTRY, env });
  const tookMs: number[] = [];
  while (performance.now() - startedAt < WITHIN_MS) {
    const askedAt = performance.now();
    const answer = await ask(healthPort);
    if (answer?.ok) tookMs.push(performance.now() - askedAt);
    // Before its first answer it is still starting: nobody is told by then that it can be asked.
    else if (tookMs.length > 0) tookMs.push(Number.POSITIVE_INFINITY);
    if (tookMs.length % 10 === 0 && (await storedVersion(database)) >= version) break;
    if (worker.ending !== undefined) throw new RangeError(`The worker ended: ${worker.ending}`);
    await Bun.sleep(PROBE_EVERY_MS);
  }
  if ((await storedVersion(database)) < version)
    throw new RangeError("The worker has not stored the last board");
  const sorted = tookMs.toSorted((one, other) => one - other);
  return {
    name: "worker_odds",
    boardBytes: Bun.file(paths[0] ?? "").size,
    peakMegabytes: await peakMegabytesOf(worker.pid),
    probes: sorted.length,
    healthLongestMs: sorted.at(-1) ?? Number.NaN,
    healthP99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    tookMs: performance.now() - startedAt,
  };
}

async function ask(port: number): Promise<Response | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000) });
    await answer.arrayBuffer();
    return answer;
  } catch {
    return undefined;
  }
}

async function storedVersion({ owner }: IncidentDatabase): Promise<number> {
  const [row] = await owner.query<{ version: string }>(
    "select source_version::text as version from feeds where source = $1",
    [SOURCE],
  );
  return Number(row?.version ?? 0);
}

async function peakMegabytesOf(pid: number): Promise<number> {
  const status = await Bun.file(join("/proc", String(pid), "status"))
    .text()
    .catch(() => "");
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return kilobytes === undefined ? Number.NaN : (Number(kilobytes) * 1024) / 1e6;
}
