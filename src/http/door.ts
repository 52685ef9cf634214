import type { Connections } from "./connections.ts";
import { PREFLIGHT_HEADERS, SECURITY_HEADERS } from "./headers.ts";
import { readHost, targetOf } from "./host.ts";
import type { Problems } from "./problem.ts";
import type { RequestIds } from "./request_id.ts";
import type { MatchedRoute, RouteTable } from "./route_table.ts";

/** Answers that need nothing: not the Host header, not a tenant, not the database. */
export interface Probes {
  answer(method: string, path: string): Response | undefined;
}

/** One finished request, for metrics. `route` is a declared pattern, `probe` or `none`: a bounded name. */
export interface RequestAnswered {
  readonly kind: "request_answered";
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
  /** How many requests alike are told of at once, `ms` being their mean; 1 by default. */
  readonly times?: number;
}

export interface DoorDeps {
  readonly probes: Probes;
  /** Which path a request means, its tenant written as the first segment, from what its Host header names. */
  readonly locate: (host: string | undefined, path: string) => string;
  readonly routes: RouteTable;
  readonly inner: (request: Request) => Response | Promise<Response>;
  readonly problems: Problems;
  readonly requestIds: RequestIds;
  readonly connections: Pick<Connections, "share">;
  readonly clock: { now(): number };
  readonly observe: (
    event:
      | RequestAnswered
      | { readonly kind: "request_failed"; readonly requestId: string; readonly error: unknown },
  ) => void;
  readonly bodyBytesMax: number;
}

export type Door = (request: Request) => Response | Promise<Response>;

// What the router behind the door sees: a host of ours, so that nothing of a hostile one reaches it.
const INNER_ORIGIN = "http://linehold.internal";

/**
 * Everything that happens to a request before a room sees it, in this order: probes, host, path and method, body size.
 * It always answers: whatever is thrown behind it becomes a problem.
 */
export function createDoor(deps: DoorDeps): Door {
  const { clock, observe } = deps;
  return (request) => {
    const startedAt = clock.now();
    const target = targetOf(request.url);
    const probe = deps.probes.answer(request.method, target.path);
    if (probe !== undefined) return probe;
    let route = "none";
    const finish = (response: Response): Response => {
      observe({
        kind: "request_answered",
        route,
        method: request.method,
        status: response.status,
        ms: clock.now() - startedAt,
      });
      return stamped(response, deps.requestIds.of(request));
    };
    const fail = (error: unknown): Response => {
      const requestId = deps.requestIds.of(request);
      observe({ kind: "request_failed", requestId, error });
      return finish(deps.problems.respond("internal_error", { requestId }));
    };
    try {
      const reading = readHost(request.headers.get("host"));
      if (reading.kind === "hostile") return finish(refuse(deps, request, "host_invalid"));
      const path = deps.locate(reading.kind === "named" ? reading.host : undefined, target.path);
      const matched = deps.routes.match(path);
      route = matched?.pattern ?? "none";
      const early = refusal(deps, request, matched);
      if (early !== undefined) return finish(early);
      const answer = deps.inner(forwarded(deps, request, { path, target }));
      return answer instanceof Promise ? answer.then(finish, fail) : finish(answer);
    } catch (error) {
      return fail(error);
    }
  };
}

function refuse(
  { problems, requestIds }: DoorDeps,
  request: Request,
  code: string,
  headers?: Record<string, string>,
): Response {
  return problems.respond(code, { requestId: requestIds.of(request), ...(headers && { headers }) });
}

function refusal(deps: DoorDeps, request: Request, matched: MatchedRoute | undefined): Response | undefined {
  if (matched === undefined) return refuse(deps, request, "route_not_found");
  const allow = [...matched.methods, "OPTIONS"].join(", ");
  if (request.method === "OPTIONS")
    return new Response(null, {
      status: 204,
      headers: { ...PREFLIGHT_HEADERS, allow, "access-control-allow-methods": allow },
    });
  if (!matched.methods.includes(request.method))
    return refuse(deps, request, "method_not_allowed", { allow });
  return bodyRefusal(deps, request);
}

// The body that follows is not read, so the connection cannot be used again.
function bodyRefusal(deps: DoorDeps, request: Request): Response | undefined {
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) > deps.bodyBytesMax)
    return refuse(deps, request, "body_too_large", { connection: "close" });
  if (length === null && request.headers.has("transfer-encoding")) {
    return refuse(deps, request, "length_required", { connection: "close" });
  }
  return undefined;
}

/** The request as the router may see it: itself when its URL is plain, else the same under an origin of ours. */
function forwarded(
  { connections, requestIds }: DoorDeps,
  request: Request,
  {
    path,
    target,
  }: { readonly path: string; readonly target: { readonly path: string; readonly query: string } },
): Request {
  if (path === target.path && request.url.startsWith("http://") && !request.url.includes("#")) return request;
  const inner = new Request(INNER_ORIGIN + path + target.query, request);
  requestIds.share(request, inner);
  connections.share(request, inner);
  return inner;
}

function stamped(response: Response, requestId: string): Response {
  response.headers.set("x-request-id", requestId);
  if (response.headers.has("x-content-type-options")) return response;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}
