import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { systemClock } from "../../src/resilience/mod.ts";

/** Raw SQL as the owner of the database: to arrange and to look. Reconnects by itself, as faults cut it off. */
export interface Owner {
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

export interface IncidentDatabase extends AsyncDisposable {
  readonly postgres: EmbeddedPostgres;
  readonly owner: Owner;
}

/** Slots of the whole server: enough for every build, and few enough that a rogue takes them all in a moment. */
export const MAX_CONNECTIONS = 40;

/**
 * A Postgres of its own in a folder of its own, so that a fault hits nothing else. Gone when disposed.
 *
 * @param given Server settings over the modest ones, as `{ shared_buffers: "512MB" }`.
 */
export async function openIncidentDatabase(
  given: Readonly<Record<string, string>> = {},
): Promise<IncidentDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "linehold-incident-"));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  // The server is down on purpose much of the time: what its supervisor says of it is no news here.
  const log = createLog({ process: "incident", level: "error", clock: systemClock, write: writeToStderr });
  const settings = { max_connections: String(MAX_CONNECTIONS), max_wal_size: "256MB", ...given };
  const postgres = opened.use(await openEmbeddedPostgres({ dataDir, settings }, { log }));
  const owned = opened.move();
  return { postgres, owner: ownerOf(postgres.ownerUrl), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}

/** A connection for each statement: nothing to lose when the server is killed between two. */
function ownerOf(url: string): Owner {
  return {
    async query<R extends object>(text: string, values: readonly unknown[] = []) {
      const client = new Client({
        connectionString: url,
        connectionTimeoutMillis: 5000,
        query_timeout: 30_000,
      });
      client.on("error", () => undefined);
      try {
        await client.connect();
        // Without values the simple protocol, which takes several statements.
        const result =
          values.length === 0 ? await client.query<R>(text) : await client.query<R>(text, [...values]);
        return result.rows;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}
