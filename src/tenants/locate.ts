import { isTenantSlug } from "./tenant.ts";
import type { TenantLookup } from "./tenant_directory.ts";

/** Stands in the tenant's place of a path when the Host alone would name the tenant and no name can be read from it. */
export const NAMELESS = "-";

export interface LocateDeps {
  readonly lookUpHost: (host: string) => TenantLookup;
  /** Tenants answer at `<slug>.<baseDomain>` when it is set. */
  readonly baseDomain: string | undefined;
  /** Paths that mean the same under every host, as in `/docs`. */
  readonly isCommon: (path: string) => boolean;
}

/**
 * Which path a request means, with its tenant as the first segment. A Host that names a tenant wins, and the path is then
 * literal; else the path names its tenant itself. Nothing but the Host header and the path can change the answer.
 */
export function createLocate({
  lookUpHost,
  baseDomain,
  isCommon,
}: LocateDeps): (host: string | undefined, path: string) => string {
  const suffix = baseDomain === undefined ? undefined : `.${baseDomain}`;
  return (host, path) => {
    if (isCommon(path)) return path;
    const named = host === undefined ? undefined : tenantOf(host, lookUpHost(host), suffix);
    if (named?.certain === true) return `/${named.segment}${path}`;
    // Only a tenant's own host leaves the segment out, and this one names none, or none that can be told.
    return path.startsWith("/api/") ? `/${named?.segment ?? NAMELESS}${path}` : path;
  };
}

/** The slug of the tenant that a host certainly names, so that every path under it is literal; else `undefined`. */
export function createSlugOfHost({
  lookUpHost,
  baseDomain,
}: Omit<LocateDeps, "isCommon">): (host: string) => string | undefined {
  const suffix = baseDomain === undefined ? undefined : `.${baseDomain}`;
  return (host) => {
    const named = tenantOf(host, lookUpHost(host), suffix);
    return named?.certain === true ? named.segment : undefined;
  };
}

interface Named {
  readonly segment: string;
  /** Whether the path is certainly literal: the tenant is known, or the directory cannot say and the name is one of ours. */
  readonly certain: boolean;
}

function tenantOf(host: string, found: TenantLookup, suffix: string | undefined): Named | undefined {
  if (found.state === "active" || found.state === "suspended")
    return { segment: found.tenant.slug, certain: true };
  const label = suffix !== undefined && host.endsWith(suffix) ? host.slice(0, -suffix.length) : undefined;
  if (label === undefined || !isTenantSlug(label)) return undefined;
  return { segment: label, certain: found.state === "undetermined" };
}
