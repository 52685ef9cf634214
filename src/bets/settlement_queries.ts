import { type Fraction, fraction, type Selection } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { EventOfTenant } from "./awaiting_queries.ts";
import {
  type BettedOutcome,
  OUTCOME_GRADE_COLUMNS,
  type OutcomeGrade,
  type OutcomeGradeRow,
  outcomeGradeOf,
} from "./outcome_grade_queries.ts";

/** Bets of an event that do not count, by when they were placed and on what; what is absent is any. */
export interface CancelledBets {
  readonly cancellationId: string;
  readonly marketType?: string;
  readonly period?: string;
  readonly label?: string;
  readonly lineQuarters?: number;
  readonly outcome?: string;
  /** The first moment of the window. */
  readonly placedFrom?: Date;
  /** The moment after its end. */
  readonly placedBefore?: Date;
}

/** What settlement looks at, and for whom. */
export interface Claiming extends EventOfTenant {
  readonly cancellations: readonly CancelledBets[];
  /** So often may correcting a settled bet fail before it is left to a person. */
  readonly attemptsMax: number;
}

/** A bet that is to be graded, with the leg it has on one event and what is made of that now. */
export interface ClaimedBet {
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly state: "open" | "settled";
  /** Of the last settlement or of its reversal, 0 before the first. */
  readonly settlementVersion: number;
  /** Of the whole bet. */
  readonly legCount: number;
  readonly legNumber: number;
  readonly selection: Selection;
  readonly price: Fraction;
  /** The version that the leg was graded by before, `null` if by none. */
  readonly gradedBy: number | null;
  /** The cancellation that it was void by. */
  readonly gradedUnder: string | null;
  /** The one that it is void by now. */
  readonly cancellationId: string | null;
  readonly graded: OutcomeGrade;
}

// The first cancellation, by its id, in whose window a bet on this was placed.
const CANCELLED = `
  left join lateral (
    select min(cancelled.cancellation_id) as cancellation_id
    from unnest(
      $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::timestamptz[], $10::timestamptz[]
    ) as cancelled (
      cancellation_id, market_type, period, label, line_quarters, outcome, placed_from, placed_before
    )
    where (cancelled.market_type is null or cancelled.market_type = bet_legs.market_type)
      and (cancelled.period is null or cancelled.period = bet_legs.period)
      and (cancelled.label is null or cancelled.label = bet_legs.label)
      and (cancelled.line_quarters is null or cancelled.line_quarters = bet_legs.line_quarters)
      and (cancelled.outcome is null or cancelled.outcome = bet_legs.outcome)
      and (cancelled.placed_from is null or bets.placed_at >= cancelled.placed_from)
      and (cancelled.placed_before is null or bets.placed_at < cancelled.placed_before)
  ) as cancelled on cardinality($3::text[]) > 0`;

// Void bets are done with, and what is in quarantine is a person's. A settled bet that could not be corrected so often is too.
const CONCERNED = `
    and (bets.state = 'open' or (bets.state = 'settled' and bets.settlement_attempts < $11))`;

const SELECT_BETTED_OUTCOMES = `
  select
    bets.rules_version as "rulesVersion",
    bet_legs.starts_at as "plannedAt",
    cancelled.cancellation_id as "cancellationId",
    bet_legs.market_type as "marketType",
    bet_legs.period,
    bet_legs.label,
    bet_legs.line_quarters as "lineQuarters",
    bet_legs.outcome,
    bet_legs.result_version as "gradedBy",
    bet_legs.cancellation_id as "gradedUnder",
    count(*)::integer as bets
  from bet_legs
  join bets on bets.tenant_id = bet_legs.tenant_id and bets.bet_id = bet_legs.bet_id
  ${CANCELLED}
  where bet_legs.tenant_id = $1
    and bet_legs.event_id = $2
    ${CONCERNED}
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;

/** Bets on one outcome that were graded alike before. */
export interface BettedGroup extends BettedOutcome {
  readonly gradedBy: number | null;
  readonly gradedUnder: string | null;
  readonly bets: number;
}

/** What an event's bets are on, each once for all bets that are graded alike: one look at each leg. */
export function selectBettedOutcomes(connection: Connection, claiming: Claiming): Promise<BettedGroup[]> {
  return connection.query<BettedGroup>(SELECT_BETTED_OUTCOMES, valuesOf(claiming));
}

function valuesOf({ tenantId, eventId, cancellations, attemptsMax }: Claiming): unknown[] {
  return [
    tenantId,
    eventId,
    cancellations.map(({ cancellationId }) => cancellationId),
    cancellations.map(({ marketType }) => marketType ?? null),
    cancellations.map(({ period }) => period ?? null),
    cancellations.map(({ label }) => label ?? null),
    cancellations.map(({ lineQuarters }) => lineQuarters ?? null),
    cancellations.map(({ outcome }) => outcome ?? null),
    cancellations.map(({ placedFrom }) => placedFrom ?? null),
    cancellations.map(({ placedBefore }) => placedBefore ?? null),
    attemptsMax,
  ];
}

// What no grader knows is claimed once, so that a person is told of the bet; it is no reason to take back what was paid.
const CLAIM_BETS = `
  select
    bets.bet_id as "betId",
    bets.player_id as "playerId",
    bets.currency,
    bets.stake_minor as "stakeMinor",
    bets.state,
    bets.settlement_version as "settlementVersion",
    bets.leg_count as "legCount",
    bet_legs.leg_number as "legNumber",
    bet_legs.market_type as "marketType",
    bet_legs.period,
    bet_legs.label,
    bet_legs.line_quarters as "lineQuarters",
    bet_legs.outcome,
    bet_legs.price_numerator as "priceNumerator",
    bet_legs.price_denominator as "priceDenominator",
    bet_legs.result_version as "gradedBy",
    bet_legs.cancellation_id as "gradedUnder",
    outcome_grades.cancellation_id as "cancellationId",
    ${OUTCOME_GRADE_COLUMNS}
  from bet_legs
  join bets on bets.tenant_id = bet_legs.tenant_id and bets.bet_id = bet_legs.bet_id
  ${CANCELLED}
  join outcome_grades
    on outcome_grades.tenant_id = bet_legs.tenant_id
    and outcome_grades.event_id = bet_legs.event_id
    and outcome_grades.until_version is null
    and outcome_grades.market_type = bet_legs.market_type
    and outcome_grades.period = bet_legs.period
    and outcome_grades.label = bet_legs.label
    and outcome_grades.line_quarters is not distinct from bet_legs.line_quarters
    and outcome_grades.outcome = bet_legs.outcome
    and outcome_grades.rules_version = bets.rules_version
    and outcome_grades.planned_at = bet_legs.starts_at
    and outcome_grades.cancellation_id is not distinct from cancelled.cancellation_id
  where bet_legs.tenant_id = $1
    and bet_legs.event_id = $2
    ${CONCERNED}
    and (bets.settlement_retry_at is null or bets.settlement_retry_at <= $12)
    and ($13::uuid is null or bet_legs.bet_id > $13)
    and case
      when bet_legs.result_version is null then outcome_grades.decided or outcome_grades.undecided_why = 'no_grader'
      else (
        bet_legs.result_version < outcome_grades.result_version
        or bet_legs.cancellation_id is distinct from outcome_grades.cancellation_id
      ) and outcome_grades.undecided_why is distinct from 'no_grader'
    end
  order by bet_legs.bet_id
  limit $14
  for no key update of bets, bet_legs skip locked`;

interface ClaimedBetRow
  extends Omit<ClaimedBet, "selection" | "price" | "graded">,
    Selection,
    OutcomeGradeRow {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

/**
 * Up to `limit` bets of which something else is made now than what they were graded by, in the order of their ids, from after one of
 * them on, that no other transaction holds; held until this one ends.
 *
 * The leg is locked beside its bet: whoever graded it a moment ago has changed no more of an accumulator than the leg, and without the
 * lock the statement would still see it as it was when it began.
 */
export async function claimBets(
  connection: Connection,
  claim: Claiming & { readonly at: Date; readonly afterBetId: string | null; readonly limit: number },
): Promise<ClaimedBet[]> {
  const { at, afterBetId, limit } = claim;
  const values = [...valuesOf(claim), at, afterBetId, limit];
  const rows = await connection.query<ClaimedBetRow>(CLAIM_BETS, values);
  return rows.map(claimedBetOf);
}

function claimedBetOf(row: ClaimedBetRow): ClaimedBet {
  const { betId, playerId, currency, stakeMinor, state, settlementVersion, legCount, legNumber } = row;
  const { marketType, period, label, lineQuarters, outcome, priceNumerator, priceDenominator } = row;
  const { gradedBy, gradedUnder, cancellationId } = row;
  return {
    ...{ betId, playerId, currency, stakeMinor, state, settlementVersion, legCount, legNumber },
    ...{ gradedBy, gradedUnder, cancellationId },
    selection: { marketType, period, label, lineQuarters, outcome },
    price: fraction(priceNumerator, priceDenominator),
    graded: outcomeGradeOf(row),
  };
}
