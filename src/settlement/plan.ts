import type { BettedGroup, BettedOutcome, OutcomeGrade, StandingOutcome } from "../bets/mod.ts";
import { compare } from "../markets/mod.ts";

/** What a version makes of an event's outcomes. */
export interface Plan {
  /** Those of which something else is made than before. */
  readonly changed: readonly Omit<StandingOutcome, "resultVersion">[];
  /** How many bets were graded by something else. */
  readonly bets: number;
  /** Whether something is undecided that time alone may decide. */
  readonly waitsForTime: boolean;
}

/** What is made of outcomes that was not before, and how many bets that concerns. Pure. */
export function planOf(
  groups: readonly BettedGroup[],
  {
    standing,
    grade,
    resultVersion,
  }: {
    readonly standing: readonly StandingOutcome[];
    readonly grade: (outcome: BettedOutcome) => OutcomeGrade;
    readonly resultVersion: number;
  },
): Plan {
  const before = new Map(standing.map((outcome) => [keyOf(outcome), outcome]));
  const now = new Map<string, StandingOutcome>();
  const changed = new Map<string, StandingOutcome>();
  for (const group of groups) {
    const key = keyOf(group);
    if (now.has(key)) continue;
    const stands = before.get(key);
    const graded = grade(group);
    if (stands !== undefined && isSame(stands.graded, graded)) {
      now.set(key, stands);
      continue;
    }
    const outcome = { ...outcomeOf(group), resultVersion, graded };
    now.set(key, outcome);
    changed.set(key, outcome);
  }
  const concerned = groups.filter((group) => {
    const outcome = now.get(keyOf(group));
    return outcome !== undefined && isConcerned(group, outcome);
  });
  return {
    changed: [...changed.values()],
    bets: concerned.reduce((sum, { bets }) => sum + bets, 0),
    waitsForTime: [...now.values()].some(({ graded }) => !graded.decided && graded.why === "not_yet"),
  };
}

/** Whether such bets are claimed: as `claimBets` asks of each. */
function isConcerned(
  { gradedBy, gradedUnder }: BettedGroup,
  { resultVersion, cancellationId, graded }: StandingOutcome,
): boolean {
  const isUnknown = !graded.decided && graded.why === "no_grader";
  if (gradedBy === null) return graded.decided || isUnknown;
  return (gradedBy < resultVersion || gradedUnder !== cancellationId) && !isUnknown;
}

function keyOf(outcome: BettedOutcome): string {
  const { rulesVersion, plannedAt, cancellationId, marketType, period, label, lineQuarters } = outcome;
  const { outcome: name } = outcome;
  return JSON.stringify([
    ...[rulesVersion, plannedAt.getTime(), cancellationId],
    ...[marketType, period, label, lineQuarters, name],
  ]);
}

function outcomeOf(group: BettedGroup): BettedOutcome {
  const { rulesVersion, plannedAt, cancellationId, marketType, period, label, lineQuarters, outcome } = group;
  return { rulesVersion, plannedAt, cancellationId, marketType, period, label, lineQuarters, outcome };
}

/** Whether two say the same. Pure. */
export function isSame(one: OutcomeGrade, other: OutcomeGrade): boolean {
  if (!one.decided || !other.decided)
    return !one.decided && !other.decided && one.why === other.why && one.what === other.what;
  const [{ grade: left }, { grade: right }] = [one, other];
  return (
    left.result === right.result &&
    left.reason === right.reason &&
    compare(left.voided, right.voided) === 0 &&
    compare(left.deadHeat, right.deadHeat) === 0 &&
    compare(left.deduction, right.deduction) === 0
  );
}
