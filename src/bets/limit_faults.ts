import { minorExponent } from "../wallets/mod.ts";
import type { BettingLimit } from "./limits.ts";

/** What is wrong with limits, and where. */
export interface LimitFault {
  /** As in `limits.3.eventId`. */
  readonly path: string;
  readonly reason: string;
}

/** Every fault of a set of limits that its schema lets pass: fields that do not go together, and bounds that leave nothing. Pure. */
export function findLimitFaults(limits: readonly BettingLimit[]): LimitFault[] {
  return limits.flatMap((limit, index) =>
    faultsOf(limit).map(([field, reason]) => ({ path: `limits.${index}.${field}`, reason })),
  );
}

function faultsOf(limit: BettingLimit): [field: keyof BettingLimit, reason: string][] {
  const { scope, stakeMinMinor, stakeMaxMinor } = limit;
  const faults: [field: keyof BettingLimit, reason: string][] = [];
  const required = (field: keyof BettingLimit, isRequired: boolean, isAllowed = isRequired) => {
    if (isRequired && limit[field] === null) faults.push([field, `is missing: the scope is ${scope}`]);
    if (!isAllowed && limit[field] !== null) faults.push([field, `does not go with the scope ${scope}`]);
  };
  const isOfMarket = scope === "market" || scope === "outcome";
  required("playerId", scope === "player");
  required("eventId", scope === "event", scope === "event" || isOfMarket);
  required("marketType", isOfMarket);
  required("outcome", scope === "outcome");
  for (const field of ["period", "label", "lineQuarters"] as const) required(field, false, isOfMarket);
  required("eventExposureMaxMinor", false, scope === "tenant" || scope === "event");
  required("outcomeExposureMaxMinor", false, scope !== "player");
  if (!isCurrency(limit.currency)) faults.push(["currency", "is none of ISO 4217"]);
  if (stakeMinMinor !== null && stakeMaxMinor !== null && stakeMinMinor > stakeMaxMinor)
    faults.push(["stakeMinMinor", "is above stakeMaxMinor"]);
  return faults;
}

function isCurrency(currency: string): boolean {
  try {
    return minorExponent(currency) >= 0;
  } catch {
    return false;
  }
}
