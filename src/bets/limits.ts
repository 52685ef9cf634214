import type { Fraction } from "../markets/mod.ts";
import type { BetLeg } from "./bet.ts";
import { BetRefusedError } from "./errors.ts";
import { potentialReturn, stakeForReturn } from "./potential.ts";

/** What a limit is about. */
export const LIMIT_SCOPES = ["tenant", "event", "market", "outcome", "player"] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

/** What a limit bounds, in minor units of its currency; `null` bounds nothing. */
export interface LimitAmounts {
  readonly stakeMinMinor: number | null;
  readonly stakeMaxMinor: number | null;
  /** Of one bet's potential return, stake included. */
  readonly payoutMaxMinor: number | null;
  /** What the house may lose on an event: the sum of potential return less stake over all undecided bets with a leg on it. */
  readonly eventExposureMaxMinor: number | null;
  /** The same of one outcome. */
  readonly outcomeExposureMaxMinor: number | null;
}

/** One row of a tenant's limits: it bounds every bet that all of its fields name, `null` being any. */
export interface BettingLimit extends LimitAmounts {
  readonly currency: string;
  readonly scope: LimitScope;
  readonly playerId: string | null;
  readonly eventId: string | null;
  readonly marketType: string | null;
  readonly period: string | null;
  readonly label: string | null;
  readonly lineQuarters: number | null;
  readonly outcome: string | null;
}

/** What a tenant's brand promises its visitors about a bet. */
export interface AdvertisedBounds {
  readonly currency: string;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  readonly maxPayoutMinor: number;
}

/** A tenant's limits as a placement meets them: those rows alone that could be about the bet. */
export interface TenantLimits {
  /** 0 while the tenant has set none. */
  readonly version: number;
  readonly bettingOpen: boolean;
  readonly limits: readonly BettingLimit[];
}

/** The bounds of one bet. */
export interface BetBounds {
  readonly stakeMinMinor: bigint;
  readonly stakeMaxMinor: bigint;
  readonly payoutMaxMinor: bigint;
  /** What of the house's may be lost on each leg's event and outcome, in the order of the legs. */
  readonly exposures: readonly { readonly eventMaxMinor: bigint; readonly outcomeMaxMinor: bigint }[];
}

// Where nobody has said otherwise: small, so that a tenant which forgets its limits loses little. In whole units of the currency.
const STAKE_MAX = 1000n;
const PAYOUT_MAX = 25_000n;
/** Of the payout that the tenant allows a bet: as many such bets may stand against the house at once. */
const EVENT_PAYOUTS = 20n;
const OUTCOME_PAYOUTS = 10n;

/**
 * What holds for a bet: the strictest of all limits that name it and of what the brand advertises, and where none of them speaks, the
 * limits above, scaled by the currency's exponent. Pure.
 */
export function boundsOf(
  {
    legs,
    playerId,
    currency,
  }: { readonly legs: readonly BetLeg[]; readonly playerId: string; readonly currency: string },
  {
    limits,
    advertised,
    exponent,
  }: {
    readonly limits: readonly BettingLimit[];
    readonly advertised: AdvertisedBounds | undefined;
    readonly exponent: number;
  },
): BetBounds {
  const unit = 10n ** BigInt(exponent);
  const ours = limits.filter((limit) => limit.currency === currency);
  const ad = advertised?.currency === currency ? advertised : undefined;
  const naming = ours.filter((limit) => names(limit, playerId, legs));
  const general = ours.filter(({ scope }) => scope === "tenant");
  const tenantPayout =
    least([...general.map(({ payoutMaxMinor }) => payoutMaxMinor), ad?.maxPayoutMinor]) ?? PAYOUT_MAX * unit;
  const ofBet = least(naming.map(({ payoutMaxMinor }) => payoutMaxMinor));
  const exposures = legs.map((leg) => {
    // Whose bet it is changes nothing of what the house may lose on a leg: the same for all, or the shares would be made anew each time.
    const about = ours.filter((limit) => limit.scope !== "player" && isAbout(limit, leg));
    return {
      eventMaxMinor:
        least(about.map(({ eventExposureMaxMinor }) => eventExposureMaxMinor)) ??
        tenantPayout * EVENT_PAYOUTS,
      outcomeMaxMinor:
        least(about.map(({ outcomeExposureMaxMinor }) => outcomeExposureMaxMinor)) ??
        tenantPayout * OUTCOME_PAYOUTS,
    };
  });
  return {
    stakeMinMinor: greatest([...naming.map(({ stakeMinMinor }) => stakeMinMinor), ad?.minStakeMinor]) ?? 1n,
    stakeMaxMinor:
      least([...naming.map(({ stakeMaxMinor }) => stakeMaxMinor), ad?.maxStakeMinor]) ?? STAKE_MAX * unit,
    payoutMaxMinor: ofBet === undefined || tenantPayout < ofBet ? tenantPayout : ofBet,
    exposures,
  };
}

/** Whether a limit is about a bet: about its player, or about one of its legs. */
function names(limit: BettingLimit, playerId: string, legs: readonly BetLeg[]): boolean {
  if (limit.scope === "player") return limit.playerId === playerId;
  return legs.some((leg) => isAbout(limit, leg));
}

function isAbout(limit: BettingLimit, leg: BetLeg): boolean {
  return (
    isAnyOr(limit.eventId, leg.eventId) &&
    isAnyOr(limit.marketType, leg.marketType) &&
    isAnyOr(limit.period, leg.period) &&
    isAnyOr(limit.label, leg.label) &&
    isAnyOr(limit.lineQuarters, leg.lineQuarters) &&
    isAnyOr(limit.outcome, leg.outcome)
  );
}

function isAnyOr<T>(wanted: T | null, value: T | null): boolean {
  return wanted === null || wanted === value;
}

function least(amounts: readonly (number | null | undefined)[]): bigint | undefined {
  const said = amounts.filter((amount) => amount !== null && amount !== undefined);
  return said.length === 0 ? undefined : BigInt(Math.min(...said));
}

function greatest(amounts: readonly (number | null | undefined)[]): bigint | undefined {
  const said = amounts.filter((amount) => amount !== null && amount !== undefined);
  return said.length === 0 ? undefined : BigInt(Math.max(...said));
}

/** Which of its bounds a stake is beyond. */
export type BoundKind = "stake" | "payout" | "event_exposure" | "outcome_exposure";

/**
 * Passes a stake within its bounds. Pure.
 *
 * @throws {BetRefusedError} `below_min_bet_amount` or `above_max_bet_amount`, with the range that is allowed.
 */
export function assertWithinBounds(
  { stakeMinor, price }: { readonly stakeMinor: bigint; readonly price: Fraction },
  bounds: Pick<BetBounds, "stakeMinMinor" | "stakeMaxMinor" | "payoutMaxMinor">,
): void {
  const { stakeMinMinor, stakeMaxMinor, payoutMaxMinor } = bounds;
  const forPayout = stakeForReturn(payoutMaxMinor, price);
  const byPayout = { maxMinor: forPayout, bound: "payout" } as const;
  const { maxMinor, bound } =
    forPayout < stakeMaxMinor ? byPayout : ({ maxMinor: stakeMaxMinor, bound: "stake" } as const);
  if (stakeMinor < stakeMinMinor) throw belowMinimum({ minMinor: stakeMinMinor, maxMinor });
  const isPaidTooMuch = potentialReturn(stakeMinor, price) > payoutMaxMinor;
  if (stakeMinor > stakeMaxMinor || isPaidTooMuch)
    throw aboveMaximum({ minMinor: stakeMinMinor, maxMinor, bound });
}

function belowMinimum(range: { readonly minMinor: bigint; readonly maxMinor: bigint }): BetRefusedError {
  return new BetRefusedError("below_min_bet_amount", { facts: rangeOf(range) });
}

/** The refusal of a stake above what a bound leaves; a range that is empty has 0 as its end. */
export function aboveMaximum({
  bound,
  ...range
}: {
  readonly minMinor: bigint;
  readonly maxMinor: bigint;
  readonly bound: BoundKind;
}): BetRefusedError {
  return new BetRefusedError("above_max_bet_amount", { facts: { ...rangeOf(range), bound } });
}

function rangeOf({ minMinor, maxMinor }: { readonly minMinor: bigint; readonly maxMinor: bigint }) {
  return { minMinor, maxMinor: maxMinor < minMinor ? 0n : maxMinor };
}
