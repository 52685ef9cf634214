import type { AnswerServed } from "../http/mod.ts";
import type { Outcome, Reader, Reads } from "../reads/mod.ts";
import {
  type TenantDirectory,
  type TenantLookup,
  TenantNotFoundError,
  TenantSuspendedError,
} from "../tenants/mod.ts";
import { type Brand, brandOf, builtInBrand, weighBrand } from "./brand.ts";
import { createBrandCodec } from "./brand_codec.ts";
import type { BrandingEvent } from "./events.ts";
import { type BrandingRow, selectBrandings } from "./queries.ts";
import { createThemeReader } from "./theme.ts";

export interface BrandingDeps {
  readonly reads: Reads;
  readonly directory: TenantDirectory;
  /** How long a brand is fresh. */
  readonly freshMs: number;
  /** Told of every answer, of stored documents with unusable tokens, and of a value that was another tenant's. */
  readonly observe: (event: AnswerServed | BrandingEvent) => void;
}

export interface Branding {
  /**
   * The brand that visitors of this slug see now: fresh, else stale of any age, else the built-in one. Never fails for the
   * database's sake, and comes at once when it is fresh.
   *
   * @throws {TenantNotFoundError} If the directory is known and holds no such tenant.
   * @throws {TenantSuspendedError} If the tenant is suspended.
   */
  read(slug: string): Outcome<Brand> | Promise<Outcome<Brand>>;
  /** Counts more answers made of an outcome that `read` gave a moment ago. */
  again(slug: string, outcome: Outcome<Brand>, times: number): void;
  /** Brands by tenant id, for warming. */
  readonly reader: Reader<Brand>;
}

/** Opens the branding room over the read pipeline. */
export function openBranding({ reads, directory, freshMs, observe }: BrandingDeps): Branding {
  const readTheme = createThemeReader();
  const finish = (row: BrandingRow): Brand => {
    const { brand, faults } = brandOf(row, readTheme);
    if (faults.length > 0) observe({ kind: "branding_faulty", tenant: row.slug, paths: faults });
    return brand;
  };
  const reader = reads.define<Brand>({
    name: "branding",
    freshMs,
    staleMs: Number.POSITIVE_INFINITY,
    weigh: weighBrand,
    // A storm of one tenant's visitors ends at its share of the pool.
    tenantId: (tenantId) => tenantId,
    async load(tenantId, connection) {
      const [row] = await selectBrandings(connection, [tenantId]);
      if (row === undefined) throw new TenantNotFoundError();
      return finish(row);
    },
    async loadMany(tenantIds, connection) {
      const rows = await selectBrandings(connection, tenantIds);
      return new Map(rows.map((row) => [row.tenant_id, finish(row)]));
    },
    snapshot: createBrandCodec(finish),
    fallback: (tenantId) => builtInBrand(directory.findById(tenantId)?.slug ?? ""),
  });

  const tell = (slug: string, { ageMs, cause, state }: Outcome<Brand>, times: number): void =>
    observe({ kind: "answer_served", what: "branding", key: slug, state, cause, ageMs, times });
  const told = (slug: string, outcome: Outcome<Brand>): Outcome<Brand> => {
    tell(slug, outcome, 1);
    return outcome;
  };
  /** Whatever went wrong, nobody is shown another tenant's brand. */
  const owned = (tenantId: string, slug: string, outcome: Outcome<Brand>): Outcome<Brand> => {
    if (outcome.value.tenantId === tenantId || outcome.state === "default") return told(slug, outcome);
    observe({ kind: "branding_foreign", tenant: slug });
    return told(slug, builtIn(slug, "foreign_value"));
  };
  const readFound = (slug: string, found: TenantLookup): Outcome<Brand> | Promise<Outcome<Brand>> => {
    if (found.state === "undetermined") return told(found.slug, builtIn(found.slug, found.cause));
    if (found.state === "unknown") throw new TenantNotFoundError();
    const { tenantId } = found.tenant;
    if (found.state === "suspended") throw new TenantSuspendedError(tenantId);
    const outcome = reader.read(tenantId);
    if (outcome instanceof Promise) return outcome.then((settled) => owned(tenantId, slug, settled));
    return owned(tenantId, slug, outcome);
  };
  return {
    reader,
    again: tell,
    read(slug) {
      const found = directory.lookUpSlug(slug);
      if (found.state !== "undetermined") return readFound(slug, found);
      // Only in the first moments after boot: the directory is being asked for the first time.
      return directory.firstTried.then(() => readFound(slug, directory.lookUpSlug(slug)));
    },
  };
}

function builtIn(slug: string, cause: string): Outcome<Brand> {
  const value = builtInBrand(slug);
  return { value, state: "default", ageMs: 0, ttlMs: 0, cause, attempts: 0, waitedMs: 0, shared: false };
}
