import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { clusterProcesses } from "../../src/local/_cluster_processes.ts";
import { answers } from "../../src/local/_supervise.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/local/embedded_postgres.ts";
import { createLog } from "../../src/log.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { temporaryFolder } from "../harness/folders.ts";

const COMMAND = join(import.meta.dir, "../../src/commands/break.ts");
const log = createLog({ process: "test", level: "error", clock: systemClock });

function spawnBreak(dataDir: string, words: readonly string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "" };
  return Bun.spawn([process.execPath, COMMAND, ...words], { env, stdout: "pipe", stderr: "pipe" });
}

async function runBreak(
  dataDir: string,
  words: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const child = spawnBreak(dataDir, words);
  const [code, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, out, err };
}

async function openServer(): Promise<EmbeddedPostgres> {
  const dataDir = temporaryFolder();
  const settings = { max_connections: "20", shared_buffers: "8MB", fsync: "off" };
  const server = await openEmbeddedPostgres({ dataDir, settings }, { log });
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const WRONG: readonly (readonly [string[], string])[] = [
  [[], "Say which"],
  [["melt", "1"], "Say which"],
  [["constructor", "1"], "Say which"],
  [["freeze"], "SECONDS"],
  [["freeze", "soon"], "SECONDS"],
  [["freeze", "-1"], "Unknown flag -1"],
  [["freeze", "0"], "SECONDS"],
  [["freeze", "601"], "SECONDS"],
  [["freeze", "1", "2"], "Unknown argument 2"],
  [["freeze", "1", "--hard"], "Unknown flag --hard"],
];

test("break refuses wrong arguments, saying which, with code 64", async () => {
  for (const [words, says] of WRONG) {
    const { code, err } = await runBreak("/nowhere", words);
    expect({ words, code, said: err.startsWith(says) }).toEqual({ words, code: 64, said: true });
  }
}, 60_000);

test("break --help explains itself and succeeds", async () => {
  const { code, out } = await runBreak("/nowhere", ["--help"]);

  expect(code).toBe(0);
  expect(out).toContain("freeze|kill|exhaust|slow SECONDS");
});

test("break fails clearly when no database runs", async () => {
  const dataDir = temporaryFolder();

  const { code, err } = await runBreak(dataDir, ["freeze", "1"]);

  rmSync(dataDir, { recursive: true });
  expect(code).toBe(1);
  expect(err).toContain("bun start first");
});

test("break names a wrong setting with code 78", async () => {
  const child = Bun.spawn([process.execPath, COMMAND, "freeze", "1"], {
    env: { ...process.env, PORT: "eighty" },
    stderr: "pipe",
  });

  expect(await child.exited).toBe(78);
  expect(await new Response(child.stderr).text()).toContain("PORT");
});

test("break freeze, kill, exhaust and slow each heal at their end", async () => {
  await using server = await openServer();

  for (const name of ["freeze", "kill", "exhaust", "slow"]) {
    const { code, out } = await runBreak(server.dataDir, [name, "0.4"]);
    expect({ name, code, healed: out.includes("Healed: Postgres answers") }).toEqual({
      name,
      code: 0,
      healed: true,
    });
    expect(await answers(server.ownerUrl)).toBe(true);
  }
}, 60_000);

test("break heals at once on Ctrl-C", async () => {
  await using server = await openServer();
  const child = spawnBreak(server.dataDir, ["freeze", "60"]);
  const reader = child.stdout.getReader();
  await reader.read();
  expect(await answers(server.ownerUrl)).toBe(false);

  child.kill("SIGINT");

  expect(await child.exited).toBe(130);
  expect(await answers(server.ownerUrl)).toBe(true);
}, 60_000);

test("a frozen or slowed database goes on even when break is killed", async () => {
  await using server = await openServer();

  for (const name of ["freeze", "slow"]) {
    const child = spawnBreak(server.dataDir, [name, "60"]);
    await child.stdout.getReader().read();
    await Bun.sleep(100);
    child.kill("SIGKILL");
    await child.exited;
    await Bun.sleep(100);

    const stopped = clusterProcesses(server.home).filter(({ pid }) => stateOf(pid) === "T");
    expect({ name, stopped }).toEqual({ name, stopped: [] });
    expect(await answers(server.ownerUrl)).toBe(true);
  }
}, 60_000);

/** As in `ps`: T is stopped. */
function stateOf(pid: number): string {
  return `${Bun.spawnSync(["ps", "-o", "stat=", "-p", `${pid}`]).stdout}`.charAt(0);
}
