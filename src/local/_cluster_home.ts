import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Log } from "../log.ts";
import { runAs, type ServerUser } from "./_server_user.ts";
import { stateFolders } from "./_state_folders.ts";
import { EmbeddedPostgresError } from "./errors.ts";

/** Where one embedded cluster and what belongs to it live. */
export interface ClusterHome {
  /** The folder given as DATA_DIR, absolute. */
  readonly dataDir: string;
  readonly folder: string;
  /** Postgres' own data directory, owned by the server user; all else in `folder` is ours. */
  readonly cluster: string;
  /** Marks every process of this cluster in the system's list of processes. */
  readonly tag: string;
}

export interface Secrets {
  readonly owner: string;
  readonly login: string;
}

/** Beside a cluster that lives apart from its data directory: the path of that. */
export const DATA_DIR_FILE = "data_dir";

/** What a command of this checkout needs to find the running server. Holds no secret. */
export interface RunningServer {
  readonly folder: string;
  readonly port: number;
  readonly supervisorPid: number;
}

/**
 * `DATA_DIR/postgres`; where the server user cannot reach that, a folder of this data directory's own among the state folders.
 *
 * @throws {EmbeddedPostgresError} When DATA_DIR cannot be written to.
 */
export function placeClusterHome(
  dataDir: string,
  { user, log }: { user: ServerUser; log: Log },
): ClusterHome {
  const absolute = resolve(dataDir);
  makeFolder(absolute);
  const preferred = join(absolute, "postgres");
  makeFolder(preferred);
  if (reaches(user, preferred)) return homeIn(preferred, absolute);
  const name = createHash("sha256").update(absolute).digest("hex").slice(0, 16);
  for (const state of stateFolders()) {
    const folder = join(state, "clusters", name);
    makeFolder(join(state, "clusters"));
    makeFolder(folder);
    if (!reaches(user, folder)) continue;
    writeFileSync(join(folder, DATA_DIR_FILE), absolute);
    log.info(
      "local.postgres_placed",
      `Keeping the database in ${folder} as its user cannot reach ${preferred}`,
      { folder },
    );
    return homeIn(folder, absolute);
  }
  throw new EmbeddedPostgresError(
    `Cannot keep a database where its user (uid ${user.uid}) reaches it: set DATA_DIR or DATABASE_URL`,
  );
}

/** The home whose server the data directory's last start used, or `undefined` when there was none. */
export function findClusterHome(dataDir: string): { home: ClusterHome; running: RunningServer } | undefined {
  const absolute = resolve(dataDir);
  const file = join(absolute, "postgres.json");
  if (!existsSync(file)) return undefined;
  const running = JSON.parse(readFileSync(file, "utf8")) as RunningServer;
  return { home: homeIn(running.folder, absolute), running };
}

/** Says where this data directory's server is, for the commands of this checkout. */
export function announceServer(home: ClusterHome, port: number): void {
  const running: RunningServer = { folder: home.folder, port, supervisorPid: process.pid };
  const file = join(home.dataDir, "postgres.json");
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(running));
  renameSync(`${file}.${process.pid}`, file);
}

/** The home in a folder that is known to be one. */
export function homeIn(folder: string, dataDir: string): ClusterHome {
  const mark = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  return { dataDir, folder, cluster: join(folder, "cluster"), tag: `linehold_${mark}` };
}

/** Other users may pass through it, whatever our umask, but not list it. An existing folder keeps the rights it has. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  try {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o711);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `Cannot make the folder ${path}: set DATA_DIR to one that can be written to`,
      { cause },
    );
  }
}

function reaches(user: ServerUser, folder: string): boolean {
  return runAs(user, ["/bin/sh", "-c", 'cd "$1"', "sh", folder]).ok;
}

/** The cluster's passwords, made on its first start and kept beside it for us alone (0600). */
export function readSecrets(home: ClusterHome): Secrets {
  const file = join(home.folder, "secrets.json");
  if (existsSync(file)) return readOwn(file);
  if (existsSync(home.cluster))
    throw new EmbeddedPostgresError(`Cannot open ${home.cluster} as ${file} is gone: remove ${home.folder}`);
  const secrets: Secrets = { owner: randomBytes(24).toString("hex"), login: randomBytes(24).toString("hex") };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function readOwn(file: string): Secrets {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Secrets;
  } catch (cause) {
    const { uid } = statSync(file);
    throw new EmbeddedPostgresError(
      `Cannot read ${file}, which belongs to the user ${uid}: set DATA_DIR to a folder of your own`,
      { cause },
    );
  }
}
