import type { Connection } from "../pool/mod.ts";
import type { EventOfTenant } from "./awaiting_queries.ts";
import type { ClaimedBet } from "./settlement_queries.ts";

const MARK_LEGS_GRADED = `
  update bet_legs
  set result_version = graded.by_version, cancellation_id = graded.under
  from unnest($3::uuid[], $4::smallint[], $5::integer[], $6::integer[], $7::text[])
    as graded (bet_id, leg_number, before_version, by_version, under)
  where bet_legs.tenant_id = $1
    and bet_legs.event_id = $2
    and bet_legs.bet_id = graded.bet_id
    and bet_legs.leg_number = graded.leg_number
    and bet_legs.result_version is not distinct from graded.before_version`;

/** A leg that is graded by a version now, `null` if by none any more. */
export interface MarkedLeg extends Pick<ClaimedBet, "betId" | "legNumber" | "gradedBy" | "cancellationId"> {
  readonly resultVersion: number | null;
}

/** Notes by which version legs are graded; how many of them still were as they had been claimed. */
export function markLegsGraded(
  connection: Connection,
  { tenantId, eventId, legs }: EventOfTenant & { readonly legs: readonly MarkedLeg[] },
): Promise<number> {
  return connection.execute(MARK_LEGS_GRADED, [
    tenantId,
    eventId,
    legs.map(({ betId }) => betId),
    legs.map(({ legNumber }) => legNumber),
    legs.map(({ gradedBy }) => gradedBy),
    legs.map(({ resultVersion }) => resultVersion),
    legs.map(({ resultVersion, cancellationId }) => (resultVersion === null ? null : cancellationId)),
  ]);
}

const MARK_BETS = `
  update bets
  set state = marked.state,
      settlement_version = marked.to_version,
      settlement_attempts = 0,
      settlement_retry_at = null,
      settlement_failure = null
  from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::integer[])
    as marked (bet_id, from_state, from_version, state, to_version)
  where bets.tenant_id = $1
    and bets.bet_id = marked.bet_id
    and bets.state = marked.from_state
    and bets.settlement_version = marked.from_version`;

/** A bet that is closed, closed anew or open again. */
export interface MarkedBet {
  readonly bet: Pick<ClaimedBet, "betId" | "state" | "settlementVersion">;
  readonly state: "open" | "settled";
  readonly settlementVersion: number;
}

/** Gives bets their state and version; how many of them still had those that they were claimed with. */
export function markBets(
  connection: Connection,
  { tenantId, marked }: { readonly tenantId: string; readonly marked: readonly MarkedBet[] },
): Promise<number> {
  return connection.execute(MARK_BETS, [
    tenantId,
    marked.map(({ bet }) => bet.betId),
    marked.map(({ bet }) => bet.state),
    marked.map(({ bet }) => bet.settlementVersion),
    marked.map(({ state }) => state),
    marked.map(({ settlementVersion }) => settlementVersion),
  ]);
}

const RECORD_SETTLEMENT_FAILURE = `
  update bets
  set
    settlement_attempts = settlement_attempts + 1,
    settlement_failure = $3,
    settlement_retry_at = $4,
    state = case when state = 'open' and settlement_attempts + 1 >= $5 then 'quarantined' else state end
  where tenant_id = $1 and bet_id = $2 and state in ('open', 'settled')
  returning settlement_attempts >= $5 as spent`;

/**
 * Notes that a bet could not be settled, or not be corrected; `true` if that was one time too many. An open bet is quarantined then; one
 * that is settled stays so, and is tried no more.
 */
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
  const [row] = await connection.query<{ readonly spent: boolean }>(RECORD_SETTLEMENT_FAILURE, values);
  return row?.spent ?? false;
}
