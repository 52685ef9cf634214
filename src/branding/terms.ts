import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Connection } from "../pool/mod.ts";
import { type Theme, themeSchema } from "./contract.ts";
import { defaultBrand } from "./default_brand.ts";
import { selectActiveTerms, selectTerms, type TermsRow } from "./queries.ts";

/** What the law asks of a brand that takes money. */
export type Compliance = Theme["compliance"];

/** What a brand says of itself that rooms behind the counter go by. */
export interface TenantTerms {
  /** ISO 4217, of a wallet whose owner names none. */
  readonly currency: string;
  /** The years of the age mark. */
  readonly ageMin: number;
  readonly compliance: Compliance;
}

/** What a brand must name before it takes money. */
export const LICENCE_FIELDS = ["licenceNumber", "regulator", "countries"] as const;
export type LicenceField = (typeof LICENCE_FIELDS)[number];

/** A brand and what it lacks; nothing when it may take money. */
export interface Unlicensed {
  readonly slug: string;
  readonly lacks: readonly LicenceField[];
}

/**
 * The terms of a tenant as they are saved, in the caller's transaction. What is not saved, or is not usable, is as the built-in brand has it:
 * euros, of age at 18, without a licence.
 */
export async function readTerms(connection: Connection, tenantId: string): Promise<TenantTerms> {
  return termsOf(await selectTerms(connection, tenantId));
}

/** The compliance of a tenant; as `readTerms`. */
export async function readCompliance(connection: Connection, tenantId: string): Promise<Compliance> {
  return (await readTerms(connection, tenantId)).compliance;
}

/** Which of the fields a compliance leaves empty. Pure. */
export function licenceLacks(compliance: Compliance): readonly LicenceField[] {
  return LICENCE_FIELDS.filter((field) => {
    const value = compliance[field];
    return value === null || value.length === 0 || (typeof value === "string" && value.trim() === "");
  });
}

/** The active tenants that may take no money, by slug. */
export async function findUnlicensed(connection: Connection): Promise<readonly Unlicensed[]> {
  const rows = await selectActiveTerms(connection);
  return rows
    .map((row) => ({ slug: row.slug, lacks: licenceLacks(termsOf(row).compliance) }))
    .filter(({ lacks }) => lacks.length > 0);
}

function termsOf(row: TermsRow | undefined): TenantTerms {
  const { betting, compliance } = defaultBrand("");
  const { properties } = themeSchema;
  const currency = usable(properties.betting.properties.currency, row?.currency, betting.currency);
  const kept = overlay(properties.compliance.properties, row?.compliance, compliance);
  return { currency, ageMin: Number.parseInt(kept.ageMark, 10), compliance: kept };
}

function overlay<T extends object>(
  properties: Readonly<Record<keyof T, TSchema>>,
  given: unknown,
  base: T,
): T {
  if (typeof given !== "object" || given === null) return base;
  const kept = { ...base };
  for (const name of Object.keys(properties) as (keyof T & string)[])
    kept[name] = usable(properties[name], Reflect.get(given, name), base[name]);
  return kept;
}

function usable<T>(schema: TSchema, given: unknown, base: T): T {
  return Value.Check(schema, given) ? (given as T) : base;
}
