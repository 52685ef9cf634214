import { Value } from "@sinclair/typebox/value";
import { marketTypeEntry, UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import { NEUTRAL_SETTINGS } from "./offer.ts";
import { ODDS_FORMATS, type OfferSettings, offerSettingsSchema } from "./offer_contract.ts";

/** One part of a document that cannot be a tenant's offer. */
export interface OfferFault {
  /** As in `margins[0].marginBps`; empty for the document as a whole. */
  readonly path: string;
  /** What is wrong, as in `expected integer to be less or equal to 5000`. */
  readonly reason: string;
}

/**
 * Reads a document as an offer, whole or in part: what it leaves out is as if nothing had been set.
 *
 * @returns The settings, or everything that keeps them from being used: a part that is not known here (a misspelt one is not to be
 *   lost in silence), a value out of bounds, a market type that the catalogue does not have, a rule for nothing or the same one twice.
 */
export function readOffer(
  document: unknown,
): { readonly settings: OfferSettings } | { readonly faults: readonly OfferFault[] } {
  if (!isRecord(document)) return { faults: [{ path: "", reason: "must be an object" }] };
  const { off = {} } = document;
  const whole: unknown = {
    ...NEUTRAL_SETTINGS,
    ...document,
    off: isRecord(off) ? { ...NEUTRAL_SETTINGS.off, ...off } : off,
  };
  const faults = [...Value.Errors(offerSettingsSchema, whole)].map(({ path, message }) => ({
    path: pathOf(path),
    reason: path === "/oddsFormat" ? `must be one of ${ODDS_FORMATS.join(", ")}` : lowered(message),
  }));
  // One value may be at fault in several ways; the first says enough.
  const firsts = faults.filter(({ path }, at) => faults.findIndex((fault) => fault.path === path) === at);
  const said = [...firsts, ...(isRecord(whole) ? nameFaults(whole) : [])];
  if (said.length > 0 || !Value.Check(offerSettingsSchema, whole)) return { faults: said };
  return { settings: whole };
}

/** What the schema cannot say, of whatever is well-formed enough to ask. */
function nameFaults({ margins, off }: Readonly<Record<string, unknown>>): OfferFault[] {
  const faults: OfferFault[] = [];
  const rules = Array.isArray(margins) ? margins.filter(isRecord) : [];
  const seen = new Set<string>();
  for (const [index, { sport, marketType }] of rules.entries()) {
    const path = `margins[${index}]`;
    const name = JSON.stringify([sport, marketType]);
    if (sport === undefined && marketType === undefined)
      faults.push({ path, reason: "must name a sport, a market type or both" });
    else if (seen.has(name)) faults.push({ path, reason: "says what an earlier rule says already" });
    seen.add(name);
    if (!isMarketType(marketType))
      faults.push({ path: `${path}.marketType`, reason: `is no market type: "${marketType}"` });
  }
  const types = isRecord(off) && Array.isArray(off["marketTypes"]) ? off["marketTypes"] : [];
  for (const [index, type] of types.entries()) {
    if (!isMarketType(type))
      faults.push({ path: `off.marketTypes[${index}]`, reason: `is no market type: "${type}"` });
  }
  return faults;
}

/** Whether it is one, or nothing that could be one: of that the schema speaks. */
function isMarketType(name: unknown): boolean {
  if (typeof name !== "string" || name === UNKNOWN_MARKET_TYPE) return true;
  return marketTypeEntry(name) !== undefined;
}

/** A JSON pointer as people write it: `/margins/0/sport` is `margins[0].sport`. */
function pathOf(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".");
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
