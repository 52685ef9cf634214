import type { EmbeddedPostgres } from "../../../src/local/mod.ts";
import type { Owner } from "../database.ts";
import type { Reply } from "../load/sender.ts";

export type BuildName = "naive" | "remedied" | "linehold";

/** One way to build the service, as the replay drives it. */
export interface Build {
  readonly name: BuildName;
  /** What it is, for the report. */
  readonly about: string;
  /** Makes its tables and logins on an empty database and starts its processes; returns when they listen. */
  open(options: OpenOptions): Promise<RunningBuild>;
}

export interface OpenOptions {
  readonly postgres: EmbeddedPostgres;
  readonly owner: Owner;
  /** Tenants that exist before it boots. */
  readonly slugs: readonly string[];
  /** How long the load lasts. */
  readonly durationMs: number;
  readonly tuning: Tuning;
}

/** What the mission fixes for all builds, and the one thing that only one of them has. */
export interface Tuning {
  /** Database connections of the web process. */
  readonly poolMax: number;
  readonly brandingTtlSeconds: number;
  /** gunicorn's `--threads`, whose default is 1. */
  readonly gunicornThreads: number;
}

export interface RunningBuild extends AsyncDisposable {
  readonly port: number;
  /** The load begins; so does whatever gives the workers their work. */
  begin(): void;
  /** Adds tenants by SQL to the running service; returns when its directory knows them and none is loaded. */
  addTenants(slugs: readonly string[]): Promise<void>;
  /** Changes a brand's name by SQL. */
  rename(slug: string, name: string): Promise<void>;
  /** What its workers did since then. */
  workSince(moment: Date): Promise<WorkDone>;
  /** The processes that ended by themselves. */
  endings(): readonly string[];
  /** The last lines of each process, for when something is wrong. */
  tails(): readonly string[];
}

export interface WorkDone {
  /** Prices written at least once. */
  readonly prices: number;
  /** Bets settled. */
  readonly bets: number;
}

/** What a build must serve before the load begins, and does not: there is nothing to replay. */
export class NotServedError extends Error {
  override readonly name = "NotServedError";
  readonly code = "not_served";

  constructor(path: string, { reply, tails }: { reply: Reply; tails: readonly string[] }) {
    const found = reply.ending === "answered" ? `status ${reply.status}` : reply.ending;
    super(`Cannot begin as ${path} is not served: it ended with ${found}\n${tails.slice(-30).join("\n")}`);
  }
}
