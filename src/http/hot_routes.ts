import { answerPublic, type PublicAnswer } from "./answer.ts";
import type { Door, RequestAnswered } from "./door.ts";
import { readHost } from "./host.ts";
import type { RequestIds } from "./request_id.ts";

/** A public GET of a tenant that its room answers from memory: worth a way of its own past door and router. */
export interface HotRoute {
  /** Below the tenant, as in `/api/public/load-theme`. */
  readonly path: string;
  /** What the room's ordinary route would answer now, and counts as answered once. Whatever it throws, the ordinary way answers. */
  look(slug: string): HotLook | Promise<HotLook>;
}

/** One look at what is in memory. */
export interface HotLook extends Pick<PublicAnswer, "representation" | "provenance" | "cacheControl"> {
  /** Counts more answers made of it. */
  again(times: number): void;
}

export interface HotRoutesDeps {
  /** The ordinary way, which knows an answer to everything. */
  readonly door: Door;
  /** The slug of the tenant that a host certainly names, if it does. */
  readonly slugOfHost: (host: string) => string | undefined;
  readonly requestIds: RequestIds;
  readonly clock: { now(): number; after(ms: number, callback: () => void): Disposable };
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
 *
 * One look serves all who ask the same within 10 ms, and they are counted together: finding tenant and brand anew and counting
 * by name cost each of them 3 to 4 µs of 25.
 */
export function createHotRoutes(routes: readonly HotRoute[], deps: HotRoutesDeps): ListenerRoutes {
  return Object.fromEntries(
    routes.flatMap((route) => {
      const handler = createHandler(route, deps);
      return [
        [`/:tenant${route.path}`, handler],
        [route.path, handler],
      ];
    }),
  );
}

const MOMENT_MS = 10;
/** Counted together for so long at most, so that a scrape misses next to nothing. */
const TOGETHER_MS = 100;
/** Names and hosts held at once; a caller who makes up more has them looked up again. */
const MOMENTS_MAX = 2000;

/** A look, for as long as it is good. */
interface Moment {
  readonly look: HotLook;
  readonly until: number;
  times: number;
  ms: number;
}

function createHandler(route: HotRoute, deps: HotRoutesDeps): ListenerRoutes[string] {
  const { clock, door, observe, requestIds, slugOfHost } = deps;
  const pattern = `/:tenant${route.path}`;
  const moments = createMoments();
  let answeredAgain: Moment[] = [];

  const tell = (status: number, ms: number, times = 1): void =>
    observe({ kind: "request_answered", route: pattern, method: "GET", status, ms, times });
  const tellAgain = (): void => {
    const told = answeredAgain;
    answeredAgain = [];
    for (const moment of told) {
      const { look, ms, times } = moment;
      moment.times = 0;
      moment.ms = 0;
      tell(200, ms / times, times);
      look.again(times);
    }
  };
  const answerAgain = (request: Request, moment: Moment, startedAt: number): Response => {
    const response = answerPublic(request, moment.look, { requestId: requestIds.next(request.headers) });
    if (response.status !== 200) {
      tell(response.status, clock.now() - startedAt);
      moment.look.again(1);
      return response;
    }
    if (moment.times === 0) {
      if (answeredAgain.length === 0) clock.after(TOGETHER_MS, tellAgain);
      answeredAgain.push(moment);
    }
    moment.times += 1;
    moment.ms += clock.now() - startedAt;
    return response;
  };
  const answerFirst = (request: Request, look: HotLook, startedAt: number): Response => {
    const response = answerPublic(request, look, { requestId: requestIds.next(request.headers) });
    tell(response.status, clock.now() - startedAt);
    return response;
  };
  return (request) => {
    const startedAt = clock.now();
    const { headers, params } = request;
    const host = headers.get("host") ?? "";
    const named = params["tenant"] ?? "";
    try {
      if (request.method !== "GET" || hasBody(headers)) return door(request);
      const moment = moments.find(host, named);
      if (moment !== undefined && startedAt < moment.until) return answerAgain(request, moment, startedAt);
      const slug = slugOf(host, named);
      if (slug === undefined) return door(request);
      const look = route.look(slug);
      if (look instanceof Promise) {
        return look.then(
          (settled) => answerFirst(request, settled, startedAt),
          () => door(request),
        );
      }
      moments.keep(host, named, { look, until: startedAt + MOMENT_MS, times: 0, ms: 0 });
      return answerFirst(request, look, startedAt);
    } catch {
      return door(request);
    }
  };

  /** The tenant that host and path name together, if it is plain which. */
  function slugOf(host: string, named: string): string | undefined {
    const reading = readHost(host);
    if (reading.kind === "hostile") return undefined;
    const slugOfItsHost = reading.kind === "named" ? slugOfHost(reading.host) : undefined;
    // A host that names a tenant makes the path literal: what stands in the tenant's place is then no tenant.
    if (named !== "") return slugOfItsHost === undefined ? named : undefined;
    return slugOfItsHost;
  }
}

interface Moments {
  find(host: string, named: string): Moment | undefined;
  keep(host: string, named: string, moment: Moment): void;
}

function createMoments(): Moments {
  const hosts = new Map<string, Map<string, Moment>>();
  let size = 0;
  return {
    find: (host, named) => hosts.get(host)?.get(named),
    keep(host, named, moment) {
      if (size >= MOMENTS_MAX) {
        hosts.clear();
        size = 0;
      }
      const ofHost = hosts.get(host) ?? new Map<string, Moment>();
      hosts.set(host, ofHost);
      if (!ofHost.has(named)) size += 1;
      ofHost.set(named, moment);
    },
  };
}

function hasBody(headers: Headers): boolean {
  return headers.has("content-length") || headers.has("transfer-encoding");
}
