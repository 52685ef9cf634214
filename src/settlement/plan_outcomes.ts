import {
  type BettedOutcome,
  type CancelledBets,
  type Claiming,
  type EventVersion,
  type OutcomeGrade,
  saveOutcomeGrades,
  selectBettedOutcomes,
  selectStandingOutcomes,
} from "../bets/mod.ts";
import { selectEventSport } from "../feeds/mod.ts";
import { ONE, ZERO } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { type Facts, readFacts } from "../results/mod.ts";
import { ResultMissingError } from "./errors.ts";
import { graderBy, type Leg } from "./graders/mod.ts";
import { planOf } from "./plan.ts";
import { houseRulesOf } from "./rules/mod.ts";

/** What a version is to be made of. */
export interface PlanOptions {
  /** Business time: what passes with time alone is held against it. */
  readonly at: Date;
  readonly attemptsMax: number;
  /** How long until outcomes are looked at again that time alone may decide. */
  readonly replanMs: number;
}

/** What is known as of a version, as far as bets are claimed by it. */
export interface Known {
  readonly facts: Facts;
  readonly claiming: Claiming;
}

/**
 * What is known as of a job's version, for its tenant.
 *
 * @throws {ResultMissingError} If nobody had said anything.
 */
export async function readKnown(
  connection: Connection,
  job: EventVersion,
  { attemptsMax }: { readonly attemptsMax: number },
): Promise<Known> {
  const { tenantId, eventId, resultVersion: version } = job;
  const known = await readFacts(connection, { tenantId, eventId, version });
  if (known === undefined) throw new ResultMissingError(eventId);
  const { facts } = known;
  const cancellations: readonly CancelledBets[] = facts.cancellations ?? [];
  return { facts, claiming: { tenantId, eventId, cancellations, attemptsMax } };
}

/**
 * Grades each outcome that a tenant's bets on an event are on, once for all of them, and writes what has changed. Needs the job alone.
 *
 * @returns How many bets something else is made of now than what they were graded by, and when to look again though nothing new is known.
 */
export async function planOutcomes(
  connection: Connection,
  job: EventVersion,
  { known: { facts, claiming }, options }: { readonly known: Known; readonly options: PlanOptions },
): Promise<{ readonly bets: number; readonly replanAt?: Date }> {
  const { tenantId, eventId, resultVersion } = job;
  const { at, replanMs } = options;
  const groups = await selectBettedOutcomes(connection, claiming);
  if (groups.length === 0) return { bets: 0 };
  const sport = await selectEventSport(connection, eventId);
  if (sport === undefined) throw new ResultMissingError(eventId);
  const standing = await selectStandingOutcomes(connection, { tenantId, eventId });
  const grade = outcomeGrader({ ...facts, asOf: laterOf(facts.asOf, at) }, sport);
  const plan = planOf(groups, { standing, grade, resultVersion });
  if (plan.changed.length > 0)
    await saveOutcomeGrades(connection, { tenantId, eventId, resultVersion, outcomes: plan.changed, at });
  const waits = plan.waitsForTime && PASSING.has(facts.status);
  return { bets: plan.bets, ...(waits && { replanAt: new Date(at.getTime() + replanMs) }) };
}

/** Of an event that stands so the time that passes decides something: whether it is played within the window of the rules. */
const PASSING: ReadonlySet<string> = new Set(["postponed", "abandoned"]);

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}

const WHAT_MAX = 2000;
const CANCELLED = { result: 0, voided: ONE, deadHeat: ONE, deduction: ZERO, reason: "cancelled" } as const;

/** Grades outcomes by the same facts, each by the rules that bets on it have frozen. */
function outcomeGrader(facts: Facts, sport: string): (outcome: BettedOutcome) => OutcomeGrade {
  const graders = new Map<number, ReturnType<typeof graderBy> | undefined>();
  return ({ rulesVersion, plannedAt, cancellationId, ...selection }) => {
    if (cancellationId !== null) return { decided: true, grade: CANCELLED };
    if (!graders.has(rulesVersion)) {
      const rules = houseRulesOf(rulesVersion);
      graders.set(rulesVersion, rules && graderBy(facts, rules));
    }
    const grade = graders.get(rulesVersion);
    if (grade === undefined) return { decided: false, why: "rule_missing", what: `rules ${rulesVersion}` };
    const leg: Leg = { ...selection, sport, terms: { startsAt: plannedAt } };
    const graded = grade(leg);
    return graded.decided
      ? { decided: true, grade: graded.grade }
      : { decided: false, why: graded.why, what: graded.what.slice(0, WHAT_MAX) || graded.why };
  };
}
