import type { FrozenBet, LegGraded } from "../bets/mod.ts";
import type { KnownFact } from "../results/mod.ts";
import type { PublishedRules, ReversalMade, Settlement } from "../settlement/mod.ts";
import type { BetTransfer } from "../wallets/mod.ts";
import type { WhyWaiting } from "./reason_words.ts";

/** All that is stored of a bet and bears on what it was paid. What is newer than the bet's own version is not looked at. */
export interface BetStory {
  readonly bet: FrozenBet;
  /** Every grade that its legs were ever given. */
  readonly grades: readonly LegGraded[];
  readonly settlements: readonly Settlement[];
  readonly reversals: readonly ReversalMade[];
  /** The oldest first. */
  readonly transfers: readonly BetTransfer[];
  readonly rules: PublishedRules;
  /** Of its events, by their ids; absent for those that are gone. */
  readonly sports: ReadonlyMap<string, string>;
  /** What was known of an event as of a version, by `factsKey`. */
  readonly facts: ReadonlyMap<string, readonly KnownFact[]>;
  /** Why legs have no grade, by their numbers. */
  readonly waits: ReadonlyMap<number, { readonly why: WhyWaiting; readonly what: string }>;
}

/** What names the facts of an event as of a version. */
export function factsKey(eventId: string, version: number): string {
  return `${eventId}/${version}`;
}

/** A version of the facts that some grade of a bet was made by. */
export interface FactsUsed {
  readonly eventId: string;
  readonly version: number;
}

/** The event and version of each leg that a settlement was paid by; `null` for a leg that it was decided without. Pure. */
export function legsPaidBy(
  { legs }: Pick<FrozenBet, "legs">,
  { legVersions, resultVersion }: Pick<Settlement, "legVersions" | "resultVersion">,
): readonly (FactsUsed | null)[] {
  return legs.map(({ eventId, legNumber }) => {
    const version = legVersions === null ? resultVersion : (legVersions[legNumber - 1] ?? null);
    return version === null ? null : { eventId, version };
  });
}

/** The event and version that each leg was last graded by. Pure. */
export function legsGradedBy({ legs }: Pick<FrozenBet, "legs">): readonly (FactsUsed | null)[] {
  return legs.map(({ eventId, resultVersion }) =>
    resultVersion === null ? null : { eventId, version: resultVersion },
  );
}
