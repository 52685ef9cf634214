import type { UnavailableCode } from "../pool/mod.ts";

type Cause =
  | UnavailableCode
  | "refreshing"
  | "starting"
  | "statement_failed"
  | "load_failed"
  | "foreign_value";

/** Why an answer is less than fresh: what it means and what to look at, then what to pull, if anything. */
const ADVICE: Readonly<Record<Cause, string>> = {
  database_unreachable:
    "The database does not accept connections. Check that it runs and that DATABASE_URL names it. Nothing to restart: this process goes on by itself. After a failover, POST /renew ends connections that still lead to the old server.",
  database_slow:
    "The database does not answer in time. Look for locks and long queries (pg_stat_activity) and at its load; a restart of this process only adds connections. If the database needs to be left alone to recover, POST /stale-only; then POST /stale-only?off.",
  pool_exhausted:
    'Every connection is in use. Look at what holds them (pools below, linehold_pool_hold_seconds, pg_stat_activity). If the database has room, POST /resize {"pool":"read","max":40,"min":5} now and DB_MAX_CONN for the next start.',
  database_refused:
    "The database, or the pooler before it, has no room for more connections, or is starting. Compare max_connections and the pooler's limits with the sum of all pools; POST /resize makes a pool smaller.",
  database_misconfigured:
    "A password, a role, a grant or a table is wrong. Run the migrations with this DATABASE_URL, then look at the log for the first refusal. No lever helps.",
  stale_only: "An operator told this process to leave the database alone. POST /stale-only?off ends it.",
  refreshing:
    "Loads are slower than visitors are asked to wait. Nothing is failing; look at the database's load. If it lasts, a longer BRANDING_CACHE_TTL asks for less.",
  starting: "The first answer of the database is awaited since the start.",
  statement_failed:
    "The database refuses a statement. Look at the log for it; another release may be needed.",
  load_failed: "A load ended in a bug. Look at the log for it; another release may be needed.",
  foreign_value: "A value was another tenant's and was not shown. Look at the log for branding.foreign.",
};

/** Every cause that outcomes may carry. */
export const CAUSES: readonly string[] = Object.keys(ADVICE);

/** What a cause means, what to look at, and what to pull. */
export function adviceFor(cause: string): string {
  const advice = Object.entries(ADVICE).find(([known]) => known === cause)?.[1];
  return `Cause ${cause}: ${advice ?? "see the log for this word."}`;
}
