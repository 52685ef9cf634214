import type { Config } from "../config.ts";
import { type EmbeddedPostgres, findEmbeddedPostgres, openEmbeddedPostgres } from "../local/mod.ts";
import type { Log } from "../log.ts";
import { isUnavailable, openSession, type Session } from "../pool/mod.ts";
import { sleep, systemClock } from "../resilience/mod.ts";
import { migrate } from "../schema/mod.ts";
import type { CommandDatabase } from "./_database.ts";

/** "replay" in ASCII: one at a time makes a database, as its login and roles are the whole server's. */
const LOCK_KEY = "125780003414393";
/** Between two looks at whether others still work on the server that this process is about to stop. */
const LOOK_MS = 200;
const ATTEMPTS = 3;

/**
 * `DATABASE_URL` as it is; without it a migrated database of its own on the embedded server of `DATA_DIR`, also while `bun start` runs,
 * dropped when disposed. Any number of processes may have one at once: the one that started the server stops it after the last.
 *
 * @throws {EmbeddedPostgresError} If there is neither.
 */
export async function openThrowawayDatabase(
  { database, local }: Pick<Config, "database" | "local">,
  { name, log }: { readonly name: string; readonly log: Log },
): Promise<CommandDatabase> {
  if (database.url !== undefined) {
    return { url: database.url.reveal(), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await openOnServer(local.dataDir, { purpose: name, log });
    } catch (error) {
      // Whoever had started the server may have stopped it between our finding it and being seen there.
      if (!isUnavailable(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function openOnServer(
  dataDir: string,
  { purpose, log }: { readonly purpose: string; readonly log: Log },
): Promise<CommandDatabase> {
  await using opening = new AsyncDisposableStack();
  const isOthers = (await findEmbeddedPostgres(dataDir)) !== undefined;
  const server = opening.use(await openEmbeddedPostgres({ dataDir }, { log }));
  const applicationName = `linehold ${purpose}`;
  const admin = opening.use(
    await openSession({ url: server.ownerUrl, applicationName, connectTimeoutMs: 10_000 }),
  );
  const prefix = `linehold_${purpose}_`;
  if (!isOthers) opening.defer(() => awaitOthers(admin, applicationName));
  const name = `${prefix}${process.pid}_${Date.now().toString(36)}`;
  opening.defer(async () => void (await admin.execute(`drop database if exists ${name} with (force)`)));
  const url = await alone(admin, async () => {
    await dropAbandoned(admin, prefix);
    return await createMigrated(name, { server, admin });
  });
  const opened = opening.move();
  return { url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function alone<T>(admin: Session, work: () => Promise<T>): Promise<T> {
  await admin.execute(`select pg_advisory_lock(${LOCK_KEY})`);
  try {
    return await work();
  } finally {
    await admin.execute(`select pg_advisory_unlock(${LOCK_KEY})`);
  }
}

async function createMigrated(
  name: string,
  { server, admin }: { readonly server: EmbeddedPostgres; readonly admin: Session },
): Promise<string> {
  await admin.execute(`create database ${name}`);
  // What a crash loses of it is thrown away anyhow, and no commit has to wait for the disk.
  await admin.execute(`alter database ${name} set synchronous_commit = off`);
  const loginUrl = inDatabase(server.loginUrl, name);
  await migrate({ ownerUrl: inDatabase(server.ownerUrl, name), loginUrl });
  return loginUrl;
}

function inDatabase(base: string, database: string): string {
  const url = new URL(base);
  url.pathname = `/${database}`;
  return url.href;
}

const SELECT_NAMES = `
  select datname as name
  from pg_database
  where starts_with(datname, $1)`;

/** Drops what processes that were killed have left: the process that the name tells is gone. */
async function dropAbandoned(admin: Session, prefix: string): Promise<void> {
  for (const { name } of await admin.query<{ readonly name: string }>(SELECT_NAMES, [prefix])) {
    if (!isRunning(Number(name.slice(prefix.length).split("_")[0])))
      await admin.execute(`drop database if exists ${name}`);
  }
}

const SELECT_OTHERS = `
  select exists (
    select
    from pg_stat_activity
    where application_name = $1 and datname = current_database() and pid <> pg_backend_pid()
  ) as working`;

/** Each has one session like ours for as long as it needs the server. Ours says first that we do not: all of them may be waiting here. */
async function awaitOthers(admin: Session, applicationName: string): Promise<void> {
  try {
    await admin.execute("set application_name = 'linehold, done'");
    while (await isAnyWorking(admin, applicationName)) await sleep(LOOK_MS, { clock: systemClock });
  } catch (error) {
    // The server was another's after all, who has stopped it.
    if (!isUnavailable(error)) throw error;
  }
}

async function isAnyWorking(admin: Session, applicationName: string): Promise<boolean> {
  const [others] = await admin.query<{ readonly working: boolean }>(SELECT_OTHERS, [applicationName]);
  return others?.working === true;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process is there, and may not be signalled.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
