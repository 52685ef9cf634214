import { afterEach, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  findEmbeddedPostgres,
  openEmbeddedPostgres,
} from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { isAlive, temporaryFolder } from "../harness/folders.ts";

const log = createLog({ process: "test", level: "error", clock: systemClock });
// Small and without care for a power cut: these clusters live for a test.
const settings = { max_connections: "20", shared_buffers: "8MB", fsync: "off" };
const SELECT_ADDRESSES = "select current_setting('listen_addresses') as answer";
const folders: string[] = [];

/** A new folder; `mode` as its rights, since another user's server must pass through. */
function newFolder(mode = 0o711): string {
  const folder = temporaryFolder({ mode });
  folders.push(folder);
  return folder;
}

function open(dataDir: string, more: { port?: number } = {}): Promise<EmbeddedPostgres> {
  return openEmbeddedPostgres({ dataDir, settings, ...more }, { log });
}

async function ask(url: string, text: string): Promise<unknown> {
  await using session = await openSession({ url, applicationName: "test", connectTimeoutMs: 5000 });
  const [row] = await session.query<{ answer: unknown }>(text);
  return row?.answer;
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const started = performance.now();
  while (performance.now() - started < withinMs) {
    if (await holds()) return true;
    await Bun.sleep(20);
  }
  return false;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("openEmbeddedPostgres serves real connections by password on loopback alone, and stops when disposed", async () => {
  const server = await open(newFolder());
  const { pid } = server;

  expect(await ask(server.ownerUrl, "select current_user || ' ' || current_database() as answer")).toBe(
    "linehold_owner linehold",
  );
  expect(await ask(server.ownerUrl, SELECT_ADDRESSES)).toBe("127.0.0.1");
  const wrong = new URL(server.ownerUrl);
  wrong.password = "guess";
  await expect(ask(wrong.href, "select 1 as answer")).rejects.toThrow();

  await server[Symbol.asyncDispose]();
  expect(isAlive(pid)).toBe(false);
}, 60_000);

test("openEmbeddedPostgres keeps data, passwords and port from one start to the next", async () => {
  const dataDir = newFolder();
  const first = await open(dataDir);
  await ask(first.ownerUrl, "create table kept (id integer)");
  await first[Symbol.asyncDispose]();

  await using second = await open(dataDir);

  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await ask(second.ownerUrl, "select count(*)::integer as answer from kept")).toBe(0);
}, 60_000);

test("openEmbeddedPostgres keeps its passwords for its own user alone", async () => {
  await using server = await open(newFolder());

  expect(statSync(join(server.home.folder, "secrets.json")).mode & 0o777).toBe(0o600);
}, 60_000);

test("openEmbeddedPostgres takes another port when its last one is taken, and says so when a given one is", async () => {
  const dataDir = newFolder();
  const first = await open(dataDir);
  await first[Symbol.asyncDispose]();
  using other = Bun.listen({ hostname: "127.0.0.1", port: first.port, socket: { data() {} } });

  await expect(open(dataDir, { port: other.port })).rejects.toThrow(`port ${other.port} is taken`);
  await using second = await open(dataDir);

  expect(second.port).not.toBe(first.port);
}, 60_000);

test("openEmbeddedPostgres is not stopped by a pid file whose number is another process's by now", async () => {
  const dataDir = newFolder();
  const first = await open(dataDir);
  await first[Symbol.asyncDispose]();
  const file = join(first.home.cluster, "postmaster.pid");
  writeFileSync(file, `${process.pid}\n${first.home.cluster}\n0\n${first.port}\n\n127.0.0.1\n0 0\nready\n`);

  await using second = await open(dataDir);

  expect(await ask(second.ownerUrl, "select 1 as answer")).toBe(1);
}, 60_000);

test("a server that is killed comes back with its data on the same port", async () => {
  await using server = await open(newFolder());
  await ask(server.ownerUrl, "create table kept (id integer)");
  const before = server.pid;

  process.kill(before, "SIGKILL");

  const back = await until(
    () =>
      ask(server.ownerUrl, "select count(*)::integer as answer from kept").then(
        (n) => n === 0,
        () => false,
      ),
    10_000,
  );
  expect(back).toBe(true);
  expect(server.pid).not.toBe(before);
}, 60_000);

test("a second open of a data directory uses the running server and leaves it running", async () => {
  const dataDir = newFolder();
  await using first = await open(dataDir);
  const second = await open(dataDir);

  expect(second.pid).toBe(first.pid);
  await second[Symbol.asyncDispose]();

  expect(await ask(first.ownerUrl, "select 1 as answer")).toBe(1);
}, 60_000);

test("findEmbeddedPostgres finds what runs and nothing once it has stopped", async () => {
  const dataDir = newFolder();
  expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
  const server = await open(dataDir);

  expect((await findEmbeddedPostgres(dataDir))?.ownerUrl).toBe(server.ownerUrl);

  await server[Symbol.asyncDispose]();
  expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
}, 60_000);

test("two data directories run side by side", async () => {
  await using one = await open(newFolder());
  await using other = await open(newFolder());

  expect(new Set([one.port, other.port]).size).toBe(2);
  expect(await ask(other.ownerUrl, "select 1 as answer")).toBe(1);
}, 60_000);

test("a killed opener leaves no server that stops the next start", async () => {
  const dataDir = newFolder();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "_open_and_wait.ts"), dataDir], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const { value } = await child.stdout.getReader().read();
  const orphan = Number(new TextDecoder().decode(value));
  child.kill("SIGKILL");
  await child.exited;

  await using server = await open(dataDir);

  expect(await ask(server.ownerUrl, "select 1 as answer")).toBe(1);
  expect(await until(() => !isAlive(orphan), 5000)).toBe(true);
}, 60_000);

test.skipIf(process.getuid?.() !== 0)(
  "as root below a 0700 folder the server lives where its user can reach it",
  async () => {
    const checkout = newFolder(0o700);
    const dataDir = join(checkout, ".data");

    const server = await open(dataDir);

    try {
      expect(server.home.folder.startsWith(checkout)).toBe(false);
      expect(statSync(server.home.cluster).uid).not.toBe(0);
      expect(await ask(server.ownerUrl, "select 1 as answer")).toBe(1);
    } finally {
      await server[Symbol.asyncDispose]();
      rmSync(server.home.folder, { recursive: true, force: true });
    }
  },
  20_000,
);

test.skipIf(process.getuid?.() !== 0)(
  "a cluster whose data directory is gone is removed by the next start of any",
  async () => {
    const checkout = newFolder(0o700);
    const first = await open(join(checkout, ".data"));
    const { folder } = first.home;
    await first[Symbol.asyncDispose]();
    await using kept = await open(newFolder());
    expect(existsSync(folder)).toBe(true);

    rmSync(checkout, { recursive: true });
    await using next = await open(newFolder());

    expect(existsSync(folder)).toBe(false);
    expect(existsSync(kept.home.folder) && existsSync(next.home.folder)).toBe(true);
  },
  20_000,
);

test("openEmbeddedPostgres names DATA_DIR when it cannot be made", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");

  const failure = await open(join(folder, "file", "data")).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(EmbeddedPostgresError);
  expect(String(failure)).toContain("DATA_DIR");
});

test("a start that was killed while it made the cluster leaves nothing half made", async () => {
  const dataDir = newFolder();
  const halfMade = join(dataDir, "postgres", "cluster.new-999999");
  mkdirSync(halfMade, { recursive: true });
  for (const path of [join(dataDir, "postgres"), halfMade]) chmodSync(path, 0o711);

  await using server = await open(dataDir);

  expect(await ask(server.ownerUrl, "select 1 as answer")).toBe(1);
  expect(existsSync(halfMade)).toBe(false);
}, 60_000);
