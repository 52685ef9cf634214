import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { findEmbeddedPostgres } from "../../src/local/mod.ts";
import { openSession } from "../../src/pool/mod.ts";
import { temporaryFolder } from "../harness/folders.ts";
import { startStack } from "../local/_stack.ts";

const SAMPLED_MS = 60_000;
const EVERY_MS = 50;

interface WorkerStatus {
  readonly pools: Readonly<Record<string, { readonly total: number; readonly leased: number }>>;
  readonly loops: Readonly<Record<string, { readonly resting: boolean; readonly steps: number }>>;
}

/** One look at a worker from inside (its own status) and from the server, at rest before and after. */
interface Sample {
  readonly leased: number;
  readonly inTransaction: number;
}

async function statusOf(port: number): Promise<WorkerStatus> {
  const response = await fetch(`http://127.0.0.1:${port}/status`);
  return (await response.json()) as WorkerStatus;
}

/** The steps so far if every loop of the worker rests, else undefined. */
function restOf({ loops }: WorkerStatus): number | undefined {
  const beats = Object.values(loops);
  if (beats.length === 0 || beats.some(({ resting }) => !resting)) return undefined;
  return beats.reduce((sum, { steps }) => sum + steps, 0);
}

test(
  "in the running stack no worker has a connection checked out or idle in transaction while its loop rests",
  async () => {
    const dataDir = temporaryFolder();
    await using scope = new AsyncDisposableStack();
    scope.defer(() => rmSync(dataDir, { recursive: true, force: true }));
    const stack = scope.use(startStack({ dataDir }));
    const ports = await stack.ready();
    const server = await findEmbeddedPostgres(dataDir);
    if (server === undefined) throw new RangeError("Cannot ask the database as it does not run");
    const names = { url: server.ownerUrl, applicationName: "hygiene", connectTimeoutMs: 5000 };
    const owner = scope.use(await openSession(names));
    const inTransaction = async (worker: string) => {
      const rows = await owner.query(
        "select 1 from pg_stat_activity where application_name = $1 and state like 'idle in transaction%'",
        [`linehold ${worker}`],
      );
      return rows.length;
    };
    const sampleOf = async (worker: string, port: number): Promise<Sample | undefined> => {
      const before = await statusOf(port);
      const steps = restOf(before);
      if (steps === undefined) return undefined;
      const found = await inTransaction(worker);
      // Asked again: a step that began in between is no rest.
      if (restOf(await statusOf(port)) !== steps) return undefined;
      const leased = Object.values(before.pools).reduce((sum, pool) => sum + pool.leased, 0);
      return { leased, inTransaction: found };
    };
    const samples: Record<"worker_odds" | "worker_settlement", Sample[]> = {
      worker_odds: [],
      worker_settlement: [],
    };

    for (const endsAt = performance.now() + SAMPLED_MS; performance.now() < endsAt; ) {
      const nextAt = performance.now() + EVERY_MS;
      const taken = await Promise.all([
        sampleOf("worker_odds", ports.oddsOps),
        sampleOf("worker_settlement", ports.settlementOps),
      ]);
      if (taken[0] !== undefined) samples.worker_odds.push(taken[0]);
      if (taken[1] !== undefined) samples.worker_settlement.push(taken[1]);
      await Bun.sleep(Math.max(0, nextAt - performance.now()));
    }
    const { loops } = await statusOf(ports.settlementOps);

    for (const [worker, taken] of Object.entries(samples)) {
      expect([worker, taken.length > 200]).toEqual([worker, true]);
      expect(taken.filter(({ leased, inTransaction: open }) => leased > 0 || open > 0)).toEqual([]);
    }
    expect(loops["settlement"]?.steps).toBeGreaterThan(10);
  },
  SAMPLED_MS + 60_000,
);
