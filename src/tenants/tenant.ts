/** A brand of this deployment. All of it is public by nature. */
export interface Tenant {
  readonly tenantId: string;
  /** The first path segment and the subdomain, as in `supersports`. */
  readonly slug: string;
  readonly displayName: string;
  readonly state: "active" | "suspended";
  /** Custom domains, in lower case. */
  readonly hosts: readonly string[];
}

const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

// First path segments that the service needs itself, and those that visitors would take for it.
const RESERVED: ReadonlySet<string> = new Set([
  "admin",
  "api",
  "assets",
  "console",
  "default",
  "docs",
  "favicon",
  "health",
  "healthz",
  "internal",
  "metrics",
  "openapi",
  "platform",
  "problems",
  "ready",
  "readyz",
  "robots",
  "static",
  "status",
  "well-known",
  "www",
]);

/** Whether a text can be a tenant's slug: a DNS label in lower case that no path of the service needs. */
export function isTenantSlug(text: string): boolean {
  return slugFault(text) === undefined;
}

/** What keeps a text from being a tenant's slug. */
export function slugFault(text: string): "slug_invalid" | "slug_reserved" | undefined {
  if (!SLUG.test(text)) return "slug_invalid";
  return RESERVED.has(text) ? "slug_reserved" : undefined;
}
