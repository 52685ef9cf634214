import { TenantNotFoundError, TenantSuspendedError, TenantUndeterminedError } from "./errors.ts";
import type { Tenant } from "./tenant.ts";
import type { TenantDirectory } from "./tenant_directory.ts";

/**
 * The active tenant of that slug, for routes that show nothing of a tenant nobody can vouch for.
 *
 * @throws {TenantNotFoundError} If the directory holds none of that name.
 * @throws {TenantSuspendedError} If it is suspended.
 * @throws {TenantUndeterminedError} If the directory could not be loaded even once.
 */
export async function requireTenant(
  directory: Pick<TenantDirectory, "lookUpSlug" | "firstTried">,
  slug: string,
): Promise<Tenant> {
  // Only in the first moments after boot: the directory is being asked for the first time.
  if (directory.lookUpSlug(slug).state === "undetermined") await directory.firstTried;
  const found = directory.lookUpSlug(slug);
  if (found.state === "active") return found.tenant;
  if (found.state === "suspended") throw new TenantSuspendedError(found.tenant.tenantId);
  if (found.state === "undetermined") throw new TenantUndeterminedError();
  throw new TenantNotFoundError();
}
