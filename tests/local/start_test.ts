import { afterEach, expect, test } from "bun:test";
import { chownSync, rmSync } from "node:fs";
import { findClusterHome } from "../../src/local/_cluster_home.ts";
import { clusterProcesses } from "../../src/local/_cluster_processes.ts";
import { describeProcess } from "../../src/local/_process_identity.ts";
import { readRunFile } from "../../src/local/_run_file.ts";
import { findEmbeddedPostgres } from "../../src/local/embedded_postgres.ts";
import { openSession } from "../../src/pool/mod.ts";
import { temporaryFolder } from "../harness/folders.ts";
import { START, startStack } from "./_stack.ts";

const LIMIT_MS = 60_000;
const folders: string[] = [];

function newDataDir(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Every process of the stack but the launcher. */
function processesOf(dataDir: string): number[] {
  const children = Object.values(readRunFile(dataDir)?.children ?? {}).map(({ pid }) => pid);
  const found = findClusterHome(dataDir);
  return [...children, ...(found === undefined ? [] : clusterProcesses(found.home).map(({ pid }) => pid))];
}

function stillThere(pids: readonly number[]): number[] {
  return pids.filter((pid) => describeProcess(pid) !== undefined);
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const started = performance.now(); performance.now() - started < withinMs; await Bun.sleep(20)) {
    if (await holds()) return true;
  }
  return false;
}

async function themeOf(
  port: number,
  slug: string,
): Promise<{ name: string; status: number; primary: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/${slug}/api/public/load-theme`);
  const theme = (await response.json()) as { name: string; colors: { primary: string } };
  return { status: response.status, name: theme.name, primary: theme.colors.primary };
}

async function asOwner(dataDir: string, text: string): Promise<object[]> {
  const server = await findEmbeddedPostgres(dataDir);
  if (server === undefined) throw new RangeError("Cannot ask the database as it does not run");
  await using session = await openSession({
    url: server.ownerUrl,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });
  return await session.query(text);
}

test(
  "bun start serves five brands and a league, restarts what dies, and SIGTERM ends all of it within 10 s",
  async () => {
    const dataDir = newDataDir();
    await using stack = startStack({ dataDir });
    const { web, webOps } = await stack.ready();

    const slugs = ["supersports", "queensberry", "nattljus", "golaco", "gridiron"];
    const themes = await Promise.all(slugs.map((slug) => themeOf(web, slug)));
    expect(themes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(themes.map(({ name }) => name)).size).toBe(5);
    expect(new Set(themes.map(({ primary }) => primary)).size).toBe(5);
    const events = async () => {
      const response = await fetch(`http://127.0.0.1:${web}/supersports/api/public/events`);
      return ((await response.json()) as { items: unknown[] }).items.length;
    };
    expect(await until(async () => (await events()) > 0, 15_000)).toBe(true);
    expect((await fetch(`http://127.0.0.1:${webOps}/metrics`)).status).toBe(200);
    const bets = async () => (await asOwner(dataDir, "select 1 from bets")).length;
    expect(await until(async () => (await bets()) > 0, 10_000)).toBe(true);

    const killed = readRunFile(dataDir)?.children["web"]?.pid ?? 0;
    process.kill(killed, "SIGKILL");
    await stack.saw("start.child_ended");
    expect(
      await until(
        () =>
          themeOf(web, "golaco").then(
            ({ status }) => status === 200,
            () => false,
          ),
        10_000,
      ),
    ).toBe(true);
    expect(readRunFile(dataDir)?.children["web"]?.pid).not.toBe(killed);

    const all = processesOf(dataDir);
    expect(stillThere(all).length).toBeGreaterThan(6);
    const asked = performance.now();
    stack.kill("SIGTERM");
    expect(await stack.exited).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(await until(() => stillThere(all).length === 0, 500)).toBe(true);
  },
  LIMIT_MS,
);

test(
  "SIGKILL of bun start does not stop the next start, which keeps what was changed",
  async () => {
    const dataDir = newDataDir();
    await using killed = startStack({ dataDir });
    const { web, webOps } = await killed.ready();
    await asOwner(
      dataDir,
      "update branding set document = jsonb_set(document, '{name}', '\"Mine\"'), version = 2",
    );
    const left = processesOf(dataDir);
    killed.kill("SIGKILL");
    await killed.exited;

    await using next = startStack({ dataDir, env: { PORT: `${web}`, METRICS_PORT: `${webOps}` } });
    const ports = await next.ready();

    expect(ports.web).toBe(web);
    expect(stillThere(left)).toEqual([]);
    // The first answers may be the remembered brand, labelled stale, until the first load has landed.
    const isMine = async () => (await themeOf(web, "supersports")).name === "Mine";
    expect(await until(isMine, 5000)).toBe(true);
    next.kill("SIGINT");
    expect(await next.exited).toBe(0);
  },
  LIMIT_MS,
);

test(
  "bun start names the setting of a taken port and leaves nothing running",
  async () => {
    for (const name of ["PORT", "METRICS_PORT"]) {
      const dataDir = newDataDir();
      using taken = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
      await using stack = startStack({ dataDir, env: { [name]: `${taken.port}` } });

      expect(await stack.exited).toBe(1);

      const said = stack.lines.map(({ message }) => message).join("\n");
      expect(said).toContain(`port ${taken.port} is taken (set ${name} to another)`);
      expect(findClusterHome(dataDir)).toBeUndefined();
      expect(readRunFile(dataDir)).toBeUndefined();
    }
  },
  LIMIT_MS,
);

test("bun start names every wrong setting with code 78", async () => {
  await using stack = startStack({ dataDir: newDataDir(), env: { PORT: "eighty", DB_MAX_CONN: "none" } });

  expect(await stack.exited).toBe(78);
});

test(
  "a second bun start of the same data directory is refused and disturbs nothing",
  async () => {
    const dataDir = newDataDir();
    await using first = startStack({ dataDir });
    const { web } = await first.ready();
    await using second = startStack({ dataDir });

    expect(await second.exited).toBe(1);

    expect(second.lines.map(({ message }) => message).join("\n")).toContain(
      `already runs with DATA_DIR ${dataDir}: its pid is ${first.pid}`,
    );
    expect((await themeOf(web, "supersports")).status).toBe(200);
  },
  LIMIT_MS,
);

test(
  "bun start ends when the command above it is killed",
  async () => {
    const dataDir = newDataDir();
    const above = `const child = Bun.spawn([process.execPath, ${JSON.stringify(START)}], { stdout: "inherit", stderr: "inherit" }); await child.exited;`;
    const env = { npm_lifecycle_event: "start" };
    await using wrapper = startStack({ dataDir, env, argv: [process.execPath, "-e", above] });
    await wrapper.ready();
    const all = [...processesOf(dataDir), readRunFile(dataDir)?.launcherPid ?? 0];

    wrapper.kill("SIGKILL");

    expect(await until(() => stillThere(all).length === 0, 10_000)).toBe(true);
  },
  LIMIT_MS,
);

const canBeAnother = process.getuid?.() === 0 && Bun.which("setpriv") !== null;

test.skipIf(!canBeAnother)(
  "bun start works for a user that is not root",
  async () => {
    const dataDir = newDataDir();
    const nobody = 65_534;
    chownSync(dataDir, nobody, nobody);
    const become = ["setpriv", "--reuid", `${nobody}`, "--regid", `${nobody}`, "--clear-groups"];
    await using stack = startStack({ dataDir, argv: [...become, process.execPath, START] });
    const { web } = await stack.ready();

    expect((await themeOf(web, "nattljus")).status).toBe(200);

    stack.kill("SIGTERM");
    expect(await stack.exited).toBe(0);
  },
  LIMIT_MS,
);
