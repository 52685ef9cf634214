import type { Finding } from "./fly_document.ts";

/** Who opens connections, what stands between, and what Postgres can bear. */
export interface Budget {
  readonly groups: readonly Group[];
  readonly pooler: Pooler;
  readonly postgres: { readonly maxConnections: number; readonly superuserReserved: number };
  /** Connections that pass the pooler by: in all, or on each machine of a group and then with two of everything. */
  readonly direct: readonly { readonly who: string; readonly connections: number; readonly each?: string }[];
  /** The longest a client waits for a connection of its own pool. */
  readonly connectTimeoutMs: number;
}

export interface Group {
  readonly name: string;
  readonly alias: string;
  readonly machines: number;
  /** Connections at most of one machine. */
  readonly max: number;
}

export interface Pooler {
  readonly mode: string;
  readonly clientsMax: number;
  /** PgBouncer's `max_db_connections`: counted per alias. */
  readonly serverMax: number;
  /** PgBouncer's `max_user_connections`: counted over all aliases, as there is one login. */
  readonly userMax: number;
  readonly queryWaitMs: number;
  readonly aliases: readonly Alias[];
}

export interface Alias {
  readonly name: string;
  readonly database: string;
  readonly poolSize: number;
  readonly reserve: number;
  readonly max: number;
}

/** While a deploy replaces a machine, or a pooler has not yet noticed one that vanished, there are two of everything. */
export const OVERLAP = 2;

/** Everything that does not add up. */
export function budgetFindings(budget: Budget): readonly Finding[] {
  const unbounded = limitsMissing(budget);
  if (unbounded.length > 0) return unbounded;
  return [
    ...clientSide(budget),
    ...aliasShares(budget),
    ...serverSide(budget),
    ...waiting(budget),
    ...sessionMode(budget),
  ];
}

/** How many connections the groups open at most, with two of everything. */
export function clientsOf(groups: readonly Group[], overlap = OVERLAP): number {
  return groups.reduce((total, { machines, max }) => total + machines * max * overlap, 0);
}

/**
 * The most web machines whose pools fit in session mode, where every open client connection keeps a server connection to
 * itself; 0 when not even one does.
 */
export function largestWebCount(budget: Budget, overlap = OVERLAP): number {
  return mostWeb(budget, (more) => fitsSession(more, overlap));
}

/** The most web machines with which nothing is wrong, in whichever mode the pooler is; 0 when not even one fits. */
export function largestFitting(budget: Budget): number {
  return mostWeb(budget, (more) => budgetFindings(more).length === 0);
}

function mostWeb(budget: Budget, fits: (more: Budget) => boolean): number {
  let count = 0;
  while (fits({ ...budget, groups: withWeb(budget.groups, count + 1) })) count += 1;
  return count;
}

function withWeb(groups: readonly Group[], machines: number): readonly Group[] {
  return groups.map((group) => (group.name === "web" ? { ...group, machines } : group));
}

function fitsSession({ groups, pooler }: Budget, overlap: number): boolean {
  return (
    clientsOf(groups, overlap) <= Math.min(pooler.userMax, pooler.clientsMax) &&
    pooler.aliases.every(
      ({ max, name }) =>
        clientsOf(
          groups.filter(({ alias }) => alias === name),
          overlap,
        ) <= max,
    )
  );
}

/** To PgBouncer 0 is no limit, and a setting left out is a default: neither is a number to count with. */
function limitsMissing({ pooler, postgres }: Budget): Finding[] {
  const limits = {
    max_client_conn: pooler.clientsMax,
    max_db_connections: pooler.serverMax,
    max_user_connections: pooler.userMax,
    max_connections: postgres.maxConnections,
    superuser_reserved_connections: postgres.superuserReserved,
    ...Object.fromEntries(pooler.aliases.map(({ max, name }) => [`${name} max_db_connections`, max])),
  };
  return Object.entries(limits)
    .filter(([, limit]) => !(limit > 0))
    .map(([name]) => finding("unbounded", name, "must be a number above 0"));
}

function clientSide({ groups, pooler }: Budget): Finding[] {
  const clients = clientsOf(groups);
  if (clients <= pooler.clientsMax) return [];
  return [
    finding(
      "client_side",
      "max_client_conn",
      `${clients} clients during a deploy, of ${pooler.clientsMax} allowed`,
    ),
  ];
}

function aliasShares({ groups, pooler }: Budget): Finding[] {
  const shared = pooler.aliases.filter(({ name }) => groups.filter(({ alias }) => alias === name).length > 1);
  const homeless = groups.filter(({ alias }) => !pooler.aliases.some(({ name }) => name === alias));
  const databases = new Set(pooler.aliases.map(({ database }) => database));
  const overfull = pooler.aliases.filter(({ max, poolSize, reserve }) => poolSize + reserve > max);
  return [
    ...shared.map(({ name }) => finding("alias", name, "more than one process queues under it")),
    ...homeless.map(({ name, alias }) => finding("alias", alias, `${name} has no alias of its own`)),
    ...(databases.size === 1 ? [] : [finding("alias", "databases", "the aliases must name one database")]),
    ...overfull.map(({ name }) =>
      finding("alias_share", name, "its pool and reserve exceed what it may open"),
    ),
  ];
}

/** Connections that pass the pooler by, all of them at once. */
function directOf({ direct, groups }: Budget): number {
  const machines = (name: string) => groups.find((group) => group.name === name)?.machines ?? 0;
  return direct.reduce(
    (total, { connections, each }) =>
      total + connections * (each === undefined ? 1 : machines(each) * OVERLAP),
    0,
  );
}

function serverSide(budget: Budget): Finding[] {
  const { pooler, postgres } = budget;
  const shares = pooler.aliases.reduce((total, { max }) => total + max, 0);
  const past = directOf(budget);
  const needed = pooler.serverMax + past + postgres.superuserReserved;
  const findings: Finding[] = [];
  if (shares > pooler.serverMax || pooler.userMax > pooler.serverMax) {
    const message = `shares of ${shares} and a ceiling of ${pooler.userMax} exceed ${pooler.serverMax}`;
    findings.push(finding("shares", "max_db_connections", message));
  }
  if (needed > postgres.maxConnections) {
    const message = `${pooler.serverMax} pooled, ${past} direct and ${postgres.superuserReserved} reserved exceed ${postgres.maxConnections}`;
    findings.push(finding("server_side", "max_connections", message));
  }
  return findings;
}

function waiting({ connectTimeoutMs, pooler }: Budget): Finding[] {
  if (pooler.queryWaitMs > 0 && pooler.queryWaitMs < connectTimeoutMs) return [];
  const message = `must end before DB_CONN_TIMEOUT, ${connectTimeoutMs} ms: it is ${pooler.queryWaitMs} ms`;
  return [finding("query_wait", "query_wait_timeout", message)];
}

function sessionMode(budget: Budget): Finding[] {
  if (budget.pooler.mode === "transaction") return [];
  if (budget.pooler.mode === "session" && fitsSession(budget, OVERLAP)) return [];
  const message = `in session mode at most ${largestWebCount(budget)} web machine(s) fit`;
  return [finding("pool_mode", "pool_mode", message)];
}

function finding(rule: string, path: string, message: string): Finding {
  return { rule, path, message };
}
