import type { Fraction, Selection } from "../markets/mod.ts";

/** What becomes of a bet whose price has moved since it was shown; `slippage` up to a bound. */
export const PRICE_CHANGES = ["none", "better", "any", "slippage"] as const;
export type PriceChange = (typeof PRICE_CHANGES)[number];

/** What the player agreed to besides price and rules. */
export interface BetTerms {
  readonly priceChange: PriceChange;
  /** With `slippage` alone: how much of what a winner would win may be gone, in basis points. */
  readonly slippageBps?: number;
}

/** One leg, frozen: nothing that later happens to event, price or rules alters it. */
export interface BetLeg extends Selection {
  readonly eventId: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly startsAt: Date;
  readonly book: string;
  /** Per unit staked, stake included. */
  readonly price: Fraction;
}

/** A bet as it was placed. */
export interface PlacedBet {
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  /** Minor units of the currency. */
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly terms: BetTerms;
  /** Of the limits that were in force; `null` while the tenant has set none. */
  readonly limitsVersion: number | null;
  readonly placedAt: Date;
  readonly legs: readonly BetLeg[];
}

/** The answer to a placement: the same every time the same request is sent again. */
export interface Placement extends PlacedBet {
  /** JSON, kept as it was first given, byte for byte. */
  readonly answer: string;
}

/** At most so many legs in one bet. */
export const LEGS_MAX = 20;
