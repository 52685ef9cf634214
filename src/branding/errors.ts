import type { ThemeFault } from "./theme_faults.ts";

/** The document cannot be saved; nothing was. */
export class BrandingInvalidError extends Error {
  override readonly name = "BrandingInvalidError";
  readonly code = "branding_invalid";
  readonly faults: readonly ThemeFault[];

  constructor(faults: readonly ThemeFault[]) {
    const lines = faults.map(({ path, expected }) => `  ${path === "" ? "the document" : path} ${expected}`);
    super(`Cannot save the brand as ${faults.length} part(s) of it cannot be used:\n${lines.join("\n")}`);
    this.faults = faults;
  }
}

/** Somebody saved the brand meanwhile; nothing of this was. Read it again, then save what you mean. */
export class BrandingVersionConflictError extends Error {
  override readonly name = "BrandingVersionConflictError";
  readonly code = "branding_version_conflict";
  /** 0 for none saved. */
  readonly expected: bigint;
  readonly found: bigint;

  constructor({ expected, found }: { readonly expected: bigint; readonly found: bigint }) {
    super(`Cannot save the brand over version ${expected} as it is at version ${found} now`);
    this.expected = expected;
    this.found = found;
  }
}

/** The brand does not name the licence under which it would take money. */
export class TenantNotLicensedError extends Error {
  override readonly name = "TenantNotLicensedError";
  readonly code = "tenant_not_licensed";
  readonly tenantId: string;
  readonly lacks: readonly string[];

  constructor(tenantId: string, lacks: readonly string[]) {
    super(`Cannot take money as the brand lacks ${lacks.join(", ")}: tenant is "${tenantId}"`);
    this.tenantId = tenantId;
    this.lacks = lacks;
  }
}

/** The brand's licence does not reach to where the player lives. */
export class InvalidCountryError extends Error {
  override readonly name = "InvalidCountryError";
  readonly code = "invalid_country";
  readonly country: string | null;

  constructor(country: string | null) {
    super(`Cannot take money as the brand may not from there: country is "${country ?? "unknown"}"`);
    this.country = country;
  }
}

/** Since the boot nobody could look whether every brand may take money. */
export class MoneyUncheckedError extends Error {
  override readonly name = "MoneyUncheckedError";
  readonly code = "money_unchecked";

  constructor() {
    super("Cannot take money as the brands' licences could not be looked at since the boot");
  }
}
