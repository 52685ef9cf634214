import { type Probes, PUBLIC_HEADERS } from "../http/mod.ts";

const HEADERS = {
  ...PUBLIC_HEADERS,
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
};
const HEALTHY = JSON.stringify({ ok: true, status: "healthy" });
const READY = JSON.stringify({ ok: true, status: "ready" });
const DRAINING = JSON.stringify({ ok: false, status: "draining" });

/**
 * `/health`, `/healthz` and `/readyz`, from constant memory, whatever the Host header says. They answer whether this
 * process can answer: asking the database here would let a platform restart healthy machines because of a sick one.
 *
 * @param isDraining Whether stopping has begun: `/readyz` is then 503.
 */
export function createProbes({ isDraining }: { readonly isDraining: () => boolean }): Probes {
  return {
    answer(method, path) {
      if (method !== "GET" && method !== "HEAD") return undefined;
      const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
      if (bare === "/health" || bare === "/healthz") return new Response(HEALTHY, { headers: HEADERS });
      if (bare !== "/readyz") return undefined;
      if (isDraining())
        return new Response(DRAINING, { status: 503, headers: { ...HEADERS, "retry-after": "5" } });
      return new Response(READY, { headers: HEADERS });
    },
  };
}
