import { type Fraction, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";

/** How a leg was graded, in the normal form of settlement: result r, void factor v, dead-heat factor h, winnings deduction d. */
export interface LegGrade {
  readonly result: 0 | 1;
  /** 0, one half or 1. */
  readonly voided: Fraction;
  readonly deadHeat: Fraction;
  readonly deduction: Fraction;
  readonly reason: string;
}

/** A leg with its price and its latest grade. */
export interface GradedLeg {
  readonly betId: string;
  readonly legNumber: number;
  readonly price: Fraction;
  /** The version that it is graded by. */
  readonly resultVersion: number;
  readonly grade: LegGrade;
}

const INSERT_LEG_GRADES = `
  insert into leg_grades (
    tenant_id, bet_id, leg_number, result_version, result, void_halves, dead_heat_numerator, dead_heat_denominator,
    deduction_numerator, deduction_denominator, reason, graded_at
  )
  select
    $1, graded.bet_id, graded.leg_number, $2, graded.result, graded.void_halves, graded.dead_heat_numerator,
    graded.dead_heat_denominator, graded.deduction_numerator, graded.deduction_denominator, graded.reason, $3
  from unnest(
    $4::uuid[], $5::smallint[], $6::smallint[], $7::smallint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
    $12::text[]
  ) as graded (
    bet_id, leg_number, result, void_halves, dead_heat_numerator, dead_heat_denominator, deduction_numerator,
    deduction_denominator, reason
  )`;

/** Keeps grades for good, each once a version of the result. */
export async function insertLegGrades(
  connection: Connection,
  {
    tenantId,
    resultVersion,
    graded,
    at,
  }: {
    readonly tenantId: string;
    readonly resultVersion: number;
    readonly graded: readonly Pick<GradedLeg, "betId" | "legNumber" | "grade">[];
    readonly at: Date;
  },
): Promise<void> {
  await connection.execute(INSERT_LEG_GRADES, [
    tenantId,
    resultVersion,
    at,
    graded.map(({ betId }) => betId),
    graded.map(({ legNumber }) => legNumber),
    graded.map(({ grade }) => grade.result),
    graded.map(({ grade }) => (2n * grade.voided.numerator) / grade.voided.denominator),
    graded.map(({ grade }) => grade.deadHeat.numerator),
    graded.map(({ grade }) => grade.deadHeat.denominator),
    graded.map(({ grade }) => grade.deduction.numerator),
    graded.map(({ grade }) => grade.deduction.denominator),
    graded.map(({ grade }) => grade.reason),
  ]);
}

interface GradedLegRow {
  readonly betId: string;
  readonly legNumber: number;
  readonly resultVersion: number;
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
  readonly result: 0 | 1;
  readonly voidHalves: number;
  readonly deadHeatNumerator: bigint;
  readonly deadHeatDenominator: bigint;
  readonly deductionNumerator: bigint;
  readonly deductionDenominator: bigint;
  readonly reason: string;
}

const SELECT_GRADED_LEGS = `
  select
    bet_legs.bet_id as "betId",
    bet_legs.leg_number as "legNumber",
    bet_legs.result_version as "resultVersion",
    bet_legs.price_numerator as "priceNumerator",
    bet_legs.price_denominator as "priceDenominator",
    leg_grades.result,
    leg_grades.void_halves as "voidHalves",
    leg_grades.dead_heat_numerator as "deadHeatNumerator",
    leg_grades.dead_heat_denominator as "deadHeatDenominator",
    leg_grades.deduction_numerator as "deductionNumerator",
    leg_grades.deduction_denominator as "deductionDenominator",
    leg_grades.reason
  from bet_legs
  join leg_grades using (tenant_id, bet_id, leg_number, result_version)
  where bet_legs.tenant_id = $1 and bet_legs.bet_id = any ($2::uuid[])
  order by bet_legs.bet_id, bet_legs.leg_number`;

/** The legs of these bets that are graded, each by the result it was last graded by. */
export async function selectGradedLegs(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<GradedLeg[]> {
  const rows = await connection.query<GradedLegRow>(SELECT_GRADED_LEGS, [tenantId, betIds]);
  return rows.map((row) => ({
    betId: row.betId,
    legNumber: row.legNumber,
    resultVersion: row.resultVersion,
    price: fraction(row.priceNumerator, row.priceDenominator),
    grade: {
      result: row.result,
      voided: fraction(BigInt(row.voidHalves), 2n),
      deadHeat: fraction(row.deadHeatNumerator, row.deadHeatDenominator),
      deduction: fraction(row.deductionNumerator, row.deductionDenominator),
      reason: row.reason,
    },
  }));
}
