import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { openSession } from "../pool/mod.ts";
import { sleep, systemClock } from "../resilience/mod.ts";
import type { Binaries } from "./_binaries.ts";
import type { ClusterHome } from "./_cluster_home.ts";
import { clusterProcesses, signalAll, signalIfThere } from "./_cluster_processes.ts";
import { boundToUs, type ServerUser, serverEnvironment } from "./_server_user.ts";
import { EmbeddedPostgresError } from "./errors.ts";

export interface SuperviseOptions {
  readonly home: ClusterHome;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly port: number;
  /** Of the database `postgres`, as its owner. */
  readonly adminUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A server that is started again when it ends by itself, until disposed. */
export interface SupervisedServer extends AsyncDisposable {
  pid(): number;
}

const READY_MS = 60_000; // crash recovery of a large cluster counts into it

/**
 * Starts the server, whose first start must succeed, and keeps it up.
 *
 * @throws {EmbeddedPostgresError} With the last lines of its log when the first start fails.
 */
export async function superviseServer(
  options: SuperviseOptions,
  { log }: { log: Log },
): Promise<SupervisedServer> {
  const stopping = new AbortController();
  await endLeftovers(options.home);
  let server = launch(options);
  await untilReady(server, options).catch(async (error) => {
    await stop(server, options.home);
    throw error;
  });
  const kept = keepUp();
  const endWithUs = () => signalIfThere(server.pid, "SIGINT");
  process.on("exit", endWithUs);
  return {
    pid: () => server.pid,
    async [Symbol.asyncDispose]() {
      process.off("exit", endWithUs);
      stopping.abort();
      await stop(server, options.home);
      await kept;
      await stop(server, options.home); // a start that was under way when we aborted
    },
  };

  async function keepUp(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const code = await server.exited;
      if (stopping.signal.aborted) return;
      log.warn("local.postgres_ended", `Postgres ended (${server.signalCode ?? code}), starting it again`, {
        port: options.port,
      });
      await rest(Math.min(50 * 2 ** failures, 5000));
      await heldDown(options.home, stopping.signal);
      if (stopping.signal.aborted) return;
      await endLeftovers(options.home);
      server = launch(options);
      failures = await untilReady(server, options).then(
        () => 0,
        () => failures + 1,
      );
      if (failures === 0)
        log.info("local.postgres_restarted", `Postgres is back on port ${options.port}`, { pid: server.pid });
      else await stop(server, options.home);
    }
  }

  function rest(ms: number): Promise<void> {
    return sleep(ms, { clock: systemClock, signal: stopping.signal }).catch(() => undefined);
  }
}

function launch({ binaries, home, port, settings, user }: SuperviseOptions): Bun.Subprocess {
  const fixed = {
    listen_addresses: "127.0.0.1",
    port: `${port}`,
    unix_socket_directories: "",
    cluster_name: home.tag,
  };
  const flags = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const { argv, ...drop } = boundToUs([join(binaries.folder, "postgres"), "-D", home.cluster, ...flags], {
    deathSignal: "INT",
    user,
  });
  // To a file, not to us: a pipe would break when we are killed.
  const out = openSync(join(home.folder, "postgres.log"), "w", 0o600);
  try {
    // In a process group of its own: the Ctrl-C of a terminal must reach the launcher, which ends the server last.
    const server = Bun.spawn(argv, {
      cwd: "/",
      env: serverEnvironment(),
      stdin: "ignore",
      stdout: out,
      stderr: out,
      detached: true,
      ...drop,
    });
    server.unref();
    return server;
  } finally {
    closeSync(out);
  }
}

/** Ready is when a real connection works, not when a line says so. */
async function untilReady(server: Bun.Subprocess, { adminUrl, home }: SuperviseOptions): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < READY_MS) {
    if (server.exitCode !== null || server.signalCode !== null) break;
    if (await answers(adminUrl)) return;
    await Bun.sleep(15);
  }
  throw new EmbeddedPostgresError(`Cannot start Postgres: ${lastLines(join(home.folder, "postgres.log"))}`);
}

/** Whether a connection with this URL can be made within a second: its password is asked for and checked on the way. */
export async function answers(url: string): Promise<boolean> {
  try {
    const session = await openSession({ url, applicationName: "linehold probe", connectTimeoutMs: 1000 });
    // Not waited for: a server that freezes at this moment would not say goodbye.
    session[Symbol.asyncDispose]().then(undefined, () => undefined);
    return true;
  } catch {
    return false;
  }
}

function lastLines(file: string): string {
  return existsSync(file)
    ? readFileSync(file, "utf8").trim().split("\n").slice(-5).join("\n")
    : "it wrote no log";
}

/** Waits while `holdDown` of faults.ts says that the server is to stay down. */
async function heldDown({ folder }: ClusterHome, signal: AbortSignal): Promise<void> {
  const file = holdFile(folder);
  while (!signal.aborted && existsSync(file) && Number(readFileSync(file, "utf8")) > Date.now()) {
    await sleep(100, { clock: systemClock, signal }).catch(() => undefined);
  }
}

/** Holds the milliseconds since 1970 until which the server stays down; a time, so that whoever wrote it may die. */
export function holdFile(folder: string): string {
  return join(folder, "hold_until");
}

/**
 * Ends what an earlier server left: a whole orphan (its launcher was killed), or children whose postmaster was killed. Only the
 * holder of the cluster's lock may call it. The pid file goes too, as its number may be any process's by now.
 */
export async function endLeftovers(home: ClusterHome): Promise<void> {
  await endAll(home, clusterProcesses(home).find(({ main }) => main)?.pid);
  rmSync(join(home.cluster, "postmaster.pid"), { force: true });
}

async function stop(server: Bun.Subprocess, home: ClusterHome): Promise<void> {
  await endAll(home, server.exitCode === null && server.signalCode === null ? server.pid : undefined);
}

/** Fast shutdown first, then immediate, then SIGKILL for what is left; 3.5 s at most, so that a whole stack ends within 10. */
async function endAll(home: ClusterHome, postmaster: number | undefined): Promise<void> {
  signalAll(clusterProcesses(home), "SIGCONT"); // a frozen process would never notice
  if (postmaster !== undefined) {
    signalIfThere(postmaster, "SIGINT");
    if (await gone(home, 2500)) return;
    signalIfThere(postmaster, "SIGQUIT");
  }
  if (await gone(home, 500)) return;
  signalAll(clusterProcesses(home), "SIGKILL");
  if (!(await gone(home, 500)))
    throw new EmbeddedPostgresError(`Cannot end the processes of ${home.cluster}`);
}

async function gone(home: ClusterHome, withinMs: number): Promise<boolean> {
  const started = performance.now();
  while (clusterProcesses(home).length > 0) {
    if (performance.now() - started > withinMs) return false;
    await Bun.sleep(10);
  }
  return true;
}
