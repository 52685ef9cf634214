/** A tenant's public face: its theme as JSON, as a stylesheet and as a web app manifest. */

export { type BettingBounds, readBettingBounds } from "./betting_bounds.ts";
export type { Brand } from "./brand.ts";
export {
  problems as brandingProblems,
  schemas as brandingSchemas,
  type Theme,
  themeSchema,
} from "./contract.ts";
export { defaultBrand } from "./default_brand.ts";
export {
  BrandingInvalidError,
  BrandingVersionConflictError,
  InvalidCountryError,
  MoneyUncheckedError,
  TenantNotLicensedError,
} from "./errors.ts";
export type { BrandingEvent } from "./events.ts";
export { type MoneyGate, type MoneyMode, openMoneyGate } from "./money_gate.ts";
export { type PrewarmDeps, prewarmBranding } from "./prewarm.ts";
export { selectBrandingVersion, selectBrandingVersions } from "./queries.ts";
export { type Branding, type BrandingDeps, openBranding } from "./read_branding.ts";
export { brandingRoutes, hotBrandingRoutes } from "./routes.ts";
export { type BrandingToSave, type SaveBrandingDeps, saveBranding } from "./save_branding.ts";
export {
  type Compliance,
  findUnlicensed,
  readCompliance,
  readTerms,
  type TenantTerms,
  type Unlicensed,
} from "./terms.ts";
export { createThemeReader, type ThemeReader, type ThemeReading } from "./theme.ts";
export { findThemeFaults, type ThemeFault } from "./theme_faults.ts";
export { brandingLine, brandingWords, type Line } from "./words.ts";
