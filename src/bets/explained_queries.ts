import { type Fraction, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { BetLeg, BetTerms } from "./bet.ts";
import type { BetView } from "./contract.ts";
import type { LegGrade } from "./leg_grade_queries.ts";

/** A leg as it was frozen, with the version of what was known of its event that it was last graded by; `null` for none. */
export interface FrozenLeg extends BetLeg {
  readonly legNumber: number;
  readonly resultVersion: number | null;
}

/** A bet with its legs, all of one moment. */
export interface FrozenBet {
  readonly betId: string;
  readonly state: BetView["state"];
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly terms: BetTerms;
  readonly placedAt: Date;
  /** Of what has become of it up to this moment, 0 while that is nothing. */
  readonly settlementVersion: number;
  /** Why it could last not be settled. */
  readonly failure: string | null;
  readonly voided: {
    readonly at: Date;
    readonly by: string;
    readonly reason: string;
    readonly rule: string;
  } | null;
  readonly legs: readonly FrozenLeg[];
}

interface FrozenRow extends Omit<FrozenBet, "legs" | "voided">, Omit<FrozenLeg, "price"> {
  readonly voidedAt: Date | null;
  readonly voidedBy: string | null;
  readonly voidReason: string | null;
  readonly voidRule: string | null;
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

// One statement, so that bet and legs are of one moment: what else is told of the bet only grows, and is read up to the version found here.
const SELECT_FROZEN_BET = `
  select
    bets.bet_id as "betId",
    bets.state,
    bets.currency,
    bets.stake_minor as "stakeMinor",
    bets.rules_version as "rulesVersion",
    bets.terms,
    bets.placed_at as "placedAt",
    bets.settlement_version as "settlementVersion",
    bets.settlement_failure as failure,
    bets.voided_at as "voidedAt",
    bets.voided_by as "voidedBy",
    bets.void_reason as "voidReason",
    bets.void_rule as "voidRule",
    bet_legs.leg_number as "legNumber",
    bet_legs.event_id as "eventId",
    bet_legs.competition,
    bet_legs.home,
    bet_legs.away,
    bet_legs.starts_at as "startsAt",
    bet_legs.book,
    bet_legs.market_type as "marketType",
    bet_legs.period,
    bet_legs.label,
    bet_legs.line_quarters as "lineQuarters",
    bet_legs.outcome,
    bet_legs.price_numerator as "priceNumerator",
    bet_legs.price_denominator as "priceDenominator",
    bet_legs.result_version as "resultVersion"
  from bets
  join bet_legs on bet_legs.tenant_id = bets.tenant_id and bet_legs.bet_id = bets.bet_id
  where bets.tenant_id = $1 and bets.bet_id = $2 and ($3::uuid is null or bets.player_id = $3)
  order by bet_legs.leg_number`;

/** One bet of the tenant, or of one of its players alone, with its legs. */
export async function selectFrozenBet(
  connection: Connection,
  asked: { readonly tenantId: string; readonly betId: string; readonly playerId?: string },
): Promise<FrozenBet | undefined> {
  const values = [asked.tenantId, asked.betId, asked.playerId ?? null];
  const rows = await connection.query<FrozenRow>(SELECT_FROZEN_BET, values);
  const [first] = rows;
  if (first === undefined) return undefined;
  const { betId, state, currency, stakeMinor, rulesVersion, terms, placedAt, settlementVersion, failure } =
    first;
  const bet = {
    betId,
    state,
    currency,
    stakeMinor,
    rulesVersion,
    terms,
    placedAt,
    settlementVersion,
    failure,
  };
  return { ...bet, voided: voidedOf(first), legs: rows.map(legOf) };
}

function voidedOf({ voidedAt, voidedBy, voidReason, voidRule }: FrozenRow): FrozenBet["voided"] {
  if (voidedAt === null || voidedBy === null || voidReason === null || voidRule === null) return null;
  return { at: voidedAt, by: voidedBy, reason: voidReason, rule: voidRule };
}

function legOf(row: FrozenRow): FrozenLeg {
  const { legNumber, eventId, competition, home, away, startsAt, book, resultVersion } = row;
  const { marketType, period, label, lineQuarters, outcome } = row;
  const selection = { marketType, period, label, lineQuarters, outcome };
  const price = fraction(row.priceNumerator, row.priceDenominator);
  return { legNumber, eventId, competition, home, away, startsAt, book, ...selection, price, resultVersion };
}

/** A grade that a leg was given, once. */
export interface LegGraded {
  readonly legNumber: number;
  readonly resultVersion: number;
  readonly grade: LegGrade;
  readonly gradedAt: Date;
}

interface LegGradedRow {
  readonly legNumber: number;
  readonly resultVersion: number;
  readonly result: 0 | 1;
  readonly voidHalves: number;
  readonly deadHeatNumerator: bigint;
  readonly deadHeatDenominator: bigint;
  readonly deductionNumerator: bigint;
  readonly deductionDenominator: bigint;
  readonly reason: string;
  readonly gradedAt: Date;
}

const SELECT_LEG_GRADES = `
  select
    leg_number as "legNumber",
    result_version as "resultVersion",
    result,
    void_halves as "voidHalves",
    dead_heat_numerator as "deadHeatNumerator",
    dead_heat_denominator as "deadHeatDenominator",
    deduction_numerator as "deductionNumerator",
    deduction_denominator as "deductionDenominator",
    reason,
    graded_at as "gradedAt"
  from leg_grades
  where tenant_id = $1 and bet_id = $2
  order by leg_number, result_version`;

/** Every grade that the legs of a bet were ever given. */
export async function selectLegGrades(
  connection: Connection,
  { tenantId, betId }: { readonly tenantId: string; readonly betId: string },
): Promise<LegGraded[]> {
  const rows = await connection.query<LegGradedRow>(SELECT_LEG_GRADES, [tenantId, betId]);
  return rows.map(({ legNumber, resultVersion, gradedAt, ...row }) => ({
    legNumber,
    resultVersion,
    gradedAt,
    grade: {
      result: row.result,
      voided: halves(row.voidHalves),
      deadHeat: fraction(row.deadHeatNumerator, row.deadHeatDenominator),
      deduction: fraction(row.deductionNumerator, row.deductionDenominator),
      reason: row.reason,
    },
  }));
}

function halves(count: number): Fraction {
  return fraction(BigInt(count), 2n);
}
