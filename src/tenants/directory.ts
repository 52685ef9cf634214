import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import type { SnapshotCodec } from "../reads/mod.ts";
import type { TenantRow } from "./queries.ts";
import { isTenantSlug, type Tenant } from "./tenant.ts";

/** Who exists, under which names: one immutable value, replaced whole. */
export interface Directory {
  readonly bySlug: ReadonlyMap<string, Tenant>;
  readonly byHost: ReadonlyMap<string, Tenant>;
  readonly byId: ReadonlyMap<string, Tenant>;
  /** Slugs in the table that paths need for themselves: their tenants cannot be reached. */
  readonly refused: readonly string[];
}

/** The directory of these rows. */
export function buildDirectory(rows: readonly TenantRow[]): Directory {
  return directoryOf(rows.map(tenantOf));
}

function directoryOf(all: readonly Tenant[]): Directory {
  const tenants = all.filter(({ slug }) => isTenantSlug(slug));
  return Object.freeze({
    bySlug: new Map(tenants.map((tenant) => [tenant.slug, tenant])),
    byHost: new Map(tenants.flatMap((tenant) => tenant.hosts.map((host) => [host, tenant] as const))),
    byId: new Map(tenants.map((tenant) => [tenant.tenantId, tenant])),
    refused: all.filter(({ slug }) => !isTenantSlug(slug)).map(({ slug }) => slug),
  });
}

const remembered = Type.Array(
  Type.Object({
    tenantId: Type.String(),
    slug: Type.String(),
    displayName: Type.String(),
    state: Type.Union([Type.Literal("active"), Type.Literal("suspended")]),
    hosts: Type.Array(Type.String()),
  }),
);

/** The directory as the snapshot file keeps it: its tenants. */
export function createDirectoryCodec(): SnapshotCodec<Directory> {
  const isWhole = TypeCompiler.Compile(remembered);
  return {
    shape: "tenants/1",
    encode: ({ byId }) => [...byId.values()],
    decode(_key, data) {
      if (!isWhole.Check(data)) return undefined;
      return directoryOf(
        data.map((tenant) => Object.freeze({ ...tenant, hosts: Object.freeze([...tenant.hosts]) })),
      );
    },
  };
}

/** The tenant of a row. */
export function tenantOf(row: TenantRow): Tenant {
  return Object.freeze({
    tenantId: row.tenant_id,
    slug: row.slug,
    displayName: row.display_name,
    state: row.state,
    hosts: Object.freeze([...row.hosts]),
  });
}
