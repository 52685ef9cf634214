import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import type { SnapshotCodec } from "../reads/mod.ts";
import type { Brand } from "./brand.ts";
import type { BrandingRow } from "./queries.ts";

const remembered = Type.Object({
  tenantId: Type.String(),
  slug: Type.String(),
  displayName: Type.String(),
  /** A bigint in digits. */
  version: Type.Union([Type.String({ pattern: "^[0-9]{1,19}$" }), Type.Null()]),
  document: Type.Unknown(),
});

/**
 * A brand as the snapshot file keeps it: the row it was made of, finished again by today's code. A row under another tenant's key
 * is not taken.
 */
export function createBrandCodec(finish: (row: BrandingRow) => Brand): SnapshotCodec<Brand> {
  const isWhole = TypeCompiler.Compile(remembered);
  return {
    shape: "branding/1",
    encode({ row }) {
      if (row === undefined) return null;
      const { tenant_id: tenantId, slug, display_name: displayName, version, document } = row;
      return { tenantId, slug, displayName, version: version?.toString() ?? null, document };
    },
    decode(tenantId, data) {
      if (!isWhole.Check(data) || data.tenantId !== tenantId) return undefined;
      return finish({
        tenant_id: tenantId,
        slug: data.slug,
        display_name: data.displayName,
        version: data.version === null ? null : BigInt(data.version),
        document: data.document,
      });
    },
  };
}
