/** Why the database could not answer. `code` is the cause that headers, logs and metrics carry. */
export type UnavailableCode =
  | "pool_exhausted"
  | "database_unreachable"
  | "database_slow"
  | "database_refused"
  | "database_misconfigured"
  | "stale_only";

/** The database could not answer, for a reason that is not the statement's own. */
export abstract class DatabaseUnavailableError extends Error {
  abstract readonly code: UnavailableCode;
  /** Whether a second try, a moment later, could find it mended. */
  abstract readonly transient: boolean;
}

/** No connection became free in time, or too many already wait for one. */
export class PoolExhaustedError extends DatabaseUnavailableError {
  override readonly name = "PoolExhaustedError";
  readonly code = "pool_exhausted";
  readonly transient = true;
}

/** No connection could be opened, or the one in use was lost. */
export class DatabaseUnreachableError extends DatabaseUnavailableError {
  override readonly name = "DatabaseUnreachableError";
  readonly code = "database_unreachable";
  readonly transient = true;
}

/** The deadline passed while a statement ran: the server ended it, or it was abandoned. */
export class DatabaseSlowError extends DatabaseUnavailableError {
  override readonly name = "DatabaseSlowError";
  readonly code = "database_slow";
  readonly transient = false;
}

/** The server, or the pooler before it, has no room: too many clients, starting up, out of disk. */
export class DatabaseRefusedError extends DatabaseUnavailableError {
  override readonly name = "DatabaseRefusedError";
  readonly code = "database_refused";
  readonly transient = true;
}

/** Wrong password, missing database, role, grant or table: stays wrong until an operator acts. */
export class DatabaseMisconfiguredError extends DatabaseUnavailableError {
  override readonly name = "DatabaseMisconfiguredError";
  readonly code = "database_misconfigured";
  readonly transient = false;
}

/** An operator stopped the leases: the database was not asked. */
export class LeasesStoppedError extends DatabaseUnavailableError {
  override readonly name = "LeasesStoppedError";
  readonly code = "stale_only";
  readonly transient = false;

  constructor() {
    super("Cannot lease a connection as an operator has stopped it");
  }
}

/** The breaker is open: the database was not asked. Carries the cause that opened it. */
export class BreakerOpenError extends DatabaseUnavailableError {
  override readonly name = "BreakerOpenError";
  readonly code: UnavailableCode;
  readonly transient = false;

  constructor(code: UnavailableCode) {
    super(`Cannot lease a connection as the breaker is open: cause is "${code}"`);
    this.code = code;
  }
}

/** The server understood the statement and refused it; the connection is sound. */
export class StatementError extends Error {
  override readonly name = "StatementError";
  readonly code = "statement_failed";
  /** PostgreSQL's five characters (Appendix A of its manual), as in `23505`. */
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor({
    sqlState,
    constraint,
    cause,
  }: { sqlState: string; constraint?: string | undefined; cause: unknown }) {
    super(`Cannot run the statement as the server refused it: SQLSTATE is ${sqlState}`, { cause });
    this.sqlState = sqlState;
    this.constraint = constraint;
  }

  /** A serialization failure or a deadlock: the whole transaction may be tried anew. */
  get isConflict(): boolean {
    return this.sqlState === "40001" || this.sqlState === "40P01";
  }
}

/** The answer to COMMIT was lost: the transaction may have happened. Read its key back; never repeat it blindly. */
export class CommitUnknownError extends Error {
  override readonly name = "CommitUnknownError";
  readonly code = "commit_unknown";
}

/** Whether the failure speaks of the database's health (it feeds the breaker), not of the caller's statement. */
export function isUnavailable(error: unknown): error is DatabaseUnavailableError {
  return error instanceof DatabaseUnavailableError;
}
