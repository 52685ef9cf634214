import type { Connection } from "../pool/mod.ts";
import type { BetView } from "./contract.ts";

/** An outcome of an event that bets are on, with what a person needs to know it by. */
export interface NamedOutcome {
  readonly eventId: string;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly startsAt: Date;
  readonly marketType: string;
  readonly period: string;
  readonly label: string;
  readonly lineQuarters: number | null;
  readonly outcome: string;
}

/** A bet that could not be settled when it was tried, without its legs. */
export interface StuckBetRow {
  readonly betId: string;
  readonly playerId: string;
  readonly state: BetView["state"];
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly placedAt: Date;
  readonly attempts: number;
  /** When it is tried again; a quarantined bet is not. */
  readonly retryAt: Date | null;
  /** A stable code. */
  readonly failure: string;
}

export interface StuckLegRow extends NamedOutcome {
  readonly betId: string;
  readonly legNumber: number;
}

const SELECT_STUCK_BETS = `
  select
    bet_id as "betId",
    player_id as "playerId",
    state,
    currency,
    stake_minor as "stakeMinor",
    placed_at as "placedAt",
    settlement_attempts as attempts,
    case state when 'open' then settlement_retry_at end as "retryAt",
    coalesce(settlement_failure, '') as failure
  from bets
  where tenant_id = $1
    and settlement_attempts > 0
    and settlement_failure is not null
    and (state = 'quarantined' or (state = 'open' and settlement_retry_at is not null) or (state = 'settled' and settlement_attempts >= $3))
  order by bet_id
  limit $2`;

/**
 * Bets that settlement has failed on, the oldest first: quarantined, to be tried again, or settled by facts that have gone by since, as their
 * correction has failed too often.
 */
export function selectStuckBets(
  connection: Connection,
  asked: { readonly tenantId: string; readonly attemptsMax: number; readonly limit: number },
): Promise<StuckBetRow[]> {
  return connection.query<StuckBetRow>(SELECT_STUCK_BETS, [asked.tenantId, asked.limit, asked.attemptsMax]);
}

const LEG_COLUMNS = `
    bet_legs.event_id as "eventId",
    bet_legs.competition,
    bet_legs.home,
    bet_legs.away,
    bet_legs.starts_at as "startsAt",
    bet_legs.market_type as "marketType",
    bet_legs.period,
    bet_legs.label,
    bet_legs.line_quarters as "lineQuarters",
    bet_legs.outcome`;

const SELECT_STUCK_LEGS = `
  select bet_legs.bet_id as "betId", bet_legs.leg_number as "legNumber", ${LEG_COLUMNS}
  from bet_legs
  where tenant_id = $1 and bet_id = any ($2::uuid[])
  order by bet_id, leg_number`;

/** Their legs, in order. */
export function selectStuckLegs(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<StuckLegRow[]> {
  return connection.query<StuckLegRow>(SELECT_STUCK_LEGS, [tenantId, betIds]);
}

/** An outcome that open bets wait for, though its event should be over or nothing will ever decide it. */
export interface WaitingOutcomeRow extends NamedOutcome {
  readonly eventStatus: string;
  /** Open bets on it. */
  readonly bets: number;
  /** Why nothing is said of it; `null` if nothing at all is known of the event. */
  readonly why: string | null;
  /** What would have to be known. */
  readonly missing: string | null;
}

// The first part starts from outcomes that were looked at and are undecided, the second from events of which nobody has said anything: neither
// from the bets, of which there are more.
const SELECT_WAITING_OUTCOMES = `
  with waiting as (
    select event_id, market_type, period, label, line_quarters, outcome, min(undecided_why) as why, min(missing) as missing
    from outcome_grades
    join events using (event_id)
    where outcome_grades.tenant_id = $1
      and until_version is null
      and not decided
      and (
        undecided_why not in ('not_yet', 'fact_missing')
        or events.status not in ('scheduled', 'delayed', 'live')
        or events.starts_at <= $2)
    group by event_id, market_type, period, label, line_quarters, outcome
  ), awaited as (
    select bet_legs.tenant_id, bet_legs.bet_id, bet_legs.leg_number, waiting.why, waiting.missing
    from waiting
    join bet_legs
      on bet_legs.tenant_id = $1
      and bet_legs.event_id = waiting.event_id
      and bet_legs.market_type = waiting.market_type
      and bet_legs.period = waiting.period
      and bet_legs.label = waiting.label
      and bet_legs.line_quarters is not distinct from waiting.line_quarters
      and bet_legs.outcome = waiting.outcome
    union all
    select bet_legs.tenant_id, bet_legs.bet_id, bet_legs.leg_number, null, null
    from events
    join bet_legs on bet_legs.tenant_id = $1 and bet_legs.event_id = events.event_id
    where not exists (select from fact_versions where fact_versions.event_id = events.event_id)
      and (events.status not in ('scheduled', 'delayed', 'live') or events.starts_at <= $2)
  )
  select ${LEG_COLUMNS}, events.status as "eventStatus", count(*)::integer as bets, awaited.why, awaited.missing
  from awaited
  join bet_legs using (tenant_id, bet_id, leg_number)
  join bets using (tenant_id, bet_id)
  join events on events.event_id = bet_legs.event_id
  where bet_legs.result_version is null and bets.state = 'open'
  group by
    bet_legs.event_id, bet_legs.competition, bet_legs.home, bet_legs.away, bet_legs.starts_at, bet_legs.market_type,
    bet_legs.period, bet_legs.label, bet_legs.line_quarters, bet_legs.outcome, events.status, awaited.why, awaited.missing
  order by bet_legs.starts_at, bet_legs.event_id, bet_legs.market_type, bet_legs.outcome
  limit $3`;

/**
 * Outcomes that a tenant's open bets wait for: of events that are over, or that began before `overFrom` and should be, and those that no
 * fact to come will decide. The earliest event first.
 */
export function selectWaitingOutcomes(
  connection: Connection,
  {
    tenantId,
    overFrom,
    limit,
  }: { readonly tenantId: string; readonly overFrom: Date; readonly limit: number },
): Promise<WaitingOutcomeRow[]> {
  return connection.query<WaitingOutcomeRow>(SELECT_WAITING_OUTCOMES, [tenantId, overFrom, limit]);
}
