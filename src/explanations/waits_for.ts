import type { FrozenBet, FrozenLeg } from "../bets/mod.ts";
import type { Facts } from "../results/mod.ts";
import { gradeLeg, type HouseRules } from "../settlement/mod.ts";
import { isCancelledBy } from "./cancelled_bets.ts";
import type { WhyWaiting } from "./reason_words.ts";

export interface WaitingBy {
  readonly bet: Pick<FrozenBet, "state" | "placedAt">;
  readonly rules: HouseRules;
  readonly sport: string | undefined;
  /** What is known now; `undefined` if nobody has said anything. */
  readonly facts: Facts | undefined;
  /** Business time: what passes with time alone is held against it. */
  readonly at: Date;
}

/** Why a leg has no grade, by what is known now; `undefined` for one that has. Pure. */
export function waitsFor(
  leg: FrozenLeg,
  { bet, rules, sport, facts, at }: WaitingBy,
): { readonly why: WhyWaiting; readonly what: string } | undefined {
  if (leg.resultVersion !== null) return undefined;
  if (bet.state === "settled" || bet.state === "void") return { why: "decided_without", what: "" };
  if (facts === undefined || sport === undefined) return { why: "nothing_known", what: "result" };
  const placed = { ...leg, placedAt: bet.placedAt };
  if (facts.cancellations?.some((cancellation) => isCancelledBy(placed, { ...cancellation })))
    return { why: "awaiting_settlement", what: "" };
  const asOf = at > facts.asOf ? at : facts.asOf;
  const graded = gradeLeg({ ...leg, sport, terms: { startsAt: leg.startsAt } }, { ...facts, asOf }, rules);
  return graded.decided ? { why: "awaiting_settlement", what: "" } : { why: graded.why, what: graded.what };
}
