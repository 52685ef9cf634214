import type { Selection } from "../../markets/mod.ts";

/** What a bet agreed to beside its selection. */
export interface LegTerms {
  /** The planned start when the bet was placed: windows are counted from it. */
  readonly startsAt?: Date;
  /** Who was to start pitching; absent where the bet takes anybody. */
  readonly listedPitchers?: { readonly home?: string; readonly away?: string };
}

/** What is to be graded. */
export interface Leg extends Selection {
  /** Our name of the sport, as in `american_football`. */
  readonly sport: string;
  readonly terms?: LegTerms;
}
