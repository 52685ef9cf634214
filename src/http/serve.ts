import type { Connections } from "./connections.ts";
import type { Door } from "./door.ts";
import type { ListenerRoutes } from "./hot_routes.ts";

export interface ServeOptions {
  readonly hostname: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** How long requests in flight may take once stopping has begun; then their connections are cut. */
  readonly drainMs: number;
  /** Paths that the listener itself matches; all others go through the door. None by default. */
  readonly routes?: ListenerRoutes;
  /** Told of the listener, for the answers that need to know the connection under a request. */
  readonly connections?: Pick<Connections, "bind">;
}

export interface ServeDeps {
  readonly clock: { after(ms: number, callback: () => void): Disposable };
}

/** A listener. Disposing stops it: no new connections, requests in flight finish, and what outlasts `drainMs` is cut. */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

// Longer than the idle timeouts of the proxies in front (60 s is common), so that it is they who close an idle connection:
// the other way round, a request can meet a connection that is just being closed.
const IDLE_SECONDS = 75;

// A hard stop far above the limit of the door, which refuses by Content-Length in the words of the contract.
const BODY_BYTES_HARD_MAX = 1 << 30;

/**
 * Listens at once.
 *
 * @throws {Error} With code `EADDRINUSE` or `EACCES` when the port cannot be had.
 */
export function serve(
  door: Door,
  { connections, hostname, port, drainMs, routes = {} }: ServeOptions,
  { clock }: ServeDeps,
): HttpServer {
  const server = Bun.serve({
    hostname,
    port,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: BODY_BYTES_HARD_MAX,
    routes,
    fetch: (request) => door(request),
    error: () => new Response(null, { status: 500 }),
  });
  connections?.bind(server);
  let stopping: Promise<void> | undefined;
  return {
    port: server.port ?? port,
    url: `http://${shownHost(hostname)}:${server.port}`,
    [Symbol.asyncDispose]() {
      stopping ??= stopWithin(drainMs);
      return stopping;
    },
  };

  async function stopWithin(ms: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<"late">();
    using _deadline = clock.after(ms, () => resolve("late"));
    if ((await Promise.race([server.stop(), late])) === "late") await server.stop(true);
  }
}

function shownHost(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "127.0.0.1";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
