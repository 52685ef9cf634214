import type { PriceTally, QuarantineReason } from "./snapshot.ts";

/** The sum of tallies. */
export function tallyOf(tallies: readonly PriceTally[]): PriceTally {
  const quarantined: Partial<Record<QuarantineReason, number>> = {};
  let [prices, open, suspended] = [0, 0, 0];
  for (const tally of tallies) {
    prices += tally.prices;
    open += tally.open;
    suspended += tally.suspended;
    for (const [reason, count] of Object.entries(tally.quarantined) as [QuarantineReason, number][]) {
      quarantined[reason] = (quarantined[reason] ?? 0) + count;
    }
  }
  return { prices, open, suspended, quarantined };
}
