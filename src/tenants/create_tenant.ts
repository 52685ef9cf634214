import { readHost } from "../http/mod.ts";
import { type Connection, type Pool, StatementError } from "../pool/mod.ts";
import { TenantRefusedError } from "./errors.ts";
import { insertTenant, insertTenantHost } from "./queries.ts";
import { slugFault, type Tenant } from "./tenant.ts";

export interface TenantToCreate {
  readonly slug: string;
  readonly displayName: string;
  /** Custom domains at which it answers too. */
  readonly hosts: readonly string[];
}

export interface CreateTenantDeps {
  /** Of a role that may write tenants. */
  readonly pool: Pick<Pool, "lease">;
  readonly at: Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** Tenants answer at `<slug>.<baseDomain>` when it is set: no custom domain may lie below it. */
  readonly baseDomain: string | undefined;
}

/**
 * Creates an active tenant. It has the built-in brand under its own name until one is saved; every machine hears of it with
 * the commit.
 *
 * @throws {TenantRefusedError} Naming what is at fault; nothing is created.
 * @throws {CommitUnknownError} If the answer was lost; look for the slug.
 */
export async function createTenant(
  { slug, displayName, hosts }: TenantToCreate,
  { pool, at, newId, baseDomain }: CreateTenantDeps,
): Promise<Tenant> {
  const fault = slugFault(slug);
  if (fault !== undefined) throw new TenantRefusedError(fault, slug);
  if (!isName(displayName)) throw new TenantRefusedError("name_invalid", displayName);
  const tenant: Tenant = {
    tenantId: newId(),
    slug,
    displayName,
    state: "active",
    hosts: [...new Set(hosts.map((host) => hostOf(host, baseDomain)))].sort(),
  };
  await using lease = await pool.lease({ access: "write", tenantId: tenant.tenantId });
  await insert(lease.connection, tenant, at);
  await lease.commit();
  return tenant;
}

async function insert(connection: Connection, tenant: Tenant, at: Date): Promise<void> {
  await insertTenant(connection, { ...tenant, at }).catch((error: unknown) => {
    throw isTaken(error) ? new TenantRefusedError("slug_taken", tenant.slug, { cause: error }) : error;
  });
  for (const host of tenant.hosts) {
    await insertTenantHost(connection, { host, tenantId: tenant.tenantId }).catch((error: unknown) => {
      throw isTaken(error) ? new TenantRefusedError("host_taken", host, { cause: error }) : error;
    });
  }
}

/** SQLSTATE unique_violation. */
function isTaken(error: unknown): boolean {
  return error instanceof StatementError && error.sqlState === "23505";
}

// Postgres counts characters as we do, and can keep neither U+0000 nor half of a surrogate pair.
function isName(text: string): boolean {
  const { length } = [...text];
  return (
    length >= 1 && length <= 120 && text.trim() !== "" && text.isWellFormed() && !text.includes("\u0000")
  );
}

/** The host as requests are looked up by it: in lower case, without a trailing dot. */
function hostOf(text: string, baseDomain: string | undefined): string {
  const reading = readHost(text);
  const plain = !text.includes(":") && reading.kind === "named";
  if (!plain) throw new TenantRefusedError("host_invalid", text);
  const { host } = reading;
  if (baseDomain !== undefined && (host === baseDomain || host.endsWith(`.${baseDomain}`)))
    throw new TenantRefusedError("host_reserved", host);
  return host;
}
