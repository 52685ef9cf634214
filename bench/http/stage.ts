import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { findFreePort } from "../../tests/harness/ports.ts";
import { insertTenants } from "../../tests/incident/builds/linehold_tenants.ts";
import { spawnLines } from "../../tests/incident/children.ts";
import { type IncidentDatabase, openIncidentDatabase } from "../../tests/incident/database.ts";
import { heldSlug } from "../../tests/incident/load/arrivals.ts";
import { themePath } from "../../tests/incident/load/generator.ts";
import { openSender, type Reply } from "../../tests/incident/load/sender.ts";
import type { Server } from "./server.ts";
import type { ThemeFile } from "./servers/theme_file.ts";

/** A Postgres with tenants, and a folder; both gone when disposed. */
export interface Stage extends AsyncDisposable {
  readonly database: IncidentDatabase;
  readonly folder: string;
}

/** The tenants of the bench; the first is the one that everybody's figures are about. */
export const TENANTS = Array.from({ length: 20 }, (_, index) => heldSlug(index));
export const TENANT = heldSlug(0);

export async function openStage(): Promise<Stage> {
  await using opening = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "linehold-bench-"));
  opening.defer(() => rm(folder, { recursive: true, force: true }));
  const database = opening.use(await openIncidentDatabase());
  await migrate(database.postgres);
  await insertTenants(database.owner, TENANTS);
  const opened = opening.move();
  return { database, folder, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** The real web process, every tenant's brand in memory when it returns. */
export async function startWeb(
  name: string,
  { database, ttlSeconds }: { database: IncidentDatabase; ttlSeconds: number },
): Promise<Server> {
  const port = await findFreePort();
  const child = spawnLines({
    name,
    entry: new URL("../../src/processes/web.ts", import.meta.url).pathname,
    env: {
      DATABASE_URL: database.postgres.loginUrl,
      HOST: "127.0.0.1",
      PORT: String(port),
      METRICS_PORT: String(await findFreePort()),
      DB_MAX_CONN: "8",
      DB_MIN_CONN: "2",
      BRANDING_CACHE_TTL: String(ttlSeconds),
      LOG_LEVEL: "info",
    },
  });
  await using starting = new AsyncDisposableStack();
  starting.use(child);
  await child.line((line) => line.includes(`Pre-warmed ${TENANTS.length}/${TENANTS.length} branding caches`));
  starting.move();
  return { name, port, pid: child.pid, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

/** An answer that was not the theme: there is nothing to compare. */
export class ThemeNotServedError extends Error {
  override readonly name = "ThemeNotServedError";
  readonly code = "theme_not_served";

  constructor(server: string, reply: Reply) {
    super(
      `Cannot measure ${server} as it does not serve the theme: ${reply.ending === "answered" ? reply.status : reply.ending}`,
    );
  }
}

type Answered = Extract<Reply, { ending: "answered" }>;

/** One request for the theme of the bench. */
export async function askTheme({ name, port }: Pick<Server, "name" | "port">): Promise<Answered> {
  using sender = openSender({ hostname: "127.0.0.1", port, connectionsMax: 1 }, { clock: systemClock });
  const reply = await sender.send(themePath(TENANT), { deadlineAt: systemClock.now() + 5000 });
  if (reply.ending !== "answered" || reply.status !== 200) throw new ThemeNotServedError(name, reply);
  return reply;
}

/** The headers that a server writes of itself. */
const OWN_HEADERS = new Set([
  "date",
  "content-length",
  "connection",
  "keep-alive",
  "server",
  "transfer-encoding",
]);

/** Keeps an answer in a file, for the servers that shall give the very same. */
export async function keepTheme(
  { body, headers }: Answered,
  { folder }: { folder: string },
): Promise<string> {
  const path = join(folder, "theme.json");
  const theme: ThemeFile = { tenant: TENANT, body, headers: comparable(headers) };
  await writeFile(path, JSON.stringify(theme));
  return path;
}

function comparable(headers: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !OWN_HEADERS.has(name)));
}

/** What differs between two answers that should be the same, as names of headers and `body`. */
export function differences(ours: Answered, theirs: Answered): readonly string[] {
  const [mine, other] = [comparable(ours.headers), comparable(theirs.headers)];
  const names = new Set([...Object.keys(mine), ...Object.keys(other)]);
  const headers = [...names].filter((name) => !VARYING.has(name) && mine[name] !== other[name]);
  return ours.body === theirs.body ? headers : [...headers, "body"];
}

/** What changes from one answer to the next, or with time; a server must still send it. */
const VARYING = new Set(["x-request-id", "age", "cache-status"]);
