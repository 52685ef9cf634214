import { rmSync } from "node:fs";
import { openEmbeddedPostgres } from "../../src/local/embedded_postgres.ts";
import { createLog } from "../../src/log.ts";
import { openSession, type Session } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { temporaryFolder } from "./folders.ts";

/** The one Postgres of a run of tests. */
export interface SuiteServer extends AsyncDisposable {
  /** A migrated database to clone; nothing may stay connected to it. */
  readonly template: string;
  /** Of a database of this server, as a superuser. */
  ownerUrl(database: string): string;
  /** The same as the application's login. */
  loginUrl(database: string): string;
  /** A name for a new database that no other run uses. */
  newName(): string;
  /** One connection of the owner, outside every test's database. */
  readonly admin: Session;
}

let opening: Promise<SuiteServer> | undefined;

/** The run's server, started when first asked for. */
export function suiteServer(): Promise<SuiteServer> {
  opening ??= openSuiteServer();
  return opening;
}

/** Stops it if it was started; the preload calls this after the last test. */
export async function closeSuiteServer(): Promise<void> {
  const server = await opening?.catch(() => undefined);
  opening = undefined;
  await server?.[Symbol.asyncDispose]();
}

/**
 * The embedded Postgres, or that of `TEST_POSTGRES_BIN` (a folder with another version's programs), or the running one that
 * `TEST_DATABASE_URL` names as a superuser.
 */
async function openSuiteServer(): Promise<SuiteServer> {
  await using scope = new AsyncDisposableStack();
  const { adminUrl, loginUrl } = await urlsOfServer(scope);
  const run = `linehold_test_${process.pid.toString(36)}${Date.now().toString(36)}`;
  const template = `${run}_template`;
  const admin = scope.use(
    await openSession({ url: adminUrl, applicationName: "linehold tests", connectTimeoutMs: 10_000 }),
  );
  const login = inDatabase(
    loginUrl ?? adminUrl,
    template,
    loginUrl === undefined ? { user: `${run}_login` } : {},
  );
  // On someone's running server the four roles stay, as other databases may use them; the login was ours alone.
  if (loginUrl === undefined)
    scope.defer(async () => void (await admin.execute(`drop role if exists ${login.username}`)));
  await admin.execute(`create database ${template}`);
  scope.defer(() => dropAll(admin, run));
  await migrate({ ownerUrl: inDatabase(adminUrl, template).href, loginUrl: login.href });
  const open = scope.move();
  let clones = 0;
  return {
    template,
    admin,
    ownerUrl: (database) => inDatabase(adminUrl, database).href,
    loginUrl: (database) => inDatabase(login.href, database).href,
    newName: () => `${run}_${++clones}`,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function urlsOfServer(scope: AsyncDisposableStack): Promise<{ adminUrl: string; loginUrl?: string }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { adminUrl: given };
  const dataDir = temporaryFolder();
  scope.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const log = createLog({ process: "tests", level: "warn", clock: systemClock });
  // Safe for tests alone: what a power cut would lose is thrown away anyhow.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const binFolder = process.env["TEST_POSTGRES_BIN"];
  const server = scope.use(
    await openEmbeddedPostgres({ dataDir, settings, ...(binFolder ? { binFolder } : {}) }, { log }),
  );
  return { adminUrl: server.ownerUrl, loginUrl: server.loginUrl };
}

function inDatabase(base: string, database: string, { user }: { user?: string } = {}): URL {
  const url = new URL(base);
  url.pathname = `/${database}`;
  if (user === undefined) return url;
  url.username = user;
  url.password = crypto.randomUUID();
  return url;
}

async function dropAll(admin: Session, run: string): Promise<void> {
  const found = await admin.query<{ name: string }>(
    "select datname as name from pg_database where starts_with(datname, $1)",
    [run],
  );
  for (const { name } of found) await admin.execute(`drop database ${name} with (force)`);
}
