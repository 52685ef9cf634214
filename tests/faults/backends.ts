import type { Session } from "../../src/pool/mod.ts";
import type { Ground } from "./ground.ts";

/** What the server said of one pool's connections at one moment. */
export interface BackendSample {
  /** `performance.now()` when it was asked. */
  readonly at: number;
  readonly connections: number;
  /** Inside a transaction, a failed one too. */
  readonly busy: number;
  /** Those that run a statement. */
  readonly working: number;
  /** How long the oldest statement had run, in milliseconds; 0 without any. */
  readonly statementMs: number;
  /** The same, of statements that all readers had left after 40 ms. */
  readonly leftStatementMs: number;
}

/** Asks the server every few milliseconds, by a way of its own past the proxies, for as long as it answers. */
export interface BackendWatch extends AsyncDisposable {
  of(applicationName: string): readonly BackendSample[];
}

const EVERY_MS = 25;

// PgBouncer renames a server connection (SET application_name) when it hands it to another client: for that moment it shows
// under the name of the one before.
const SELECT_BACKENDS = `
  select
    application_name as name,
    count(*)::integer as connections,
    count(*) filter (where state <> 'idle' and query not like 'SET %')::integer as busy,
    count(*) filter (where state = 'active')::integer as working,
    coalesce(max(age) filter (where state = 'active'), 0)::float8 as "statementMs",
    coalesce(max(age) filter (where state = 'active' and query like '/* leaving */%'), 0)::float8 as "leftStatementMs"
  from pg_stat_activity
  cross join lateral (select extract(epoch from clock_timestamp() - query_start) * 1000 as age) as ages
  where application_name like 'cell %'
  group by application_name`;

export function watchBackends({ openOwner }: Ground): BackendWatch {
  const samples = new Map<string, BackendSample[]>();
  let over = false;
  let session: Session | undefined;
  const look = async () => {
    session ??= await openOwner();
    const at = performance.now();
    const rows = await session.query<Omit<BackendSample, "at"> & { name: string }>(SELECT_BACKENDS);
    for (const { name, ...row } of rows) {
      const known = samples.get(name) ?? [];
      known.push({ at, ...row });
      samples.set(name, known);
    }
  };
  const watching = (async () => {
    while (!over) {
      await look().catch(() => {
        session = undefined;
      });
      await Bun.sleep(EVERY_MS);
    }
  })();
  return {
    of: (name) => samples.get(name) ?? [],
    async [Symbol.asyncDispose]() {
      over = true;
      await watching;
      await session?.[Symbol.asyncDispose]();
    },
  };
}
