import type { Fraction } from "../../markets/mod.ts";

/** A rule that may differ by sport, or by market type where it says so. */
export interface By<T> {
  readonly default: T;
  readonly of: ReadonlyMap<string, T>;
}

/** How long after its planned start an event may still be played for bets on it to stand. */
export type Window = { readonly hours: number } | "same_local_day";

export interface MinimumPlay {
  readonly sport: string;
  /** Market types, or all of the sport's. */
  readonly marketTypes: readonly string[] | "all";
  /** In the unit of the sport: minutes, or innings. */
  readonly least: number;
}

/** A price up to which a withdrawn runner takes this part of the winnings. */
export interface DeductionBand {
  /** As a price, stake included. */
  readonly upTo: Fraction;
  readonly deduction: Fraction;
}

/**
 * The rules of a house, as published: numbered, never edited, frozen into a bet by their number. Rules that a version is silent on are
 * absent, and what would need one is for a person to decide.
 */
export interface HouseRules {
  readonly rounding: "nearest_minor_unit_halves_to_player";
  /** What a result that is declared void returns. */
  readonly voidResult: "stake_returned";
  /** When a market that later play cannot change is paid: at once, or (where a version says nothing) at the event's end. */
  readonly decidedMarkets: "paid_at_once" | "paid_at_the_end";
  /** By sport. */
  readonly postponed?: By<Window>;
  /** By sport. What was decided before the end of play stands, or falls with the rest. */
  readonly abandoned?: By<{ readonly window: Window; readonly decided: "stands" | "void" }>;
  readonly cancelled?: "stake_returned";
  readonly walkover?: "stake_returned";
  /** By sport: when the winner of a match in which somebody gave up is its winner. */
  readonly retired?: By<"stake_returned" | "stands_after_first_set" | "stands_once_begun">;
  /** By sport: whether a market on the whole match counts what is played after regulation. */
  readonly overtime?: By<"counts" | "excluded">;
  /** A two-way winner that ends level. */
  readonly levelWinner?: "stake_returned";
  /** By market type: places that are shared. */
  readonly deadHeat?: By<"shared" | "paid_in_full">;
  readonly deductions?: { readonly bands: readonly DeductionBand[]; readonly most: Fraction };
  readonly listedPitchers?: "void_if_changed" | "action";
  readonly minimumPlay?: readonly MinimumPlay[];
  /** Seconds, by sport: half a round is decided by them. */
  readonly roundSeconds?: ReadonlyMap<string, number>;
  readonly cardPoints?: { readonly yellow: number; readonly red: number };
  readonly scorers?: { readonly ownGoals: "ignored"; readonly notTakingPart: "stake_returned" };
}

/** The rule of one sport, or of one market type. */
export function ruleOf<T>(rule: By<T>, name: string): T {
  return rule.of.get(name) ?? rule.default;
}
