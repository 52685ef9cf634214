import { minorToJson } from "../http/mod.ts";
import type { BetLeg, PlacedBet } from "./bet.ts";
import type { BetView, LegView } from "./contract.ts";
import { combinedPrice, potentialReturn } from "./potential.ts";

/** What has become of a bet, beside what was placed. */
export interface BetStanding {
  readonly state: BetView["state"];
  /** In the order of the legs. */
  readonly legs: readonly Pick<LegView, "state" | "resultVersion">[];
  readonly settled: { readonly returnMinor: bigint; readonly at: Date } | null;
  readonly voided: { readonly reason: string; readonly rule: string; readonly at: Date } | null;
}

/** A bet as its player reads it. Pure. */
export function viewOf(bet: PlacedBet, standing: BetStanding): BetView {
  const { state, settled, voided } = standing;
  const price = combinedPrice(bet.legs.map((leg) => leg.price));
  return {
    betId: bet.betId,
    state,
    currency: bet.currency,
    stakeMinor: minorToJson(bet.stakeMinor),
    potentialReturnMinor: minorToJson(potentialReturn(bet.stakeMinor, price)),
    returnMinor: settled === null ? null : minorToJson(settled.returnMinor),
    placedAt: bet.placedAt.toISOString(),
    settledAt: settled?.at.toISOString() ?? null,
    rulesVersion: bet.rulesVersion,
    limitsVersion: bet.limitsVersion,
    terms: bet.terms,
    void: voided === null ? null : { reason: voided.reason, rule: voided.rule, at: voided.at.toISOString() },
    legs: bet.legs.map((leg, index) => legViewOf(leg, index, standing)),
  };
}

function legViewOf(leg: BetLeg, index: number, { legs }: BetStanding): LegView {
  const { price, startsAt, ...rest } = leg;
  const { state = "open", resultVersion = null } = legs[index] ?? {};
  return {
    legNumber: index + 1,
    ...rest,
    startsAt: startsAt.toISOString(),
    fraction: { numerator: `${price.numerator}`, denominator: `${price.denominator}` },
    state,
    resultVersion,
  };
}
