import { readdir, readFile } from "node:fs/promises";
import { openSession, type Session } from "../pool/mod.ts";
import { provisionLogin } from "./login.ts";

export interface MigrateOptions {
  /** The owner, straight to Postgres: the lock below does not survive a pooler. */
  readonly ownerUrl: string;
  /** The application's URL, whose login is made if missing and given the roles. */
  readonly loginUrl: string;
}

export type MigrateEvent =
  | { readonly type: "migration_applied"; readonly name: string }
  | { readonly type: "migration_waited"; readonly name: string; readonly attempt: number }
  /** A dump was restored into another cluster: its transactions' numbers go on from those of the cluster before. */
  | { readonly type: "ledger_clock_continued" }
  | { readonly type: "login_created"; readonly login: string };

/** A migration's text is not what was applied under its name. Forward only: write a new one. */
export class MigrationChangedError extends Error {
  override readonly name = "MigrationChangedError";
  readonly code = "migration_changed";
  readonly migration: string;

  constructor(migration: string) {
    super(`Cannot migrate as an applied migration was edited since: it is "${migration}"`);
    this.migration = migration;
  }
}

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

const FOLDER = new URL("./migrations/", import.meta.url);
// "linehold" in ASCII: one lock for all migrators of one database.
const LOCK_KEY = "7811887055484185700";
const ATTEMPTS = 20;

/**
 * Applies what is missing, in order, each in a transaction of its own. Safe twice and at the same time: whoever comes
 * second waits at the lock and finds the work done.
 *
 * @returns The names applied by this call.
 * @throws {MigrationChangedError} If an applied migration was edited.
 * @throws {DatabaseUnavailableError} If the owner's database cannot be reached.
 */
export async function migrate(
  { ownerUrl, loginUrl }: MigrateOptions,
  { observe = () => {} }: { observe?: (event: MigrateEvent) => void } = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations();
  await using owner = await openSession({
    url: ownerUrl,
    applicationName: "linehold migrate",
    connectTimeoutMs: 10_000,
  });
  await inTransaction(owner, () => owner.execute(CREATE_LEDGER));
  const applied: string[] = [];
  for (const migration of migrations) {
    if (await applyPatiently(owner, migration, observe)) {
      applied.push(migration.name);
      observe({ type: "migration_applied", name: migration.name });
    }
  }
  if (await inTransaction(owner, () => continueLedgerClock(owner)))
    observe({ type: "ledger_clock_continued" });
  const login = await inTransaction(owner, () => provisionLogin(owner, loginUrl));
  if (login.created) observe({ type: "login_created", login: login.name });
  return { applied };
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(new URL(file, FOLDER), "utf8");
      const checksum = new Bun.CryptoHasher("sha256").update(text).digest("hex");
      return { name: file.slice(0, -".sql".length), text, checksum };
    }),
  );
}

// A statement that waits for a table's lock makes every later reader wait behind it (measured: a SELECT missed 2 s
// behind an ALTER; 43 ms with lock_timeout). So the wait is short and tried again.
async function applyPatiently(
  owner: Session,
  migration: Migration,
  observe: (event: MigrateEvent) => void,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(owner, () => apply(owner, migration));
    } catch (error) {
      const waited = error instanceof Error && "code" in error && error.code === "database_slow";
      if (!waited || attempt === ATTEMPTS) throw error;
      observe({ type: "migration_waited", name: migration.name, attempt });
    }
  }
}

async function apply(owner: Session, { name, text, checksum }: Migration): Promise<boolean> {
  const [known] = await owner.query<{ checksum: string }>(SELECT_APPLIED, [name]);
  if (known?.checksum === checksum) return false;
  if (known !== undefined) throw new MigrationChangedError(name);
  await owner.execute("set local lock_timeout = '1s'");
  // A silent UPDATE of no rows under row-level security becomes an error.
  await owner.execute("set local row_security = off");
  await owner.execute(text);
  await owner.execute(INSERT_APPLIED, [name, checksum]);
  return true;
}

/** The numbers by which checkpoints are cut are the cluster's, and start anew in another; migration 0016 says more. */
async function continueLedgerClock(owner: Session): Promise<boolean> {
  await owner.execute("set local lock_timeout = '5s'");
  const [row] = await owner.query<{ continued: boolean }>("select continue_ledger_clock() as continued");
  return row?.continued ?? false;
}

async function inTransaction<T>(owner: Session, work: () => Promise<T>): Promise<T> {
  await owner.execute("begin");
  try {
    await owner.execute("select pg_advisory_xact_lock($1)", [LOCK_KEY]);
    const result = await work();
    await owner.execute("commit");
    return result;
  } catch (error) {
    await owner.execute("rollback").catch(() => {});
    throw error;
  }
}

const CREATE_LEDGER = `
  create table if not exists schema_migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;

const SELECT_APPLIED = `
  select checksum
  from schema_migrations
  where name = $1`;

const INSERT_APPLIED = `
  insert into schema_migrations (name, checksum)
  values ($1, $2)`;
