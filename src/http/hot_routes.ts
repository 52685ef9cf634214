import type { Door, RequestAnswered } from "./door.ts";
import { readHost } from "./host.ts";
import type { RequestIds } from "./request_id.ts";

/** A public GET of a tenant that its room answers from memory: worth a way of its own past door and router. */
export interface HotRoute {
  /** Below the tenant, as in `/api/public/load-theme`. */
  readonly path: string;
  /** What the room's ordinary route answers, for the tenant of that slug; whatever it throws, the ordinary way answers. */
  answer(request: Request, slug: string): Response | Promise<Response>;
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
export function createHotRoutes(routes: readonly HotRoute[], deps: HotRoutesDeps): ListenerRoutes {
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

function hotHandler(route: HotRoute, deps: HotRoutesDeps, findSlug: FindSlug): ListenerRoutes[string] {
  const { clock, door, observe, requestIds, slugOfHost } = deps;
  const pattern = `/:tenant${route.path}`;
  return (request) => {
    const startedAt = clock.now();
    const { headers } = request;
    const finish = (response: Response): Response => {
      response.headers.set("x-request-id", requestIds.next(headers));
      const ms = clock.now() - startedAt;
      observe({ kind: "request_answered", route: pattern, method: "GET", status: response.status, ms });
      return response;
    };
    try {
      if (request.method !== "GET" || hasBody(headers)) return door(request);
      const reading = readHost(headers.get("host"));
      if (reading.kind === "hostile") return door(request);
      const slug = findSlug(request, reading.kind === "named" ? slugOfHost(reading.host) : undefined);
      if (slug === undefined) return door(request);
      const answer = route.answer(request, slug);
      return answer instanceof Promise ? answer.then(finish, () => door(request)) : finish(answer);
    } catch {
      return door(request);
    }
  };
}

function hasBody(headers: Headers): boolean {
  return headers.has("content-length") || headers.has("transfer-encoding");
}
