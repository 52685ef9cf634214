import { type Facts, isMissing, type Missing } from "../../results/mod.ts";
import { type HouseRules, ruleOf, type Window } from "../rules/mod.ts";
import { type Graded, type GradeReason, undecided, voidedBy, wonIf } from "./graded.ts";
import type { Leg } from "./leg.ts";
import { ruleMissing } from "./play.ts";

/** What an event's fate makes of a leg: one grade whatever its market, or what the facts decide. */
export type Standing = { readonly whatever: Graded } | ByFacts;

interface ByFacts {
  /** What becomes of whatever the facts do not decide; without it, what the grader says is missing. */
  readonly otherwise?: Graded;
  /** Play has ended for good, so that what was still running counts as it stands. */
  readonly closed?: boolean;
}

/** What may be graded of an event that has come to this, by the rules of the house. Pure. */
export function standingOf(leg: Leg, facts: Facts, rules: HouseRules): Standing {
  const { status } = facts;
  switch (status) {
    case "void":
      return nothing(voidedBy("result_void"));
    case "cancelled":
    case "walkover":
      return nothing(rules[status] === undefined ? ruleMissing(status) : voidedBy(status));
    case "unknown":
      return nothing(undecided("fact_missing", "status"));
    default:
      return lateStart(leg, facts, rules) ?? changedPitcher(leg, facts, rules) ?? begun(leg, facts, rules);
  }
}

function begun(leg: Leg, facts: Facts, rules: HouseRules): Standing {
  switch (facts.status) {
    case "scheduled":
    case "delayed":
      return nothing(undecided("not_yet", "start of the event"));
    case "postponed":
      return postponed(leg, facts, rules);
    case "abandoned":
      return abandoned(leg, facts, rules);
    case "retired":
    case "disqualified":
      return retired(leg, facts, rules);
    case "ended":
      return ended(leg, facts, rules);
    default:
      return running(rules);
  }
}

function nothing(whatever: Graded): Standing {
  return { whatever };
}

/** What is decided is paid now, or waits with the rest for the end. */
function running({ decidedMarkets }: HouseRules): Standing {
  return decidedMarkets === "paid_at_once" ? {} : nothing(undecided("not_yet", "end of the event"));
}

/** An event that was played, or is to be played, later than bets on it stand. */
function lateStart(leg: Leg, facts: Facts, { postponed: rule }: HouseRules): Standing | undefined {
  const actual = facts.starts?.actual;
  if (rule === undefined || actual === undefined) return undefined;
  const deadline = deadlineOf(leg, facts, ruleOf(rule, leg.sport));
  // Without the plan, or the venue's time, whether it was late cannot be told; most events are not, and are not held up by that.
  if (isMissing(deadline) || actual <= deadline) return undefined;
  return nothing(voidedBy("postponed"));
}

function postponed(leg: Leg, facts: Facts, { postponed: rule }: HouseRules): Standing {
  if (rule === undefined) return nothing(ruleMissing("postponed"));
  const notYet = undecided("not_yet", "start of the event");
  // With a new start within the window the time that has passed says nothing.
  if (facts.starts?.actual !== undefined) return nothing(notYet);
  return nothing(unlessPassed(leg, facts, ruleOf(rule, leg.sport)) ?? voidedBy("postponed"));
}

function abandoned(leg: Leg, facts: Facts, rules: HouseRules): Standing {
  const played = hasPlayedEnough(leg, facts, rules);
  if (isMissing(played)) return { otherwise: undecided("fact_missing", played.missing) };
  if (played === true) return { closed: true };
  if (rules.abandoned === undefined) return nothing(ruleMissing("abandoned"));
  const { window, decided } = ruleOf(rules.abandoned, leg.sport);
  const rest = unlessPassed(leg, facts, window) ?? voidedBy("abandoned");
  if (decided === "void") return nothing(rest);
  return rest.decided || rules.decidedMarkets === "paid_at_once" ? { otherwise: rest } : nothing(rest);
}

function ended(leg: Leg, facts: Facts, rules: HouseRules): Standing {
  if (hasPlayedEnough(leg, facts, rules) !== false) return {};
  return { otherwise: voidedBy("not_enough_play") };
}

/** Whether an event that ended early is as good as a whole one; `undefined` where no rule makes it so. */
function hasPlayedEnough(
  leg: Leg,
  { played }: Facts,
  { minimumPlay }: HouseRules,
): boolean | Missing | undefined {
  const rule = minimumPlay?.find(
    ({ sport, marketTypes }) =>
      sport === leg.sport && (marketTypes === "all" || marketTypes.includes(leg.marketType)),
  );
  if (rule === undefined) return undefined;
  return played === undefined ? { missing: "amount of play" } : played.amount >= rule.least;
}

/** Whoever went on has won, if enough was played; every other market stands only as far as it was decided. */
function retired(leg: Leg, facts: Facts, rules: HouseRules): Standing {
  const reason: GradeReason = facts.status === "disqualified" ? "disqualified" : "retired";
  if (rules.retired === undefined) return nothing(ruleMissing("retired"));
  const back: Standing = { otherwise: voidedBy(reason) };
  const rule = ruleOf(rules.retired, leg.sport);
  if (leg.marketType !== "moneyline" || leg.period !== "match" || rule === "stake_returned") return back;
  if (facts.retired === undefined) return nothing(undecided("fact_missing", "who retired"));
  if (rule === "stands_after_first_set" && !hasFirstSet(facts)) return back;
  const winner = facts.retired.side === "home" ? "away" : "home";
  return nothing(wonIf(leg.outcome === winner));
}

/** A set was won: as counted, or as its games are final. */
function hasFirstSet({ counts }: Facts): boolean {
  return counts.some(
    ({ statistic, period, value, final }) =>
      (statistic === "sets" && period === "match" && value > 0) || (period === "first_set" && final),
  );
}

function changedPitcher(leg: Leg, { pitchers }: Facts, rules: HouseRules): Standing | undefined {
  const listed = Object.entries(leg.terms?.listedPitchers ?? {});
  if (listed.length === 0) return undefined;
  if (rules.listedPitchers === undefined) return nothing(ruleMissing("listed_pitchers"));
  if (rules.listedPitchers === "action") return undefined;
  for (const [side, name] of listed) {
    const started = side === "home" ? pitchers?.home : pitchers?.away;
    if (started === undefined) return nothing(undecided("fact_missing", `starting pitcher of ${side}`));
    if (started !== name) return nothing(voidedBy("pitcher_changed"));
  }
  return undefined;
}

/** What to wait for while the window is open; `undefined` once it has passed. */
function unlessPassed(leg: Leg, facts: Facts, window: Window): Graded | undefined {
  const deadline = deadlineOf(leg, facts, window);
  if (isMissing(deadline)) return undecided("fact_missing", deadline.missing);
  return facts.asOf > deadline
    ? undefined
    : undecided("not_yet", `play, or the end of its window at ${deadline.toISOString()}`);
}

const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/** Until when an event may be played for bets on it to stand. */
function deadlineOf({ terms }: Leg, { starts }: Facts, window: Window): Date | Missing {
  const planned = terms?.startsAt ?? starts?.planned;
  if (planned === undefined) return { missing: "planned start" };
  if (window !== "same_local_day") return new Date(planned.getTime() + window.hours * MS_PER_HOUR);
  if (starts?.utcOffsetMinutes === undefined) return { missing: "local time of the venue" };
  const offsetMs = starts.utcOffsetMinutes * MS_PER_MINUTE;
  const day = Math.floor((planned.getTime() + offsetMs) / MS_PER_DAY);
  // The last moment of the planned day: midnight is the next one's.
  return new Date((day + 1) * MS_PER_DAY - offsetMs - 1);
}
