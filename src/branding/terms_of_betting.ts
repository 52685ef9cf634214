import type { Connection } from "../pool/mod.ts";
import { selectBettingTerms } from "./queries.ts";

/** What a brand promises about its bets: in which bounds, and in which countries it may take them. Amounts in minor units. */
export interface BettingTerms {
  /** `undefined` where the saved brand says nothing usable: then nothing was promised. */
  readonly bounds:
    | {
        /** ISO 4217. */
        readonly currency: string;
        readonly minStakeMinor: number;
        readonly maxStakeMinor: number;
        readonly maxPayoutMinor: number;
      }
    | undefined;
  /** ISO 3166-1; empty where the brand names none. */
  readonly countries: readonly string[];
}

/** What the brand a tenant has saved says of betting, from the table itself: what binds a bet is not read from a cache. */
export async function readBettingTerms(connection: Connection, tenantId: string): Promise<BettingTerms> {
  const row = await selectBettingTerms(connection, tenantId);
  return { bounds: boundsIn(row?.betting), countries: countriesIn(row?.countries) };
}

function boundsIn(betting: unknown): BettingTerms["bounds"] {
  if (typeof betting !== "object" || betting === null) return undefined;
  const { currency, minStakeMinor, maxStakeMinor, maxPayoutMinor } = betting as Readonly<
    Record<string, unknown>
  >;
  if (typeof currency !== "string") return undefined;
  if (!isMinor(minStakeMinor) || !isMinor(maxStakeMinor) || !isMinor(maxPayoutMinor)) return undefined;
  return { currency, minStakeMinor, maxStakeMinor, maxPayoutMinor };
}

function isMinor(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function countriesIn(countries: unknown): string[] {
  return Array.isArray(countries) ? countries.filter((country) => typeof country === "string") : [];
}
