import {
  isOutcomeOf,
  type KnownMarketType,
  type MarketTypeEntry,
  marketTypeEntry,
} from "../../markets/mod.ts";
import type { Facts } from "../../results/mod.ts";
import type { HouseRules } from "../rules/mod.ts";
import { type Graded, undecided } from "./graded.ts";
import type { Leg } from "./leg.ts";
import { type Play, periodOf, playOf } from "./play.ts";
import { GRADERS } from "./registry.ts";
import { standingOf } from "./standing.ts";

/**
 * Grades legs by the same facts and rules: what is known is read once, which takes ten times as long as grading by it.
 *
 * @throws {RangeError} When a leg is graded, if a count is no whole number from 0.
 */
export function graderBy(facts: Facts, rules: HouseRules): (leg: Leg) => Graded {
  const plays = new Map<boolean, Play>();
  const playBy = (closed: boolean) => {
    const play = plays.get(closed) ?? playOf(facts, rules, { closed });
    plays.set(closed, play);
    return play;
  };
  return (leg) => gradeBy(leg, { facts, rules, playBy });
}

/**
 * What the facts make of one outcome, by the rules of the house. Pure.
 *
 * First what became of the event (off, late, broken off: some rules give the stake back whatever the market), then what the market's
 * own grader makes of what is known. What the facts cannot decide yet is undecided, with what would have to be known: never lost.
 *
 * @throws {RangeError} If a count is no whole number from 0.
 */
export function gradeLeg(leg: Leg, facts: Facts, rules: HouseRules): Graded {
  return graderBy(facts, rules)(leg);
}

interface KnownBy {
  readonly facts: Facts;
  readonly rules: HouseRules;
  readonly playBy: (closed: boolean) => Play;
}

function gradeBy(leg: Leg, { facts, rules, playBy }: KnownBy): Graded {
  const standing = standingOf(leg, facts, rules);
  if ("whatever" in standing) return standing.whatever;
  const period = periodOf(leg, rules);
  const entry = marketTypeEntry(leg.marketType);
  if (entry === undefined || period === undefined || !isSelectionOf(entry, leg))
    return undecided("no_grader", leg.label || `${leg.marketType} ${leg.period} ${leg.outcome}`);
  const play = playBy(standing.closed ?? false);
  if (play.counts.contradiction !== undefined)
    return undecided("facts_contradict", play.counts.contradiction);
  const graded = GRADERS[leg.marketType as KnownMarketType]({
    ...play,
    leg,
    line: leg.lineQuarters ?? 0,
    period,
  });
  if (graded.decided || graded.why === "no_grader") return graded;
  return standing.otherwise ?? graded;
}

function isSelectionOf(entry: MarketTypeEntry, { outcome, lineQuarters }: Leg): boolean {
  const fits = entry.line === "none" ? lineQuarters === null : Number.isSafeInteger(lineQuarters);
  return isOutcomeOf(entry, outcome) && fits;
}
