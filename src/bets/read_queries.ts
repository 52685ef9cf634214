import { fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { BetLeg, BetTerms } from "./bet.ts";
import type { BetView } from "./contract.ts";

/** A bet as it stands, without its legs. */
export interface StandingBetRow {
  readonly betId: string;
  readonly playerId: string;
  readonly state: BetView["state"];
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly limitsVersion: bigint | null;
  readonly terms: BetTerms;
  readonly placedAt: Date;
  readonly returnMinor: bigint | null;
  readonly settledAt: Date | null;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
  readonly voidRule: string | null;
}

/** A leg as it stands. */
export interface StandingLeg extends BetLeg {
  readonly betId: string;
  readonly resultVersion: number | null;
  /** `null` while it is not graded. */
  readonly result: 0 | 1 | null;
  readonly voidHalves: number | null;
}

const COLUMNS = `
    bets.bet_id as "betId",
    bets.player_id as "playerId",
    bets.state,
    bets.currency,
    bets.stake_minor as "stakeMinor",
    bets.rules_version as "rulesVersion",
    bets.limits_version as "limitsVersion",
    bets.terms,
    bets.placed_at as "placedAt",
    settlements.return_minor as "returnMinor",
    settlements.settled_at as "settledAt",
    bets.voided_at as "voidedAt",
    bets.void_reason as "voidReason",
    bets.void_rule as "voidRule"`;

const FROM_BETS = `
  from bets
  left join settlements on settlements.tenant_id = bets.tenant_id
    and settlements.bet_id = bets.bet_id
    and settlements.settlement_version = bets.settlement_version
    and bets.state = 'settled'`;

const SELECT_BET = `
  select ${COLUMNS}
  ${FROM_BETS}
  where bets.tenant_id = $1 and bets.bet_id = $2 and ($3::uuid is null or bets.player_id = $3)`;

/** One bet of the tenant, or of one of its players alone. */
export async function selectBet(
  connection: Connection,
  asked: { readonly tenantId: string; readonly betId: string; readonly playerId?: string },
): Promise<StandingBetRow | undefined> {
  const values = [asked.tenantId, asked.betId, asked.playerId ?? null];
  const [row] = await connection.query<StandingBetRow>(SELECT_BET, values);
  return row;
}

/** Which of a player's bets; `null` is any. */
export interface BetFilter {
  readonly tenantId: string;
  readonly playerId: string;
  readonly state: string | null;
  /** Placed at this instant or later. */
  readonly from: Date | null;
  /** Placed before this instant. */
  readonly to: Date | null;
  /** The last bet of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

// A bet's id begins with the time of its placement (RFC 9562, version 7): in the order of the ids, the latest first.
const SELECT_BETS = `
  select ${COLUMNS}
  ${FROM_BETS}
  where bets.tenant_id = $1
    and bets.player_id = $2
    and ($3::text is null or bets.state = $3)
    and ($4::timestamptz is null or bets.placed_at >= $4)
    and ($5::timestamptz is null or bets.placed_at < $5)
    and ($6::uuid is null or bets.bet_id < $6)
  order by bets.bet_id desc
  limit $7`;

/** A page of a player's bets. */
export function selectBets(connection: Connection, filter: BetFilter): Promise<StandingBetRow[]> {
  const { tenantId, playerId, state, from, to, after, limit } = filter;
  return connection.query(SELECT_BETS, [tenantId, playerId, state, from, to, after, limit]);
}

interface StandingLegRow extends Omit<StandingLeg, "price"> {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

const SELECT_STANDING_LEGS = `
  select
    bet_legs.bet_id as "betId",
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
    bet_legs.result_version as "resultVersion",
    leg_grades.result,
    leg_grades.void_halves as "voidHalves"
  from bet_legs
  left join leg_grades using (tenant_id, bet_id, leg_number, result_version)
  where bet_legs.tenant_id = $1 and bet_legs.bet_id = any ($2::uuid[])
  order by bet_legs.bet_id, bet_legs.leg_number`;

/** The legs of these bets, each with the grade it was last given. */
export async function selectStandingLegs(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<StandingLeg[]> {
  const rows = await connection.query<StandingLegRow>(SELECT_STANDING_LEGS, [tenantId, betIds]);
  return rows.map(({ priceNumerator, priceDenominator, ...leg }) => ({
    ...leg,
    price: fraction(priceNumerator, priceDenominator),
  }));
}
