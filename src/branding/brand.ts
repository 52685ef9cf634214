import { type Representation, represent, representJson } from "../http/mod.ts";
import type { Theme } from "./contract.ts";
import { defaultBrand } from "./default_brand.ts";
import { manifestOf } from "./manifest.ts";
import type { BrandingRow } from "./queries.ts";
import { renderStylesheet } from "./stylesheet.ts";
import type { ThemeReader } from "./theme.ts";

/** A brand, finished: what each route answers, encoded once. */
export interface Brand {
  /** Whose brand it is; `undefined` for the built-in one. Checked before every answer. */
  readonly tenantId: string | undefined;
  /** What it was finished from; `undefined` for the built-in one. Kept for the snapshot. */
  readonly row: BrandingRow | undefined;
  readonly theme: Representation;
  readonly stylesheet: Representation;
  readonly manifest: Representation;
}

/** A row as a finished brand, and which of its tokens were not usable. */
export function brandOf(
  row: BrandingRow,
  readTheme: ThemeReader,
): { readonly brand: Brand; readonly faults: readonly string[] } {
  const builtIn = defaultBrand(row.slug);
  const base: Theme = {
    ...builtIn,
    name: row.display_name,
    version: Number(row.version ?? 0n),
    logo: { ...builtIn.logo, alt: row.display_name },
  };
  const { theme, faults } =
    row.document === null ? { theme: base, faults: [] } : readTheme(row.document, base);
  return { brand: finish(theme, row), faults };
}

/** The built-in brand in the name of a tenant that nobody can be asked about. */
export function builtInBrand(slug: string): Brand {
  return finish(defaultBrand(slug), undefined);
}

/** The bytes a brand takes in a cache; its row is about as large as the theme made of it. */
export function weighBrand({ theme, stylesheet, manifest }: Brand): number {
  return 2 * theme.bytes.byteLength + stylesheet.bytes.byteLength + manifest.bytes.byteLength;
}

function finish(theme: Theme, row: BrandingRow | undefined): Brand {
  return Object.freeze({
    tenantId: row?.tenant_id,
    row,
    theme: representJson(theme),
    stylesheet: represent("text/css; charset=utf-8", renderStylesheet(theme)),
    manifest: representJson(manifestOf(theme), "application/manifest+json; charset=utf-8"),
  });
}
