import { rmSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSession, type Session } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { temporaryFolder } from "../harness/folders.ts";
import { findPooler, openPooler } from "../harness/pgbouncer.ts";
import type { Route } from "./cells.ts";

/** A Postgres of its own to be harmed, and a PgBouncer before it. */
export interface Ground extends AsyncDisposable {
  readonly postgres: EmbeddedPostgres;
  /** The application's URL by that route. */
  url(route: Route): string;
  /** Those there are: without PgBouncer only the direct one. */
  readonly routes: readonly Route[];
  /** A path for a file of this ground's own. */
  file(name: string): string;
  /** A connection as the superuser, past every fault on the network. */
  openOwner(): Promise<Session>;
}

const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "100" };

/** What is read: the rows that change; every other key reads as version 0. */
const CREATE = `
  create table wares (
    key text primary key,
    version integer not null
  )`;
const FILL = "insert into wares select 'k' || number, 1 from generate_series(0, 2) as number";

/**
 * Starts both.
 *
 * @throws {RangeError} If PgBouncer is missing and `REQUIRE` is `all`.
 */
export async function openGround(): Promise<Ground> {
  const program = findPooler();
  await using opening = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opening.defer(() => rmSync(folder, { recursive: true, force: true }));
  const log = createLog({ process: "faults", level: "error", clock: systemClock });
  const postgres = opening.use(await openEmbeddedPostgres({ dataDir: folder, settings: SETTINGS }, { log }));
  await migrate({ ownerUrl: postgres.ownerUrl, loginUrl: postgres.loginUrl });
  const openOwner = () =>
    openSession({ url: postgres.ownerUrl, applicationName: "fault matrix", connectTimeoutMs: 5000 });
  const owner = opening.use(await openOwner());
  for (const statement of [CREATE, FILL, "grant select on wares to linehold_read"])
    await owner.execute(statement);
  const pooler =
    program === undefined
      ? undefined
      : opening.use(
          await openPooler(
            { url: postgres.loginUrl, owner: (text, values) => owner.query(text, values) },
            { program },
          ),
        );
  const open = opening.move();
  return {
    postgres,
    routes: pooler === undefined ? ["direct"] : ["direct", "pooled"],
    url: (route) =>
      route === "pooled" && pooler !== undefined ? pooler.url("linehold_web") : postgres.loginUrl,
    file: (name) => join(folder, name),
    openOwner,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
