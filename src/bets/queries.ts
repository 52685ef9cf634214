import { fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { BetLeg, BetTerms, PlacedBet } from "./bet.ts";
import type { PlaceBetRequest } from "./request.ts";

// Bet, legs and the note of whose event it is, in one statement: all of them or, when the key is taken, none.
const INSERT_BET = `
  with placed as (
    insert into bets (
      tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, rules_version, terms, placed_at
    )
    values ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9, $10)
    on conflict (tenant_id, player_id, idempotency_key) do nothing
    returning tenant_id, bet_id
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
      $11::uuid[], $12::text[], $13::text[], $14::text[], $15::timestamptz[], $16::text[], $17::text[], $18::text[],
      $19::text[], $20::integer[], $21::text[], $22::bigint[], $23::bigint[]
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

/** Adds a bet with its legs; `false`, and nothing added, if the player has used its key. */
export async function insertBet(
  connection: Connection,
  bet: PlacedBet & {
    readonly tenantId: string;
    readonly idempotencyKey: string;
    readonly requestHash: string;
  },
): Promise<boolean> {
  const { legs } = bet;
  const rows = await connection.query(INSERT_BET, [
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
  return rows.length === 1;
}

interface PlacedRow {
  readonly requestHash: string;
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly terms: BetTerms;
  readonly placedAt: Date;
}

interface LegRow extends Omit<BetLeg, "price"> {
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

const SELECT_PLACED_BET = `
  select
    encode(request_hash, 'hex') as "requestHash",
    bet_id as "betId",
    player_id as "playerId",
    currency,
    stake_minor as "stakeMinor",
    rules_version as "rulesVersion",
    terms,
    placed_at as "placedAt"
  from bets
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
export async function selectPlacedBet(
  connection: Connection,
  key: Pick<PlaceBetRequest, "tenantId" | "playerId" | "idempotencyKey">,
): Promise<{ readonly requestHash: string; readonly bet: PlacedBet } | undefined> {
  const values = [key.tenantId, key.playerId, key.idempotencyKey];
  const [row] = await connection.query<PlacedRow>(SELECT_PLACED_BET, values);
  if (row === undefined) return undefined;
  const { requestHash, ...bet } = row;
  const legs = await connection.query<LegRow>(SELECT_LEGS, [key.tenantId, row.betId]);
  return { requestHash, bet: { ...bet, legs: legs.map(legOf) } };
}

function legOf({ priceNumerator, priceDenominator, ...leg }: LegRow): BetLeg {
  return { ...leg, price: fraction(priceNumerator, priceDenominator) };
}
