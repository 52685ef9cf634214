import { fraction, type Selection } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { LegGrade } from "./leg_grade_queries.ts";

/** What a bet on an outcome is graded by beside the facts: all bets of which this is the same are graded alike. */
export interface BettedOutcome extends Selection {
  readonly rulesVersion: number;
  /** The planned start that was frozen into the bet. */
  readonly plannedAt: Date;
  /** The cancellation in whose window the bet was placed, `null` outside of any. */
  readonly cancellationId: string | null;
}

/** A grade, or why there is none. */
export type OutcomeGrade =
  | { readonly decided: true; readonly grade: LegGrade }
  | { readonly decided: false; readonly why: string; readonly what: string };

/** What is made of an outcome now. */
export interface StandingOutcome extends BettedOutcome {
  /** The first version that made this of it. */
  readonly resultVersion: number;
  readonly graded: OutcomeGrade;
}

/** The columns of `outcome_grades` that hold what is made of an outcome; null as far as it is another case. */
export interface OutcomeGradeRow {
  readonly decided: boolean;
  readonly result: 0 | 1 | null;
  readonly voidHalves: number | null;
  readonly deadHeatNumerator: bigint | null;
  readonly deadHeatDenominator: bigint | null;
  readonly deductionNumerator: bigint | null;
  readonly deductionDenominator: bigint | null;
  readonly reason: string | null;
  readonly undecidedWhy: string | null;
  readonly missing: string | null;
}

export const OUTCOME_GRADE_COLUMNS = `
    outcome_grades.decided,
    outcome_grades.result,
    outcome_grades.void_halves as "voidHalves",
    outcome_grades.dead_heat_numerator as "deadHeatNumerator",
    outcome_grades.dead_heat_denominator as "deadHeatDenominator",
    outcome_grades.deduction_numerator as "deductionNumerator",
    outcome_grades.deduction_denominator as "deductionDenominator",
    outcome_grades.reason,
    outcome_grades.undecided_why as "undecidedWhy",
    outcome_grades.missing`;

/** A row as a grade; the database holds its two cases apart. */
export function outcomeGradeOf(row: OutcomeGradeRow): OutcomeGrade {
  const { result, voidHalves, deadHeatNumerator, deadHeatDenominator } = row;
  const { deductionNumerator, deductionDenominator, reason } = row;
  if (result === null || reason === null)
    return { decided: false, why: row.undecidedWhy ?? "", what: row.missing ?? "" };
  return {
    decided: true,
    grade: {
      result,
      voided: fraction(BigInt(voidHalves ?? 0), 2n),
      deadHeat: fraction(deadHeatNumerator ?? 1n, deadHeatDenominator ?? 1n),
      deduction: fraction(deductionNumerator ?? 0n, deductionDenominator ?? 1n),
      reason,
    },
  };
}

const OUTCOME_COLUMNS = `
    outcome_grades.rules_version as "rulesVersion",
    outcome_grades.planned_at as "plannedAt",
    outcome_grades.cancellation_id as "cancellationId",
    outcome_grades.market_type as "marketType",
    outcome_grades.period,
    outcome_grades.label,
    outcome_grades.line_quarters as "lineQuarters",
    outcome_grades.outcome`;

const SELECT_STANDING_OUTCOMES = `
  select ${OUTCOME_COLUMNS}, outcome_grades.result_version as "resultVersion", ${OUTCOME_GRADE_COLUMNS}
  from outcome_grades
  where tenant_id = $1 and event_id = $2 and until_version is null`;

/** What is made of each outcome of an event that was ever graded for the tenant's bets. */
export async function selectStandingOutcomes(
  connection: Connection,
  { tenantId, eventId }: { readonly tenantId: string; readonly eventId: string },
): Promise<StandingOutcome[]> {
  const rows = await connection.query<BettedOutcome & OutcomeGradeRow & { readonly resultVersion: number }>(
    SELECT_STANDING_OUTCOMES,
    [tenantId, eventId],
  );
  return rows.map((row) => {
    const { rulesVersion, plannedAt, cancellationId, resultVersion } = row;
    const { marketType, period, label, lineQuarters, outcome } = row;
    return {
      ...{ rulesVersion, plannedAt, cancellationId, resultVersion },
      ...{ marketType, period, label, lineQuarters, outcome },
      graded: outcomeGradeOf(row),
    };
  });
}

const KEY_ARRAYS = `
    unnest($3::integer[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::text[])
    as given (rules_version, planned_at, cancellation_id, market_type, period, label, line_quarters, outcome)`;

const END_OUTCOME_GRADES = `
  update outcome_grades
  set until_version = $11
  from ${KEY_ARRAYS}
  where outcome_grades.tenant_id = $1
    and outcome_grades.event_id = $2
    and outcome_grades.until_version is null
    and outcome_grades.result_version < $11
    and outcome_grades.market_type = given.market_type
    and outcome_grades.period = given.period
    and outcome_grades.label = given.label
    and outcome_grades.line_quarters is not distinct from given.line_quarters
    and outcome_grades.outcome = given.outcome
    and outcome_grades.rules_version = given.rules_version
    and outcome_grades.planned_at = given.planned_at
    and outcome_grades.cancellation_id is not distinct from given.cancellation_id`;

// What time alone has decided under the same version is told in the row that stands, by which nothing was paid.
const INSERT_OUTCOME_GRADES = `
  insert into outcome_grades (
    tenant_id, event_id, rules_version, planned_at, cancellation_id, market_type, period, label, line_quarters, outcome,
    result_version, graded_at, decided, result, void_halves, dead_heat_numerator, dead_heat_denominator,
    deduction_numerator, deduction_denominator, reason, undecided_why, missing
  )
  select
    $1, $2, given.rules_version, given.planned_at, given.cancellation_id, given.market_type, given.period, given.label,
    given.line_quarters, given.outcome, $11, $12, given.result is not null, given.result, given.void_halves,
    given.dead_heat_numerator, given.dead_heat_denominator, given.deduction_numerator, given.deduction_denominator,
    given.reason, given.undecided_why, given.missing
  from unnest(
    $3::integer[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::text[],
    $13::smallint[], $14::smallint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::text[], $20::text[],
    $21::text[]
  ) as given (
    rules_version, planned_at, cancellation_id, market_type, period, label, line_quarters, outcome, result, void_halves,
    dead_heat_numerator, dead_heat_denominator, deduction_numerator, deduction_denominator, reason, undecided_why, missing
  )
  on conflict (
    tenant_id, event_id, market_type, period, label, line_quarters, outcome, rules_version, planned_at, cancellation_id,
    result_version
  ) do update
  set decided = excluded.decided,
      result = excluded.result,
      void_halves = excluded.void_halves,
      dead_heat_numerator = excluded.dead_heat_numerator,
      dead_heat_denominator = excluded.dead_heat_denominator,
      deduction_numerator = excluded.deduction_numerator,
      deduction_denominator = excluded.deduction_denominator,
      reason = excluded.reason,
      undecided_why = excluded.undecided_why,
      missing = excluded.missing,
      graded_at = excluded.graded_at
  where not outcome_grades.decided`;

/**
 * Writes what a version makes of outcomes, in the place of what was made of them before. To be given those alone of which something else
 * is made than before, and under the lock of the version's job.
 */
export async function saveOutcomeGrades(
  connection: Connection,
  {
    tenantId,
    eventId,
    resultVersion,
    outcomes,
    at,
  }: {
    readonly tenantId: string;
    readonly eventId: string;
    readonly resultVersion: number;
    readonly outcomes: readonly Omit<StandingOutcome, "resultVersion">[];
    readonly at: Date;
  },
): Promise<void> {
  const grades = outcomes.map(({ graded }) => (graded.decided ? graded.grade : undefined));
  const whys = outcomes.map(({ graded }) => (graded.decided ? undefined : graded));
  const keys = [
    tenantId,
    eventId,
    outcomes.map(({ rulesVersion }) => rulesVersion),
    outcomes.map(({ plannedAt }) => plannedAt),
    outcomes.map(({ cancellationId }) => cancellationId),
    outcomes.map(({ marketType }) => marketType),
    outcomes.map(({ period }) => period),
    outcomes.map(({ label }) => label),
    outcomes.map(({ lineQuarters }) => lineQuarters),
    outcomes.map(({ outcome }) => outcome),
    resultVersion,
  ];
  await connection.execute(END_OUTCOME_GRADES, keys);
  await connection.execute(INSERT_OUTCOME_GRADES, [
    ...keys,
    at,
    grades.map((grade) => grade?.result ?? null),
    grades.map((grade) => (grade ? (2n * grade.voided.numerator) / grade.voided.denominator : null)),
    grades.map((grade) => grade?.deadHeat.numerator ?? null),
    grades.map((grade) => grade?.deadHeat.denominator ?? null),
    grades.map((grade) => grade?.deduction.numerator ?? null),
    grades.map((grade) => grade?.deduction.denominator ?? null),
    grades.map((grade) => grade?.reason ?? null),
    whys.map((undecided) => undecided?.why ?? null),
    whys.map((undecided) => undecided?.what ?? null),
  ]);
}
