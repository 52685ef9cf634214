/** Which tenant a request is for, from its Host header or its first path segment. */
export { problems as tenantProblems, tenantParameter, tenantSchema } from "./contract.ts";
export { type CreateTenantDeps, createTenant, type TenantToCreate } from "./create_tenant.ts";
export {
  TenantNotFoundError,
  TenantRefusedError,
  TenantSuspendedError,
  TenantUndeterminedError,
  TenantUnknownError,
} from "./errors.ts";
export { findTenant, listTenants } from "./list_tenants.ts";
export { createLocate, createSlugOfHost, type LocateDeps, NAMELESS } from "./locate.ts";
export { requireTenant } from "./require_tenant.ts";
export {
  resumeTenant,
  suspendTenant,
  type TenantStateChange,
  type TenantStateDeps,
} from "./suspend_tenant.ts";
export { isTenantSlug, type Tenant } from "./tenant.ts";
export {
  type DirectoryEvent,
  openTenantDirectory,
  type TenantDirectory,
  type TenantDirectoryDeps,
  type TenantDirectoryOptions,
  type TenantLookup,
} from "./tenant_directory.ts";
