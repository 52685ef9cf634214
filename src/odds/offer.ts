import { createHash } from "node:crypto";
import type { OddsFormat, OfferSettings } from "./offer_contract.ts";

/** How a tenant's prices are made of the stored ones: what every tenant with the same profile shares. */
export interface OfferProfile {
  /** The same for equal profiles, whoever's they are; names no tenant. */
  readonly key: string;
  readonly oddsFormat: OddsFormat;
  /** Basis points where no rule fits. */
  readonly marginBps: number;
  /** Basis points by `sport|marketType`, either of them empty for any. */
  readonly rules: ReadonlyMap<string, number>;
}

/** What a tenant does not show. */
export interface OfferSwitches {
  /** The same for equal switches, and empty when nothing is off: then what all share is shown as it is. */
  readonly key: string;
  readonly sports: ReadonlySet<string>;
  readonly competitions: ReadonlySet<string>;
  readonly marketTypes: ReadonlySet<string>;
  readonly books: ReadonlySet<string>;
}

/** One tenant's offer, ready to be applied. */
export interface TenantOffer {
  /** Whose it is: checked before it is applied. */
  readonly tenantId: string;
  /** Grows with every change; 0 while none is saved. */
  readonly version: number;
  readonly settings: OfferSettings;
  readonly profile: OfferProfile;
  readonly switches: OfferSwitches;
}

/** A tenant that has set nothing: the stored prices themselves, in decimal, and all of them. */
export const NEUTRAL_SETTINGS: OfferSettings = Object.freeze({
  marginBps: 0,
  margins: [],
  off: { sports: [], competitions: [], marketTypes: [], books: [] },
  oddsFormat: "decimal",
});

/** The offer of a tenant, from its settings. */
export function offerOf(tenantId: string, settings: OfferSettings, version = 0): TenantOffer {
  return { tenantId, version, settings, profile: profileOf(settings), switches: switchesOf(settings.off) };
}

/** The margin on one market in basis points: the rule for sport and type, else for the type, else for the sport, else for all. */
export function marginBpsOf(
  { rules, marginBps }: OfferProfile,
  { sport, marketType }: { readonly sport: string; readonly marketType: string },
): number {
  return (
    rules.get(ruleKey(sport, marketType)) ??
    rules.get(ruleKey("", marketType)) ??
    rules.get(ruleKey(sport, "")) ??
    marginBps
  );
}

/** Whether the tenant shows nothing of an event. */
export function isEventOff(
  { sports, competitions }: OfferSwitches,
  { sport, competitionId }: { readonly sport: string; readonly competitionId: string },
): boolean {
  return sports.has(sport) || competitions.has(competitionId);
}

/** Whether the tenant leaves a market out of the events it shows. */
export function isMarketOff(
  { marketTypes, books }: OfferSwitches,
  { marketType, book }: { readonly marketType: string; readonly book: string },
): boolean {
  return marketTypes.has(marketType) || books.has(book);
}

function profileOf({ marginBps, margins, oddsFormat }: OfferSettings): OfferProfile {
  const rules = new Map(
    margins.map((rule) => [ruleKey(rule.sport ?? "", rule.marketType ?? ""), rule.marginBps] as const),
  );
  return { key: keyOf([oddsFormat, marginBps, [...rules].sort()]), oddsFormat, marginBps, rules };
}

function switchesOf(off: OfferSettings["off"]): OfferSwitches {
  const lists = [off.sports, off.competitions, off.marketTypes, off.books].map((names) => [...names].sort());
  return {
    key: lists.every((names) => names.length === 0) ? "" : keyOf(lists),
    sports: new Set(off.sports),
    competitions: new Set(off.competitions),
    marketTypes: new Set(off.marketTypes),
    books: new Set(off.books),
  };
}

function ruleKey(sport: string, marketType: string): string {
  return `${sport}|${marketType}`;
}

function keyOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
