import { fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { answerTextOf } from "./answer.ts";
import type { BetLeg, PlacedBet, Placement } from "./bet.ts";
import type { BetKey } from "./request.ts";

// Bet, legs, answer and the note of whose event it is, in one statement. Without "on conflict": a key that is taken ends the transaction, so that
// a commit may be sent on the heels of this.
const INSERT_BET = `
  with placed as (
    insert into bets (
      tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, rules_version, terms, placed_at,
      leg_count, limits_version, exposure_minor
    )
    values ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9, $10, $12, $13, $14)
    returning tenant_id, bet_id
  ), answered as (
    insert into bet_answers (tenant_id, bet_id, answer)
    select tenant_id, bet_id, $11
    from placed
  ), legs as (
    insert into bet_legs (
      tenant_id, bet_id, leg_number, event_id, competition, home, away, starts_at,
      book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator
    )
    select
      placed.tenant_id, placed.bet_id, leg.leg_number, leg.event_id, leg.competition, leg.home, leg.away, leg.starts_at,
      leg.book, leg.market_type, leg.period, leg.label, leg.line_quarters, leg.outcome,
      leg.price_numerator, leg.price_denominator
    from placed
    cross join unnest(
      $15::uuid[], $16::text[], $17::text[], $18::text[], $19::timestamptz[], $20::text[], $21::text[], $22::text[],
      $23::text[], $24::integer[], $25::text[], $26::bigint[], $27::bigint[]
    ) with ordinality as leg (
      event_id, competition, home, away, starts_at, book, market_type, period,
      label, line_quarters, outcome, price_numerator, price_denominator, leg_number
    )
    returning event_id, tenant_id
  ), noted as (
    insert into event_tenants (event_id, tenant_id)
    select distinct event_id, tenant_id
    from legs
    on conflict do nothing
  )
  select bet_id
  from placed`;

/**
 * Adds a bet with its legs, or fails the whole transaction: also if the player has used its key. Sent at once, or not at all: what
 * cannot be sent throws before anything is.
 */
export function insertBet(
  connection: Connection,
  bet: Placement & {
    readonly tenantId: string;
    readonly idempotencyKey: string;
    readonly requestHash: string;
    /** Minor units. */
    readonly exposureMinor: bigint;
  },
): Promise<unknown> {
  const { legs } = bet;
  return connection.query(INSERT_BET, [
    bet.tenantId,
    bet.betId,
    bet.playerId,
    bet.idempotencyKey,
    bet.requestHash,
    bet.currency,
    bet.stakeMinor,
    bet.rulesVersion,
    JSON.stringify(bet.terms),
    bet.placedAt,
    bet.answer,
    legs.length,
    bet.limitsVersion,
    bet.exposureMinor,
    legs.map(({ eventId }) => eventId),
    legs.map(({ competition }) => competition),
    legs.map(({ home }) => home),
    legs.map(({ away }) => away),
    legs.map(({ startsAt }) => startsAt),
    legs.map(({ book }) => book),
    legs.map(({ marketType }) => marketType),
    legs.map(({ period }) => period),
    legs.map(({ label }) => label),
    legs.map(({ lineQuarters }) => lineQuarters),
    legs.map(({ outcome }) => outcome),
    legs.map(({ price }) => price.numerator),
    legs.map(({ price }) => price.denominator),
  ]);
}

interface PlacementRow extends Omit<PlacedBet, "legs" | "limitsVersion"> {
  readonly requestHash: string;
  readonly limitsVersion: bigint | null;
  /** `null` in a bet from before answers were kept. */
  readonly answer: string | null;
}

interface LegRow extends Omit<BetLeg, "price"> {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

const SELECT_PLACEMENT = `
  select
    encode(request_hash, 'hex') as "requestHash",
    bets.bet_id as "betId",
    player_id as "playerId",
    currency,
    stake_minor as "stakeMinor",
    rules_version as "rulesVersion",
    terms,
    limits_version as "limitsVersion",
    placed_at as "placedAt",
    coalesce(bet_answers.answer, bets.answer) as answer
  from bets
  left join bet_answers using (tenant_id, bet_id)
  where tenant_id = $1 and player_id = $2 and idempotency_key = $3`;

const SELECT_LEGS = `
  select
    event_id as "eventId",
    competition,
    home,
    away,
    starts_at as "startsAt",
    book,
    market_type as "marketType",
    period,
    label,
    line_quarters as "lineQuarters",
    outcome,
    price_numerator as "priceNumerator",
    price_denominator as "priceDenominator"
  from bet_legs
  where tenant_id = $1 and bet_id = $2
  order by leg_number`;

/** The bet a player placed under a key, with the hash of the request that placed it, or `undefined`. */
export async function selectPlacement(
  connection: Connection,
  key: BetKey,
): Promise<{ readonly requestHash: string; readonly bet: Placement } | undefined> {
  const values = [key.tenantId, key.playerId, key.idempotencyKey];
  const [row] = await connection.query<PlacementRow>(SELECT_PLACEMENT, values);
  if (row === undefined) return undefined;
  const { requestHash, limitsVersion, answer, ...rest } = row;
  const rows = await connection.query<LegRow>(SELECT_LEGS, [key.tenantId, row.betId]);
  const bet = {
    ...rest,
    limitsVersion: limitsVersion === null ? null : Number(limitsVersion),
    legs: rows.map(legOf),
  };
  return { requestHash, bet: { ...bet, answer: answer ?? answerTextOf(bet) } };
}

function legOf({ priceNumerator, priceDenominator, ...leg }: LegRow): BetLeg {
  return { ...leg, price: fraction(priceNumerator, priceDenominator) };
}
