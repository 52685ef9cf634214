import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestDatabase } from "./database.ts";
import { findFreePort } from "./ports.ts";

const SETTINGS = join(import.meta.dir, "../../deploy/pgbouncer.ini");

/** A PgBouncer of ours, with the deployment's own settings, in front of a test's database. Disposing ends it. */
export interface RunningPooler extends AsyncDisposable {
  /** The application's URL under one alias. */
  url(alias: string): string;
  /** The answer to a command of PgBouncer's console, such as `show databases`. */
  show(command: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** What it has written so far. */
  log(): string;
}

/**
 * Where PgBouncer is, or `undefined` for `test.skipIf`.
 *
 * @throws {RangeError} Instead of `undefined` when `REQUIRE` is `all`.
 */
export function findPooler(): string | undefined {
  const found = Bun.which("pgbouncer", { PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin` });
  if (found === null && process.env["REQUIRE"] === "all")
    throw new RangeError(`Cannot skip as REQUIRE is "all": PgBouncer is missing`);
  return found ?? undefined;
}

/**
 * Starts PgBouncer with `deploy/pgbouncer.ini`, in which only what belongs to a machine is replaced: addresses, ports, paths,
 * and the names of the database and its user. `edit` changes the file first, for what a test wants to see go wrong.
 */
export async function openPooler(
  database: Pick<TestDatabase, "url" | "owner">,
  { program, edit = (text) => text }: { program: string; edit?: (text: string) => string },
): Promise<RunningPooler> {
  const login = new URL(database.url);
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), "linehold-pooler-"));
  await using opening = new AsyncDisposableStack();
  opening.defer(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const rendered = render(edit(readFileSync(SETTINGS, "utf8")), { folder, login, port });
  writeFileSync(join(folder, "pgbouncer.ini"), rendered);
  writeFileSync(join(folder, "userlist.txt"), await userLine(database, login.username));
  const child = Bun.spawn([...asNobody(), program, join(folder, "pgbouncer.ini")], {
    stdio: ["ignore", "ignore", Bun.file(join(folder, "log"))],
  });
  opening.defer(async () => {
    child.kill("SIGKILL");
    await child.exited;
  });
  const log = () => readFileSync(join(folder, "log"), "utf8");
  const url = (alias: string) => Object.assign(new URL(login), { port, pathname: alias }).href;
  await untilListening(url("pgbouncer"), { child, log });
  const open = opening.move();
  return {
    url,
    log,
    show: (command) => ask(url("pgbouncer"), command),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

function render(text: string, { folder, login, port }: { folder: string; login: URL; port: number }): string {
  const database = login.pathname.slice(1);
  return text
    .replaceAll(/host=\S+ port=\d+ dbname=\S+/g, `host=127.0.0.1 port=${login.port} dbname=${database}`)
    .replace(/^listen_addr = .*$/m, "listen_addr = 127.0.0.1")
    .replace(/^listen_port = .*$/m, `listen_port = ${port}`)
    .replace(/^auth_file = .*$/m, `auth_file = ${folder}/userlist.txt`)
    .replace(/^stats_users = .*$/m, `stats_users = ${login.username}`);
}

/** A line of userlist.txt, by the statement that the file's own comment gives. */
async function userLine({ owner }: Pick<TestDatabase, "owner">, user: string): Promise<string> {
  const [, statement = ""] = /^; {3}(select format.*);$/m.exec(readFileSync(SETTINGS, "utf8")) ?? [];
  const [row] = await owner<{ format: string }>(statement.replace("rolname = 'linehold'", "rolname = $1"), [
    user,
  ]);
  return `${row?.format}\n`;
}

/** PgBouncer refuses to run as root. */
function asNobody(): string[] {
  const parent = process.platform === "linux" ? ["setpriv", "--pdeathsig", "SIGKILL"] : [];
  if (process.getuid?.() !== 0) return parent;
  return [...parent, "--reuid", "65534", "--regid", "65534", "--clear-groups"];
}

async function untilListening(
  url: string,
  { child, log }: { child: Bun.Subprocess; log: () => string },
): Promise<void> {
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt += 1) {
    const answered = await ask(url, "show version").catch(() => undefined);
    if (answered !== undefined) return;
    await Bun.sleep(30);
  }
  throw new RangeError(`Cannot use PgBouncer as it did not start:\n${log()}`);
}

async function ask(url: string, command: string) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(command);
    return rows;
  } finally {
    await client.end();
  }
}
