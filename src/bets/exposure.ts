import type { BetLeg } from "./bet.ts";
import type { BetBounds } from "./limits.ts";

/** What exposure is bounded of. The first four fields of a row's key in `exposure_slots` are tenant, currency, scope and subject. */
export type ExposureScope = "event" | "outcome";

export interface ExposureWanted {
  readonly scope: ExposureScope;
  readonly subject: string;
  readonly limitMinor: bigint;
}

/** Cannot be part of any name. */
const SEPARATOR = "\u001f";

/**
 * What a bet takes of each leg's event and of each leg's outcome: all that the house can lose by it, in full for each of them. Pure.
 *
 * That is more than an event can cost where bets stand on both sides of it, and more than an accumulator can cost on any one of its
 * events: never less, so that a limit is never too late.
 */
export function exposuresOf(
  legs: readonly BetLeg[],
  { exposures }: Pick<BetBounds, "exposures">,
): ExposureWanted[] {
  return legs.flatMap((leg, index): ExposureWanted[] => {
    const bounds = exposures[index];
    if (bounds === undefined) throw new RangeError("Cannot bound the exposure of a leg without bounds");
    return [
      { scope: "event", subject: leg.eventId, limitMinor: bounds.eventMaxMinor },
      { scope: "outcome", subject: outcomeSubject(leg), limitMinor: bounds.outcomeMaxMinor },
    ];
  });
}

/** As the database's `exposure_outcome` writes it: whose the price is makes no difference. */
function outcomeSubject({ eventId, marketType, period, label, lineQuarters, outcome }: BetLeg): string {
  return [eventId, marketType, period, label, lineQuarters ?? "", outcome].join(SEPARATOR);
}
