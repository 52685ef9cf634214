/** The directory is known and holds no such tenant. */
export class TenantNotFoundError extends Error {
  override readonly name = "TenantNotFoundError";
  readonly code = "tenant_not_found";

  constructor() {
    super("Cannot find the tenant as the directory holds none of that name");
  }
}

/** The tenant exists and shows nothing to visitors for the time being. */
export class TenantSuspendedError extends Error {
  override readonly name = "TenantSuspendedError";
  readonly code = "tenant_suspended";
  readonly tenantId: string;

  constructor(tenantId: string) {
    super(`Cannot serve the tenant as it is suspended: tenant is "${tenantId}"`);
    this.tenantId = tenantId;
  }
}

/** The directory could never be asked, so nobody knows whether this tenant exists. */
export class TenantUndeterminedError extends Error {
  override readonly name = "TenantUndeterminedError";
  readonly code = "tenant_undetermined";

  constructor() {
    super("Cannot tell whether the tenant exists as the directory was never loaded");
  }
}
