import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { clusterProcesses } from "../../src/local/_cluster_processes.ts";
import { answers } from "../../src/local/_supervise.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/local/embedded_postgres.ts";
import { exhaust, freeze, kill, slow } from "../../src/local/faults.ts";
import { createLog } from "../../src/log.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { temporaryFolder } from "../harness/folders.ts";

const log = createLog({ process: "test", level: "error", clock: systemClock });
const settings = { max_connections: "20", shared_buffers: "8MB", fsync: "off" };
let dataDir: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = temporaryFolder();
  server = await openEmbeddedPostgres({ dataDir, settings }, { log });
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

function connect() {
  return openSession({ url: server.ownerUrl, applicationName: "test", connectTimeoutMs: 2000 });
}

/** Milliseconds until the statement is answered, or `undefined` when it is not within `ms`. */
async function answeredWithin(ms: number, work: Promise<unknown>): Promise<number | undefined> {
  const started = performance.now();
  return await Promise.race([
    work.then(() => performance.now() - started),
    Bun.sleep(ms).then(() => undefined),
  ]);
}

async function answersAgain(): Promise<boolean> {
  for (const started = performance.now(); performance.now() - started < 10_000; await Bun.sleep(20)) {
    if (await answers(server.ownerUrl)) return true;
  }
  return false;
}

test("freeze stops open connections and new ones alike, and healing lets both go on", async () => {
  await using session = await connect();
  const fault = await freeze(server);
  const held = session.query("select 1");
  const fresh = connect();

  expect(await answeredWithin(300, held)).toBeUndefined();
  expect(await answeredWithin(300, fresh)).toBeUndefined();

  await fault[Symbol.asyncDispose]();
  expect(await answeredWithin(2000, held)).toBeDefined();
  await (await fresh)[Symbol.asyncDispose]();
}, 15_000);

test("kill ends every process, keeps the server down, and lets it come back when healed", async () => {
  await using session = await connect();
  const fault = await kill(server, { forMs: 60_000 });

  await expect(session.query("select pg_sleep(5)")).rejects.toThrow();
  await Bun.sleep(700);
  expect(clusterProcesses(server.home)).toEqual([]);
  expect(await answers(server.ownerUrl)).toBe(false);

  await fault[Symbol.asyncDispose]();
  expect(await answersAgain()).toBe(true);
}, 60_000);

test("a killed server comes back after its time even when nobody heals it", async () => {
  await kill(server, { forMs: 500 });

  expect(await answersAgain()).toBe(true);
}, 60_000);

test("exhaust ends the others' connections and refuses new ones, a superuser's too", async () => {
  await using session = await connect();
  const fault = await exhaust(server);

  await expect(session.query("select 1")).rejects.toThrow();
  expect(await connect().catch((error: { code: string }) => error.code)).toBe("database_refused");

  await fault[Symbol.asyncDispose]();
  expect(await answersAgain()).toBe(true);
}, 60_000);

test("slow makes statements wait for their turn, and healing ends that", async () => {
  await using session = await connect();
  const series = async () => {
    const started = performance.now();
    for (let count = 0; count < 4; count += 1) await session.query("select pg_sleep(0.02)");
    return performance.now() - started;
  };
  const before = await series();
  const fault = await slow(server);
  const during = await series();
  await fault[Symbol.asyncDispose]();
  const after = await series();

  expect(during).toBeGreaterThan(3 * before);
  expect(after).toBeLessThan(during / 2);
}, 60_000);
