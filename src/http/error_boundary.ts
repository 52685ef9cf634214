import { Elysia, ValidationError } from "elysia";
import type { Problems, RequestFault } from "./problem.ts";
import type { RequestIds } from "./request_id.ts";

/** What the edge tells whoever watches: a request that ended in a bug of ours. The error is for operators alone. */
export interface RequestFailed {
  readonly kind: "request_failed";
  readonly requestId: string;
  readonly error: unknown;
}

export interface ErrorBoundaryDeps {
  readonly problems: Problems;
  readonly requestIds: RequestIds;
  readonly observe: (event: RequestFailed) => void;
}

/**
 * The one place where an error becomes an answer. Must be used before any route: Elysia's `onError` covers only what is
 * registered after it. Without it Elysia sends `error.message`, echoes rejected input, and calls our own faults 422.
 */
export function errorBoundary({ problems, requestIds, observe }: ErrorBoundaryDeps) {
  return new Elysia({ name: "http/error_boundary" }).onError({ as: "global" }, ({ code, error, request }) => {
    const requestId = requestIds.of(request);
    const listed = listedCode(String(code), error, problems);
    if (listed === "internal_error") observe({ kind: "request_failed", requestId, error });
    const errors = listed === "request_invalid" ? faultsOf(error) : undefined;
    return problems.respond(listed, { requestId, error, ...(errors && { errors }) });
  });
}

function listedCode(code: string, error: unknown, problems: Problems): string {
  // An answer that does not match our own contract is our fault, not the caller's.
  if (error instanceof ValidationError)
    return error.type === "response" ? "internal_error" : "request_invalid";
  if (code === "NOT_FOUND") return "route_not_found";
  if (code === "PARSE" || code === "INVALID_COOKIE_SIGNATURE") return "body_unreadable";
  return problems.codeOf(error);
}

/** Names of the contract that were not met. Values, and names the caller made up, stay out. */
function faultsOf(error: unknown): RequestFault[] | undefined {
  if (!(error instanceof ValidationError)) return undefined;
  const name = /^\/([A-Za-z]{1,40})(?:\/|$)/.exec(pathOf(error))?.[1];
  return name !== undefined && declares(error.validator, name) ? [{ in: error.type, name }] : undefined;
}

function declares(validator: unknown, name: string): boolean {
  const schema = property(validator, "schema");
  const properties = property(schema, "properties");
  return typeof properties === "object" && properties !== null && Object.hasOwn(properties, name);
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function pathOf(error: ValidationError): string {
  const found: unknown = error.valueError?.path;
  return typeof found === "string" ? found : "";
}
