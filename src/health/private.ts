import { type Door, type HttpServer, SECURITY_HEADERS, serve, targetOf } from "../http/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { createLeverRoutes, type LeverRoutes } from "./lever_routes.ts";
import type { Levers } from "./levers.ts";
import { createProbes } from "./probes.ts";
import type { Vitals } from "./vitals.ts";

export interface PrivateOptions {
  readonly hostname: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** What whoever pulls a lever must hold; without it none can be pulled. */
  readonly token?: { reveal(): string } | undefined;
}

export interface PrivateDeps {
  readonly vitals: Vitals;
  readonly clock: Clock;
  /** Only where there are any. */
  readonly levers?: Levers;
}

/**
 * The listener that visitors never see: `/metrics` (Prometheus), `/status` (JSON, or plain words for `Accept: text/plain` and
 * at `/status.txt`), this process's own `/health`, `/healthz`, `/readyz`, and its levers by POST. All of it works with the
 * database gone.
 *
 * @throws {Error} With code `EADDRINUSE` or `EACCES` when the port cannot be had.
 */
export function servePrivate(
  { hostname, port, token }: PrivateOptions,
  { vitals, clock, levers }: PrivateDeps,
): HttpServer {
  const pull = levers === undefined ? undefined : createLeverRoutes({ levers, token });
  return serve(createPrivateDoor(vitals, pull), { hostname, port, drainMs: 250 }, { clock });
}

function createPrivateDoor(vitals: Vitals, pull: LeverRoutes | undefined): Door {
  const probes = createProbes({ isDraining: () => vitals.status().draining });
  return (request) => {
    const target = targetOf(request.url);
    const { path } = target;
    const probe = probes.answer(request.method, path);
    if (probe !== undefined) return probe;
    const pulled = pull?.(request, target);
    if (pulled !== undefined) return pulled;
    if (request.method !== "GET" && request.method !== "HEAD") return answer("Method not allowed\n", 405);
    if (path === "/metrics") return metrics(vitals);
    const asksForWords =
      path === "/status.txt" || (request.headers.get("accept") ?? "").startsWith("text/plain");
    if (path !== "/status" && path !== "/status.txt")
      return answer("Nothing here: try /status, /status.txt or /metrics\n", 404);
    const status = vitals.status();
    if (asksForWords) return answer(`${status.words.join("\n") || "Nothing to report."}\n`, 200);
    return answer(JSON.stringify(status, printable, 2), 200, "application/json; charset=utf-8");
  };
}

async function metrics(vitals: Vitals): Promise<Response> {
  const { text, contentType } = await vitals.metrics();
  return answer(text, 200, contentType);
}

function answer(body: string, status: number, contentType = "text/plain; charset=utf-8"): Response {
  return new Response(body, {
    status,
    headers: { ...SECURITY_HEADERS, "content-type": contentType, "cache-control": "no-store" },
  });
}

function printable(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
