import type { Connection } from "../pool/mod.ts";
import { selectBetting } from "./queries.ts";

/** What a brand promises its visitors about a bet. Amounts in minor units. */
export interface BettingBounds {
  /** ISO 4217. */
  readonly currency: string;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  readonly maxPayoutMinor: number;
}

/**
 * What the brand that a tenant has saved promises about a bet, from the table itself: what binds a bet is not read from a cache.
 *
 * @returns `undefined` where none is saved, or it says nothing usable: then nothing was promised.
 */
export async function readBettingBounds(
  connection: Connection,
  tenantId: string,
): Promise<BettingBounds | undefined> {
  const betting = await selectBetting(connection, tenantId);
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
