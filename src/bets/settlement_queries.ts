import { type Fraction, fraction, type Selection } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";

/** An open bet with the leg it has on one event, as settlement sees it. */
export interface OpenBet {
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  /** Of the last settlement, 0 before the first. */
  readonly settlementVersion: number;
  /** Of the whole bet. */
  readonly legCount: number;
  readonly legNumber: number;
  readonly selection: Selection;
  readonly price: Fraction;
}

/** One tenant's bets on one event. */
export interface EventOfTenant {
  readonly tenantId: string;
  readonly eventId: string;
}

/** An event that has a result now. */
export interface AwaitingResult {
  readonly eventId: string;
  readonly resultVersion: number;
}

const SELECT_AWAITING_EVENTS = `
  select distinct event_id as "eventId"
  from event_tenants
  where result_version = 0`;

/** Events that someone has bet on and no result was taken for. Across tenants, from a table that names no bet. */
export async function selectAwaitingEvents(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ readonly eventId: string }>(SELECT_AWAITING_EVENTS);
  return rows.map(({ eventId }) => eventId);
}

const TAKE_AWAITING = `
  with due as (
    select event_tenants.event_id, event_tenants.tenant_id, resulted.version
    from event_tenants
    join unnest($1::uuid[], $2::integer[]) as resulted (event_id, version)
      on resulted.event_id = event_tenants.event_id
    where event_tenants.result_version = 0
    order by event_tenants.event_id, event_tenants.tenant_id
    for update of event_tenants skip locked
  )
  update event_tenants
  set result_version = due.version
  from due
  where event_tenants.event_id = due.event_id and event_tenants.tenant_id = due.tenant_id
  returning
    event_tenants.tenant_id as "tenantId",
    event_tenants.event_id as "eventId",
    event_tenants.result_version as "resultVersion"`;

/** Marks those events' results as taken and says which tenants they concern; each pair is given to one caller only. */
export function takeAwaiting(
  connection: Connection,
  results: readonly AwaitingResult[],
): Promise<(EventOfTenant & AwaitingResult)[]> {
  return connection.query(TAKE_AWAITING, [
    results.map(({ eventId }) => eventId),
    results.map(({ resultVersion }) => resultVersion),
  ]);
}

interface OpenBetRow extends Omit<OpenBet, "selection" | "price">, Selection {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

const CLAIM_OPEN_BETS = `
  select
    bets.bet_id as "betId",
    bets.player_id as "playerId",
    bets.currency,
    bets.stake_minor as "stakeMinor",
    bets.settlement_version as "settlementVersion",
    bets.leg_count as "legCount",
    bet_legs.leg_number as "legNumber",
    bet_legs.market_type as "marketType",
    bet_legs.period,
    bet_legs.label,
    bet_legs.line_quarters as "lineQuarters",
    bet_legs.outcome,
    bet_legs.price_numerator as "priceNumerator",
    bet_legs.price_denominator as "priceDenominator"
  from bet_legs
  join bets on bets.tenant_id = bet_legs.tenant_id and bets.bet_id = bet_legs.bet_id
  where bet_legs.tenant_id = $1
    and bet_legs.event_id = $2
    and bet_legs.result_version is null
    and bets.state = 'open'
    and (bets.settlement_retry_at is null or bets.settlement_retry_at <= $3)
    and ($4::uuid is null or bets.bet_id = $4)
  order by bet_legs.bet_id
  limit $5
  for no key update of bets, bet_legs skip locked`;

/**
 * Up to `limit` open bets, or the one named, that no other transaction holds; held until this one ends.
 *
 * The leg is locked beside its bet: whoever graded it a moment ago has changed no more of an accumulator than the leg, and without the
 * lock the statement would still see it as it was when it began.
 */
export async function claimOpenBets(
  connection: Connection,
  claim: EventOfTenant & { readonly at: Date; readonly betId?: string; readonly limit: number },
): Promise<OpenBet[]> {
  const { tenantId, eventId, at, betId = null, limit } = claim;
  const rows = await connection.query<OpenBetRow>(CLAIM_OPEN_BETS, [tenantId, eventId, at, betId, limit]);
  return rows.map(openBetOf);
}

function openBetOf(row: OpenBetRow): OpenBet {
  const { marketType, period, label, lineQuarters, outcome, priceNumerator, priceDenominator, ...bet } = row;
  return {
    ...bet,
    selection: { marketType, period, label, lineQuarters, outcome },
    price: fraction(priceNumerator, priceDenominator),
  };
}

const HAS_OPEN_BETS = `
  select exists (
    select
    from bet_legs
    join bets on bets.tenant_id = bet_legs.tenant_id and bets.bet_id = bet_legs.bet_id
    where bet_legs.tenant_id = $1
      and bet_legs.event_id = $2
      and bet_legs.result_version is null
      and bets.state = 'open'
  ) as open`;

/** Whether the tenant has an open bet on the event, claimable or not. */
export async function hasOpenBets(
  connection: Connection,
  { tenantId, eventId }: EventOfTenant,
): Promise<boolean> {
  const [row] = await connection.query<{ readonly open: boolean }>(HAS_OPEN_BETS, [tenantId, eventId]);
  return row?.open ?? false;
}

const MARK_LEGS_GRADED = `
  update bet_legs
  set result_version = $3
  from bets
  where bet_legs.tenant_id = $1
    and bet_legs.event_id = $2
    and bet_legs.bet_id = any ($4::uuid[])
    and bet_legs.result_version is null
    and bets.tenant_id = $1
    and bets.bet_id = bet_legs.bet_id
    and bets.state = 'open'`;

/** Notes by which result the legs of open bets were graded; how many still awaited one. */
export function markLegsGraded(
  connection: Connection,
  graded: EventOfTenant & { readonly resultVersion: number; readonly betIds: readonly string[] },
): Promise<number> {
  const { tenantId, eventId, resultVersion, betIds } = graded;
  return connection.execute(MARK_LEGS_GRADED, [tenantId, eventId, resultVersion, betIds]);
}

const MARK_BETS_SETTLED = `
  update bets
  set state = 'settled', settlement_version = settlement_version + 1
  where tenant_id = $1 and bet_id = any ($2::uuid[]) and state = 'open'`;

/** Closes open bets; how many were still open. */
export function markBetsSettled(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<number> {
  return connection.execute(MARK_BETS_SETTLED, [tenantId, betIds]);
}

const RECORD_SETTLEMENT_FAILURE = `
  update bets
  set
    settlement_attempts = settlement_attempts + 1,
    settlement_failure = $3,
    settlement_retry_at = $4,
    state = case when settlement_attempts + 1 >= $5 then 'quarantined' else state end
  where tenant_id = $1 and bet_id = $2 and state = 'open'
  returning state`;

/** Notes that a bet could not be settled; `true` if that was one time too many and it is now quarantined. */
export async function recordSettlementFailure(
  connection: Connection,
  failed: {
    readonly tenantId: string;
    readonly betId: string;
    /** Why, as a stable code of at most 120 characters. */
    readonly failure: string;
    readonly retryAt: Date;
    readonly attemptsMax: number;
  },
): Promise<boolean> {
  const { tenantId, betId, failure, retryAt, attemptsMax } = failed;
  const values = [tenantId, betId, failure, retryAt, attemptsMax];
  const [row] = await connection.query<{ readonly state: string }>(RECORD_SETTLEMENT_FAILURE, values);
  return row?.state === "quarantined";
}
