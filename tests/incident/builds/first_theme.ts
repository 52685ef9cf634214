import type { Provenance } from "../load/outcome.ts";

/** An operator's row, as both builds of the first system select it. */
export interface OperatorRow {
  readonly subdomain: string;
  readonly sportsbook_name: string;
  readonly email: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export const SELECT_OPERATOR = `
  select subdomain, sportsbook_name, email, settings
  from sportsbook_operators
  where subdomain = $1 and is_active`;

export const SELECT_OPERATORS = `
  select subdomain, sportsbook_name, email, settings
  from sportsbook_operators
  where is_active`;

const DEFAULT_THEME = { primary_color: "#f39c12", secondary_color: "#2c3e50", accent_color: "#e74c3c" };

/**
 * The theme as JSON. The first system did not say where an answer came from; the header is added to its builds only so
 * that the replay can draw all three alike.
 */
export function themeResponse(operator: OperatorRow | undefined, provenance: Provenance): Response {
  const name = operator?.sportsbook_name ?? "Sportsbook";
  const body = {
    subdomain: operator?.subdomain,
    name,
    email: operator?.email,
    theme: DEFAULT_THEME,
    ...operator?.settings,
  };
  return Response.json(body, { headers: { "cache-status": CACHE_STATUS[provenance] } });
}

const CACHE_STATUS: Readonly<Record<Provenance, string>> = {
  fresh: "first-system; hit",
  stale: "first-system; hit; ttl=-1",
  default: "first-system; fwd=uri-miss; detail=default",
};

/** The tenant of `/<tenant>/api/public/load-theme`, or undefined for another path. */
export function tenantOf(request: Request): string | undefined {
  return /^https?:\/\/[^/]+\/([a-z0-9-]+)\/api\/public\/load-theme$/.exec(request.url)?.[1];
}

/** `/health`, and `/healthz` as the first system's platform asked for it. */
export function isHealth(request: Request): boolean {
  return /^https?:\/\/[^/]+\/healthz?$/.test(request.url);
}

export function healthy(): Response {
  return Response.json({ ok: true, status: "healthy" });
}
