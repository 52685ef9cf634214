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

/** No tenant of that slug is saved. */
export class TenantUnknownError extends Error {
  override readonly name = "TenantUnknownError";
  readonly code = "tenant_unknown";
  readonly slug: string;

  constructor(slug: string) {
    super(`Cannot find the tenant as none has this slug: slug is "${slug}"`);
    this.slug = slug;
  }
}

/** Why a tenant cannot be created as asked. */
export type TenantFault =
  | "slug_invalid"
  | "slug_reserved"
  | "slug_taken"
  | "name_invalid"
  | "host_invalid"
  | "host_reserved"
  | "host_taken";

const REASONS: Readonly<Record<TenantFault, string>> = {
  slug_invalid: "its slug is not 1 to 63 of a-z, 0-9 and hyphens, with a letter or digit at both ends",
  slug_reserved: "paths of the service need its slug for themselves",
  slug_taken: "another tenant has its slug",
  name_invalid: "its name is not 1 to 120 characters of text",
  host_invalid: "it is not a host name, without scheme, port and path, of at most 253 characters",
  host_reserved: "the host belongs to BASE_DOMAIN, under which tenants answer by their slugs",
  host_taken: "another tenant has the host",
};

/** The tenant is not created, nor anything of it. */
export class TenantRefusedError extends Error {
  override readonly name = "TenantRefusedError";
  readonly code: `tenant_${TenantFault}`;
  /** The slug, name or host that is at fault. */
  readonly value: string;

  constructor(fault: TenantFault, value: string, options: { readonly cause?: unknown } = {}) {
    super(`Cannot create the tenant as ${REASONS[fault]}: ${JSON.stringify(value)}`, options);
    this.code = `tenant_${fault}`;
    this.value = value;
  }
}
