import { aliases, problems as edgeProblems } from "./contract.ts";
import { PUBLIC_HEADERS } from "./headers.ts";

/** One kind of refusal: all that a caller ever learns of it. */
export interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  /** After how many seconds asking again makes sense. */
  readonly retryAfterSeconds?: number;
  /** The same where the error itself knows better. */
  readonly retryAfterOf?: (error: unknown) => number | undefined;
  /** Facts of the error that the caller may know, as members of the document (RFC 9457 §3.2): picked one by one, never a message. */
  readonly members?: (error: unknown) => Readonly<Record<string, unknown>>;
  /** The same for the contract's example. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** Problem entries by code. A code is also the heading in problems.md. */
export type ProblemTable = Readonly<Record<string, ProblemEntry>>;

/** A part of the request that does not match the contract: names of our own schema, never what was sent. */
export interface RequestFault {
  readonly in: string;
  readonly name: string;
}

export interface ProblemDetails {
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly RequestFault[];
  /** What the problem is about, for entries that tell `members` of it. */
  readonly error?: unknown;
}

/** Turns codes and errors into application/problem+json. The only place that does. */
export interface Problems {
  /** The problem of that code; `internal_error` when no room listed it. */
  respond(code: string, details: ProblemDetails): Response;
  /** The listed code that an error stands for, or `internal_error` for whatever nobody expected. */
  codeOf(error: unknown): string;
  readonly table: ProblemTable;
}

/** Where the description of a problem is served. */
export function problemType(code: string): string {
  return `/docs/problems#${code}`;
}

/**
 * Joins the rooms' tables with the edge's own.
 *
 * @throws {RangeError} If two rooms list the same code.
 */
export function createProblems(rooms: readonly ProblemTable[]): Problems {
  const table = joinTables([edgeProblems, ...rooms]);
  return {
    table,
    respond(code, details) {
      const entry = table[code];
      if (entry === undefined) return respondWith("internal_error", edgeProblems.internal_error, details);
      return respondWith(code, entry, details);
    },
    codeOf(error) {
      const code = stableCodeOf(error);
      if (code === undefined) return "internal_error";
      const listed = aliases[code] ?? code;
      return Object.hasOwn(table, listed) ? listed : "internal_error";
    },
  };
}

function joinTables(tables: readonly ProblemTable[]): ProblemTable {
  const joined: Record<string, ProblemEntry> = {};
  for (const [code, entry] of tables.flatMap((table) => Object.entries(table))) {
    if (Object.hasOwn(joined, code)) throw new RangeError(`Cannot list a problem twice: code is "${code}"`);
    joined[code] = entry;
  }
  return Object.freeze(joined);
}

// Our errors carry a snake_case code; a driver's ("57014", "ECONNREFUSED") never matches the table.
function stableCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^[a-z][a-z_]*$/.test(error.code) ? error.code : undefined;
}

function respondWith(
  code: string,
  entry: ProblemEntry,
  { requestId, headers, errors, error }: ProblemDetails,
): Response {
  const retryAfter = entry.retryAfterOf?.(error) ?? entry.retryAfterSeconds;
  const body = {
    ...(error !== undefined && entry.members?.(error)),
    type: problemType(code),
    title: entry.title,
    status: entry.status,
    code,
    requestId,
    ...(errors && { errors }),
  };
  return new Response(JSON.stringify(body), {
    status: entry.status,
    headers: {
      ...PUBLIC_HEADERS,
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      // RFC 9110 §15.5.2 asks it of every 401.
      ...(entry.status === 401 && { "www-authenticate": "Bearer" }),
      ...headers,
    },
  });
}
