import type { UndecidedWhy } from "../settlement/mod.ts";

const REASONS: Readonly<Record<string, string>> = {
  won: "The selection won.",
  lost: "The selection lost.",
  half_won:
    "Half of the stake won, and the other half came back: the line lies between two that are decided differently.",
  half_lost:
    "Half of the stake lost, and the other half came back: the line lies between two that are decided differently.",
  push: "The stake came back: the line was hit exactly, or the sides ended level.",
  dead_heat: "The selection shared its place with others, and is paid its share.",
  result_void: "The stake came back: the event was declared to have no result.",
  cancelled: "The stake came back: the event, or bets such as this, were cancelled.",
  postponed: "The stake came back: the event was not played in time.",
  abandoned: "The stake came back: the event was broken off before this was decided.",
  walkover: "The stake came back: one side won without playing.",
  retired: "The stake came back: a side gave up before this was decided.",
  disqualified: "The stake came back: a side was disqualified before this was decided.",
  not_enough_play: "The stake came back: too little was played before the event ended.",
  pitcher_changed: "The stake came back: a listed pitcher did not start.",
  did_not_take_part: "The stake came back: the player did not take part in time.",
};

/** A reason of a grade in plain words; one that is not known here as it is. */
export function reasonInWords(reason: string): string {
  return REASONS[reason] ?? `${reason.replaceAll("_", " ")}.`;
}

/** Why a leg has no grade: what grading says, and what only the bet's own story can. */
export type WhyWaiting = UndecidedWhy | "nothing_known" | "awaiting_settlement" | "decided_without";

const WAITS: Readonly<Record<WhyWaiting, (what: string) => string>> = {
  not_yet: (what) => `It must first come to this: ${what}.`,
  fact_missing: (what) => `It is not known: ${what}.`,
  facts_contradict: (what) => `What is known contradicts itself: ${what}.`,
  rule_missing: (what) => `The bet's rules say nothing about it, so a person must decide: ${what}.`,
  no_grader: (what) => `No rule says how such a market is decided, so a person must decide: ${what}.`,
  nothing_known: () => "Nothing is known of the event's result yet.",
  awaiting_settlement: () => "Everything that decides it is known; it will be settled shortly.",
  decided_without: () => "The bet was decided without it.",
};

/** Why a leg has no grade, in plain words. */
export function waitingInWords(why: WhyWaiting, what: string): string {
  return WAITS[why](what);
}

const REVERSALS: Readonly<Record<string, string>> = {
  result_corrected: "What is known of the event has changed, and with it what the bet comes to.",
  result_rolled_back: "What the bet was decided by is claimed no longer, and nothing decides it yet.",
  cancelled: "Bets such as this were cancelled.",
  cancellation_rolled_back: "Bets such as this were cancelled, and that was taken back.",
  voided: "An operator gave the stake back.",
};

/** Why a settlement was taken back, in plain words; one that is not known here as it is. */
export function reversalInWords(reason: string): string {
  return REVERSALS[reason] ?? reason.replaceAll("_", " ");
}
