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
