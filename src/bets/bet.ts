import type { Fraction, Selection } from "../markets/mod.ts";

/** What the player agreed to besides price and rules. `none`: a price other than the one shown is refused. */
export interface BetTerms {
  readonly priceChange: "none";
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

/** The answer to a placement: the same every time the same request is sent again. */
export interface PlacedBet {
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  /** Minor units of the currency. */
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly terms: BetTerms;
  readonly placedAt: Date;
  readonly legs: readonly BetLeg[];
}
