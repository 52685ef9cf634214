import { Type } from "@sinclair/typebox";
import type { ProblemTable } from "./problem.ts";

/** What the edge itself refuses, before or beside any room. */
export const problems = {
  host_invalid: { status: 400, title: "The Host header does not name a host" },
  idempotency_key_missing: {
    status: 400,
    title: "This needs an Idempotency-Key of 1 to 128 printable characters",
  },
  cursor_invalid: { status: 400, title: "The cursor is not one of ours" },
  body_unreadable: { status: 400, title: "The request body could not be read" },
  route_not_found: { status: 404, title: "There is nothing at this path" },
  method_not_allowed: { status: 405, title: "This path does not answer that method" },
  length_required: { status: 411, title: "A request body must declare its length" },
  request_in_progress: {
    status: 409,
    title: "A request with this Idempotency-Key is being answered",
    retryAfterSeconds: 1,
  },
  body_too_large: { status: 413, title: "The request body is too large" },
  request_invalid: { status: 422, title: "The request does not match the contract" },
  idempotency_key_reused: { status: 422, title: "This Idempotency-Key belongs to another request" },
  too_many_requests: { status: 429, title: "Too many requests", retryAfterSeconds: 10 },
  internal_error: { status: 500, title: "Something is wrong on our side" },
  database_unavailable: { status: 503, title: "This cannot be answered right now", retryAfterSeconds: 2 },
} as const satisfies ProblemTable;

/** The pool's refusals are one problem to a caller: which of them it was is for operators. */
export const aliases: Readonly<Record<string, keyof typeof problems>> = {
  pool_exhausted: "database_unavailable",
  database_unreachable: "database_unavailable",
  database_slow: "database_unavailable",
  database_refused: "database_unavailable",
  database_misconfigured: "database_unavailable",
  stale_only: "database_unavailable",
  // The answer was lost and nothing was done, which is certain: the same request may be sent again.
  request_not_done: "database_unavailable",
  // What cannot be told of a lost commit is told of the database: asking again is answered by what it did.
  commit_unknown: "database_unavailable",
};

/** RFC 9457 problem details; `code` is the heading in problems.md that `type` points to. */
export const problemSchema = Type.Object(
  {
    type: Type.String({
      description: "Where this kind of problem is described",
      examples: ["/docs/problems#tenant_not_found"],
    }),
    title: Type.String({ examples: ["No such tenant"] }),
    status: Type.Integer({ minimum: 400, maximum: 599, examples: [404] }),
    code: Type.String({ description: "Stable name of this kind of problem", examples: ["tenant_not_found"] }),
    requestId: Type.String({
      description: "Also in X-Request-Id: quote it when asking for help",
      examples: ["5f2c9a10b7d3e481-2a"],
    }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          in: Type.String({ description: "Which part of the request", examples: ["query"] }),
          name: Type.String({ description: "Which parameter or field of it", examples: ["limit"] }),
        }),
        { description: "With request_invalid: what does not match the contract" },
      ),
    ),
  },
  { description: "A refusal, from a fixed table (RFC 9457)" },
);
