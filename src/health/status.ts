import type { PoolStats } from "../pool/mod.ts";
import type { Beat } from "../worker/mod.ts";
import type { VisitorsReport } from "./visitors.ts";

/** How a process and those it serves are, for the engineer on call. */
export interface Status {
  readonly process: string;
  readonly at: string;
  readonly upSeconds: number;
  readonly draining: boolean;
  /** Absent in a process without visitors. */
  readonly visitors?: VisitorsReport;
  /** Since when visitors get less than fresh answers; null while they do not. */
  readonly degradedSince: string | null;
  readonly pools: Readonly<Record<string, PoolStats>>;
  readonly loops: Readonly<Record<string, Beat>>;
  /** The same in plain words, the most pressing first. */
  readonly words: readonly string[];
}

// What to do, by cause: what the cause means, and what to look at first.
const ADVICE: Readonly<Record<string, string>> = {
  database_unreachable:
    "The database does not accept connections. Check that it runs and that DATABASE_URL names it; there is no need to restart this process, it goes on by itself.",
  database_slow:
    "The database does not answer in time. Look for locks and long queries (pg_stat_activity) and at its load; restarting this process only adds connections.",
  pool_exhausted:
    "Every connection is in use. Look at what holds them (pools below, pg_stat_activity); raise DB_MAX_CONN only if the database has room for it.",
  database_refused:
    "The database has no room for more connections, or is starting. Compare max_connections and the pooler's limits with the sum of all pools.",
  database_misconfigured:
    "A password, a role, a grant or a table is wrong. Run the migrations with this DATABASE_URL, then look at the log for the first refusal.",
  refreshing:
    "Loads are slower than visitors are asked to wait. Nothing is failing; look at the database's load.",
  starting: "The first answer of the database is awaited since the start.",
};

/** The state of visitors in plain words. */
export function visitorWords(report: VisitorsReport, since: string | null): string[] {
  const total = Object.values(report.answers).reduce((sum, count) => sum + count, 0);
  if (total === 0) return ["No visitor asked for anything in the last minute."];
  const { stale, default: builtIn, refused } = report.shares;
  if (stale + builtIn + refused === 0) return ["Everything visitors see is fresh."];
  const parts = [
    [stale, "a stored value past its freshness"],
    [builtIn, "the built-in default brand"],
    [refused, "a refusal, as nothing was ever loaded"],
  ] as const;
  const told = parts.filter(([share]) => share > 0).map(([share, what]) => `${percent(share)} ${what}`);
  const when = since === null ? "It is over now." : `Since ${since}.`;
  return [`In the last minute visitors got: ${told.join(", ")}. ${when}`, ...report.causes.map(adviceFor)];
}

/** What an open breaker means, pool by pool. */
export function poolWords(pools: Readonly<Record<string, PoolStats>>): string[] {
  return Object.entries(pools).flatMap(([name, { breaker }]) =>
    breaker.kind === "open" ? [`The ${name} pool refuses at once. ${adviceFor(breaker.cause)}`] : [],
  );
}

function adviceFor(cause: string): string {
  return `Cause ${cause}: ${ADVICE[cause] ?? "see the log for this word."}`;
}

function percent(share: number): string {
  return `${Math.max(0.1, Math.round(share * 1000) / 10)} %`;
}
