import type { Connection, Pool } from "../pool/mod.ts";
import { BrandingInvalidError, BrandingVersionConflictError } from "./errors.ts";
import { insertBranding, selectBrandingVersion, updateBranding } from "./queries.ts";
import { findThemeFaults } from "./theme_faults.ts";

export interface BrandingToSave {
  readonly tenantId: string;
  /** A theme, whole or in part: what it leaves out stays as built in. Its `tenant` and `version`, if any, are not kept. */
  readonly document: unknown;
  /** The version this was made from, 0 when none was saved; without it, whichever is there now. */
  readonly expectedVersion?: bigint;
}

export interface SaveBrandingDeps {
  /** Of a role that may write brands. */
  readonly pool: Pick<Pool, "lease">;
  readonly at: Date;
}

/**
 * Saves a tenant's brand in place of the one before, under the next version. Every machine hears of it with the commit.
 *
 * @throws {BrandingInvalidError} Naming every fault of the document; nothing is saved.
 * @throws {BrandingVersionConflictError} If the version is another by now.
 * @throws {CommitUnknownError} If the answer was lost; read the version back.
 */
export async function saveBranding(
  { tenantId, document, expectedVersion }: BrandingToSave,
  { pool, at }: SaveBrandingDeps,
): Promise<{ readonly version: bigint }> {
  const faults = findThemeFaults(document);
  if (faults.length > 0 || !isObject(document)) throw new BrandingInvalidError(faults);
  const { tenant: _tenant, version: _version, ...tokens } = document;
  await using lease = await pool.lease({ access: "write", tenantId });
  const found = (await selectBrandingVersion(lease.connection, tenantId)) ?? 0n;
  const expected = expectedVersion ?? found;
  if (found !== expected) throw new BrandingVersionConflictError({ expected, found });
  await replace(lease.connection, { tenantId, document: JSON.stringify(tokens), expected, at });
  await lease.commit();
  return { version: expected + 1n };
}

/** Optimistic: whoever changed the row since it was read wins, and we say so. */
async function replace(
  connection: Connection,
  { tenantId, document, expected, at }: { tenantId: string; document: string; expected: bigint; at: Date },
): Promise<void> {
  const changed =
    expected === 0n
      ? await insertBranding(connection, { tenantId, document, at })
      : await updateBranding(connection, { tenantId, document, expected, at });
  if (changed === 1) return;
  const found = (await selectBrandingVersion(connection, tenantId)) ?? 0n;
  throw new BrandingVersionConflictError({ expected, found });
}

function isObject(document: unknown): document is Readonly<Record<string, unknown>> {
  return typeof document === "object" && document !== null;
}
