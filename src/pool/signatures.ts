import {
  DatabaseMisconfiguredError,
  DatabaseRefusedError,
  DatabaseSlowError,
  DatabaseUnavailableError,
  DatabaseUnreachableError,
  StatementError,
} from "./errors.ts";

interface Signature {
  readonly sqlState?: RegExp;
  readonly message?: RegExp;
  readonly kind: new (message: string, options: { cause: unknown }) => DatabaseUnavailableError;
  readonly why: string;
}

/**
 * What each failure looks like, first match wins. SQLSTATE alone does not do: PgBouncer says "down", "busy", "full" and
 * "misconfigured" all as 08P01, and pg's own failures carry a sentence only (measured with pg 8.23 and PgBouncer 1.18).
 */
const SIGNATURES: readonly Signature[] = [
  {
    sqlState: /^08P01$/,
    message: /query_wait_timeout/,
    kind: DatabaseRefusedError,
    why: "the pooler is busy",
  },
  {
    sqlState: /^08P01$/,
    message: /no more connections allowed/,
    kind: DatabaseRefusedError,
    why: "the pooler is full",
  },
  {
    sqlState: /^08P01$/,
    message: /unsupported startup parameter/,
    kind: DatabaseMisconfiguredError,
    why: "the pooler refuses a startup parameter",
  },
  {
    sqlState: /^08P01$/,
    message: /no such (database|user)/,
    kind: DatabaseMisconfiguredError,
    why: "the pooler does not know us",
  },
  { sqlState: /^08/, kind: DatabaseUnreachableError, why: "the connection failed" },
  { sqlState: /^57014$/, kind: DatabaseSlowError, why: "the statement was cancelled at its deadline" },
  { sqlState: /^55P03$/, kind: DatabaseSlowError, why: "a lock was not granted in time" },
  { sqlState: /^25P0[34]$/, kind: DatabaseSlowError, why: "the transaction was ended for idling" },
  { sqlState: /^57P03$/, kind: DatabaseRefusedError, why: "the server is starting or stopping" },
  { sqlState: /^57P/, kind: DatabaseUnreachableError, why: "the server ended the connection" },
  { sqlState: /^53/, kind: DatabaseRefusedError, why: "the server has no room" },
  {
    sqlState: /^(28|3D|3F)/,
    kind: DatabaseMisconfiguredError,
    why: "the server does not accept this login or database",
  },
  {
    sqlState: /^(42P01|42703|42883|42501|42704)$/,
    kind: DatabaseMisconfiguredError,
    why: "a table, column, function, role or grant is missing",
  },
  { sqlState: /^(XX|58)/, kind: DatabaseUnreachableError, why: "the server failed" },
  {
    message: /timeout expired|connection timeout/i,
    kind: DatabaseUnreachableError,
    why: "no connection was made in time",
  },
  {
    message: /password must be a string|SASL|SCRAM/i,
    kind: DatabaseMisconfiguredError,
    why: "the password is missing or wrong",
  },
  { message: /does not support SSL/, kind: DatabaseMisconfiguredError, why: "the server does not speak TLS" },
];

/** The raw failure of pg as one of our typed errors. What is already typed passes through. */
export function classify(error: unknown): DatabaseUnavailableError | StatementError {
  if (error instanceof DatabaseUnavailableError || error instanceof StatementError) return error;
  const { sqlState, message, constraint } = anatomy(error);
  const known = SIGNATURES.find(
    (signature) =>
      (signature.sqlState === undefined || (sqlState !== undefined && signature.sqlState.test(sqlState))) &&
      (signature.message === undefined || signature.message.test(message)),
  );
  if (known !== undefined) return new known.kind(`Cannot use the database as ${known.why}`, { cause: error });
  if (sqlState !== undefined) return new StatementError({ sqlState, constraint, cause: error });
  return new DatabaseUnreachableError("Cannot use the database as the connection was lost or never made", {
    cause: error,
  });
}

/** A failure inside the frame itself (BEGIN, role, tenant, timeout) is never the statement's: it means a wrong set-up. */
export function classifyFrame(error: unknown): DatabaseUnavailableError {
  const known = classify(error);
  if (known instanceof DatabaseUnavailableError) return known;
  return new DatabaseMisconfiguredError(`Cannot take the role of this pool: SQLSTATE is ${known.sqlState}`, {
    cause: error,
  });
}

function anatomy(error: unknown): { sqlState?: string; message: string; constraint?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  // Only the server's own errors carry a severity; a socket's code (EPIPE) may look like a SQLSTATE.
  const code = "severity" in error && "code" in error && typeof error.code === "string" ? error.code : "";
  const constraint =
    "constraint" in error && typeof error.constraint === "string" ? error.constraint : undefined;
  return {
    message: error.message,
    ...(code === "" ? {} : { sqlState: code }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}
