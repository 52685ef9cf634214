import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { openSession } from "../pool/mod.ts";
import { removeAbandoned } from "./_abandoned.ts";
import { provideBinaries } from "./_binaries.ts";
import {
  announceServer,
  type ClusterHome,
  findClusterHome,
  placeClusterHome,
  readSecrets,
  type Secrets,
} from "./_cluster_home.ts";
import { clusterProcesses } from "./_cluster_processes.ts";
import { initCluster, OWNER } from "./_init_cluster.ts";
import { takeLock } from "./_lock.ts";
import { choosePort } from "./_ports.ts";
import { chooseServerUser, type ServerUser } from "./_server_user.ts";
import { answers, superviseServer } from "./_supervise.ts";
import { EmbeddedPostgresError } from "./errors.ts";

export interface EmbeddedPostgresOptions {
  /** Where the cluster is kept, as `.data`; made if missing. */
  readonly dataDir: string;
  /** The port on 127.0.0.1; else the one of the last start, else a free one. */
  readonly port?: number;
  /** Server settings over the modest ones, as `{ fsync: "off" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of another installed Postgres (15 or newer), as `/usr/lib/postgresql/15/bin`. */
  readonly binFolder?: string;
}

/** A running Postgres of this machine. Disposing stops it, unless another process of this data directory started it. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** The superuser, in the database `linehold`: migrations, arranging, asserting. */
  readonly ownerUrl: string;
  /** The application's login, in the same database; `migrate` makes it. */
  readonly loginUrl: string;
  readonly port: number;
  /** The postmaster's, another one after a restart. */
  readonly pid: number;
  /** The DATA_DIR it was opened with, absolute. */
  readonly dataDir: string;
  /** Where the cluster itself is: below `dataDir`, or in a state folder when its user cannot reach that. */
  readonly home: ClusterHome;
}

const MODEST = {
  max_connections: "100",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  jit: "off",
  log_checkpoints: "off",
  timezone: "UTC",
};

/**
 * Postgres without an installation: real, on loopback alone, with passwords of its own, ready when it returns. It is started again
 * when it is killed and ends with this process. When another live process of this data directory runs it already, that one is used.
 *
 * @throws {EmbeddedPostgresError} Saying what to do when it cannot be had here.
 */
export async function openEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
  { log }: { log: Log },
): Promise<EmbeddedPostgres> {
  const anyone = chooseServerUser();
  const home = placeClusterHome(options.dataDir, { user: anyone, log });
  await using opening = new AsyncDisposableStack();
  const lock = takeLock(join(home.folder, "lock"));
  if (lock === undefined) return await joinRunning(home);
  opening.use(lock);
  await removeAbandoned(log);
  const user = ownerOf(home, anyone);
  const binaries = provideBinaries(user, {
    log,
    ...(options.binFolder === undefined ? {} : { folder: options.binFolder }),
  });
  const secrets = readSecrets(home);
  initCluster(home, { binaries, secrets, user });
  const port = await choosePort(home.folder, options.port);
  const adminUrl = urlOf(OWNER, { password: secrets.owner, port, database: "postgres" });
  const settings = { ...MODEST, ...options.settings };
  const server = opening.use(
    await superviseServer({ home, binaries, user, port, adminUrl, settings }, { log }),
  );
  await createDatabase(adminUrl);
  announceServer(home, port);
  const open = opening.move();
  return describe(home, { port, secrets, pid: () => server.pid(), close: () => open.disposeAsync() });
}

/** The running server of this data directory, or `undefined`. It is not ours to stop: disposing does nothing. */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | undefined> {
  const found = findClusterHome(dataDir);
  if (found === undefined) return undefined;
  const { home, running } = found;
  const postmaster = () => clusterProcesses(home).find(({ main }) => main)?.pid;
  if (postmaster() === undefined) return undefined;
  return describe(home, {
    port: running.port,
    secrets: readSecrets(home),
    pid: () => postmaster() ?? 0,
    close: async () => undefined,
  });
}

/** Another process holds the lock: it runs the server, or is about to. */
async function joinRunning(home: ClusterHome): Promise<EmbeddedPostgres> {
  const started = performance.now();
  while (performance.now() - started < 30_000) {
    const found = await findEmbeddedPostgres(home.dataDir);
    if (found !== undefined && (await answers(found.ownerUrl))) return found;
    await Bun.sleep(50);
  }
  throw new EmbeddedPostgresError(
    `Cannot use the Postgres in ${home.folder}, which another process runs: it does not answer`,
  );
}

interface Facts {
  readonly port: number;
  readonly secrets: Secrets;
  pid(): number;
  close(): Promise<void>;
}

function describe(home: ClusterHome, { close, pid, port, secrets }: Facts): EmbeddedPostgres {
  return {
    ownerUrl: urlOf(OWNER, { password: secrets.owner, port, database: "linehold" }),
    loginUrl: urlOf("linehold", { password: secrets.login, port, database: "linehold" }),
    port,
    get pid() {
      return pid();
    },
    dataDir: home.dataDir,
    home,
    [Symbol.asyncDispose]: close,
  };
}

function urlOf(
  user: string,
  { database, password, port }: { database: string; password: string; port: number },
): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Postgres insists that its data directory's owner runs it: as root we can become whoever made it. */
function ownerOf({ cluster }: ClusterHome, user: ServerUser): ServerUser {
  if (!user.dropped || !existsSync(cluster)) return user;
  const { gid, uid } = statSync(cluster);
  return { uid, gid, dropped: true };
}

async function createDatabase(adminUrl: string): Promise<void> {
  await using session = await openSession({
    url: adminUrl,
    applicationName: "linehold start",
    connectTimeoutMs: 5000,
  });
  const found = await session.query("select 1 from pg_database where datname = 'linehold'");
  if (found.length === 0) await session.execute("create database linehold");
}
