import type { DocumentDecoration } from "elysia";
import type { ProblemTable } from "./problem.ts";
import { problemType } from "./problem.ts";

/** What a route may do when the database cannot answer. The whole list: a contract test checks each operation against it. */
export const DEGRADATIONS = ["none-needed", "default", "stale", "marked", "truth"] as const;
export type Degradation = (typeof DEGRADATIONS)[number];

/** Who may ask: nobody in particular, a player by an access token, an operator by a key of the tenant, or the platform by its own. */
export type Caller = "player" | "operator";

export interface OperationOptions {
  /** Anybody, when left out. */
  readonly caller?: Caller;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly degradation: Degradation;
  /** Only where the route has no schema of its own to print them from: these take its place. */
  readonly parameters?: readonly object[];
  /** What the request must carry, from `content`. The route's own schema checks it; this is how the contract shows it. */
  readonly body?: object;
  /** Responses by status, from the helpers below. */
  readonly responses: Readonly<Record<string, object>>;
}

/**
 * Where an operation keeps its `body` until the document is assembled: under `requestBody` the plugin would print the route's schema in its
 * place, three times over and without an example.
 */
export const REQUEST_CONTENT = "x-request-content";

/** The header by which a caller names what it asks to be done, for operations whose parameters are written by hand. */
export const idempotencyKeyParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description:
    "The caller's own name for what it asks, 1 to 128 printable characters: asking again under the same one does it once",
  schema: {
    type: "string",
    minLength: 1,
    maxLength: 128,
    examples: ["7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b"],
  },
  example: "7d3c1a52-3b1e-4a52-9a52-0c1d2e3f4a5b",
} as const;

/** An operation of the contract, as Elysia's `detail`. Nothing of it runs with a request. */
export function operation({
  tag,
  degradation,
  parameters,
  caller,
  body,
  ...rest
}: OperationOptions): DocumentDecoration {
  // Elysia's own type knows OpenAPI 3.0 alone and no extensions; the document is linted as 3.1 as a whole.
  const detail: object = {
    ...rest,
    tags: [tag],
    "x-degradation": degradation,
    ...(caller && { security: [{ [caller]: [] }] }),
    ...(parameters && { parameters: [...parameters] }),
    ...(body && { [REQUEST_CONTENT]: body }),
  };
  return detail;
}

const HEADER_REFS = {
  Age: { $ref: "#/components/headers/Age" },
  "Cache-Control": { $ref: "#/components/headers/CacheControl" },
  "Cache-Status": { $ref: "#/components/headers/CacheStatus" },
  ETag: { $ref: "#/components/headers/ETag" },
  "X-Request-Id": { $ref: "#/components/headers/RequestId" },
};

/** A success whose body is the named component schema (or any text), with an example. */
export function content(
  contentType: string,
  body: { readonly schema: string | object; readonly example: unknown },
): object {
  const schema =
    typeof body.schema === "string" ? { $ref: `#/components/schemas/${body.schema}` } : body.schema;
  return { [contentType]: { schema, example: body.example } };
}

/** 200 and 304 of a public GET that carries its provenance in headers. */
export function cachedResponses(description: string, body: object): Record<string, object> {
  return {
    200: { description, headers: HEADER_REFS, content: body },
    304: {
      description: "The caller holds these very bytes: If-None-Match named their ETag",
      headers: HEADER_REFS,
    },
  };
}

/** A success that no cache keeps, 200 unless said otherwise. */
export function plainResponse(description: string, body: object, status = 200): Record<string, object> {
  return { [status]: { description, content: body } };
}

/** The problems an operation may answer with, grouped by status, each with its example. */
export function problemResponses(table: ProblemTable, codes: readonly string[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => entryOf(table, code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, grouped]) => [status, problemResponse(table, grouped)]),
  );
}

function problemResponse(table: ProblemTable, codes: readonly string[]): object {
  const entries = codes.map((code) => ({ code, ...entryOf(table, code) }));
  const examples = entries.map(({ code, title, status, example }) => [
    code,
    { value: { type: problemType(code), title, status, code, requestId: "5f2c9a10b7d3e481-2a", ...example } },
  ]);
  const retry = entries.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  return {
    description: entries.map(({ title }) => title).join("; or: "),
    headers: {
      "X-Request-Id": HEADER_REFS["X-Request-Id"],
      ...(retry && { "Retry-After": { $ref: "#/components/headers/RetryAfter" } }),
    },
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function entryOf(table: ProblemTable, code: string) {
  const entry = table[code];
  if (entry === undefined)
    throw new RangeError(`Cannot document a problem that no table lists: code is "${code}"`);
  return entry;
}
