import type { Door, RequestAnswered } from "./door.ts";
import { type HostReading, readHost } from "./host.ts";
import type { RequestIds } from "./request_id.ts";

/** A public GET of a tenant that its room answers from memory: worth a way of its own past door and router. */
export interface HotRoute {
  /** Below the tenant, as in `/api/public/load-theme`. */
  readonly path: string;
  /**
   * What the room's ordinary route answers, for the tenant of that slug, with the request's id written on it. Whatever it throws,
   * the ordinary way answers.
   */
  answer(
    request: Request,
    options: { readonly slug: string; readonly requestId: string },
  ): Response | Promise<Response>;
}

export interface HotRoutesDeps {
  /** The ordinary way, which knows an answer to everything. */
  readonly door: Door;
  /** The slug of the tenant that a host certainly names, if it does. */
  readonly slugOfHost: (host: string) => string | undefined;
  readonly requestIds: RequestIds;
  readonly clock: { now(): number };
  readonly observe: (event: RequestAnswered) => void;
}

/** Handlers by pattern, for a listener whose own router fills `params`. */
export type ListenerRoutes = Readonly<
  Record<string, (request: ListenerRequest) => Response | Promise<Response>>
>;

export type ListenerRequest = Request & { readonly params: Readonly<Record<string, string>> };

/**
 * The shortest way from a visitor's GET to bytes in memory: matched by the listener itself, without a URL, a second router or a
 * map of requests. Only for what is plain: another method, a body, a host that changes what the path means, a tenant that is
 * unknown, and every error go through the door, as if this way did not exist.
 */
export function createHotRoutes(routes: readonly HotRoute[], given: HotRoutesDeps): ListenerRoutes {
  const deps = { ...given, readHost: createHostReader() };
  return Object.fromEntries(
    routes.flatMap((route) => {
      const named = hotHandler(route, deps, ({ params }, slugOfHost) =>
        slugOfHost === undefined ? params["tenant"] : undefined,
      );
      const hosted = hotHandler(route, deps, (_request, slugOfHost) => slugOfHost);
      return [
        [`/:tenant${route.path}`, named],
        [route.path, hosted],
      ];
    }),
  );
}

type FindSlug = (request: ListenerRequest, slugOfHost: string | undefined) => string | undefined;

interface HandlerDeps extends HotRoutesDeps {
  readonly readHost: (header: string | null) => HostReading;
}

function hotHandler(route: HotRoute, deps: HandlerDeps, findSlug: FindSlug): ListenerRoutes[string] {
  const { clock, door, observe, readHost, requestIds, slugOfHost } = deps;
  const pattern = `/:tenant${route.path}`;
  const finish = (response: Response, startedAt: number): Response => {
    const ms = clock.now() - startedAt;
    observe({ kind: "request_answered", route: pattern, method: "GET", status: response.status, ms });
    return response;
  };
  return (request) => {
    const startedAt = clock.now();
    const { headers } = request;
    try {
      if (request.method !== "GET" || hasBody(headers)) return door(request);
      const reading = readHost(headers.get("host"));
      if (reading.kind === "hostile") return door(request);
      const slug = findSlug(request, reading.kind === "named" ? slugOfHost(reading.host) : undefined);
      if (slug === undefined) return door(request);
      const answer = route.answer(request, { slug, requestId: requestIds.next(headers) });
      if (!(answer instanceof Promise)) return finish(answer, startedAt);
      return answer.then(
        (response) => finish(response, startedAt),
        () => door(request),
      );
    } catch {
      return door(request);
    }
  };
}

/** Hosts remembered at once; a caller who makes up more only has them read again. */
const HOSTS_MAX = 1000;

/** Reads a host once: visitors come back under the same few names. */
function createHostReader(): HandlerDeps["readHost"] {
  const readings = new Map<string, HostReading>();
  return (header) => {
    const known = header === null ? undefined : readings.get(header);
    if (known !== undefined) return known;
    const reading = readHost(header);
    if (readings.size >= HOSTS_MAX) readings.clear();
    if (header !== null && reading.kind === "named") readings.set(header, reading);
    return reading;
  };
}

function hasBody(headers: Headers): boolean {
  return headers.has("content-length") || headers.has("transfer-encoding");
}
