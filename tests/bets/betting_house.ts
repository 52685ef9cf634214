import { type PlaceBetDeps, type Placement, placeBet, type RequestedLeg } from "../../src/bets/mod.ts";
import { type Fraction, fraction } from "../../src/markets/mod.ts";
import { changePlayerState, type PlayerState, readPlayer, registerPlayer } from "../../src/players/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import type { Clock } from "../../src/resilience/mod.ts";
import { type Balance, depositDemo, openAccounts, readBalance } from "../../src/wallets/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** Friday noon, the business time of these tests. */
export const NOW = new Date("2025-09-19T12:00:00Z");
export const KICK_OFF = new Date("2025-09-20T14:00:00Z");
export const SOURCE = "fixture";
export const LIMITS = { priceAgeMaxMs: 300_000 };

export interface Seat {
  readonly tenantId: string;
  readonly playerId: string;
  readonly currency: string;
}

/** A house in which bets can be placed: the web's pool, a fixed business time, and short ways to arrange things. */
export interface BettingHouse {
  readonly pool: Pool;
  readonly deps: PlaceBetDeps;
  /** Adds an event with three prices of the home, draw and away sides, and says that its source has just answered. */
  addEvent(event?: EventFixture): Promise<string>;
  addPlayer(player?: PlayerFixture): Promise<Seat>;
  place(seat: Seat, bet: BetFixture): Promise<Placement>;
  /** An accumulator of one outcome of each of several fixtures. */
  combine(seat: Seat, bet: AccumulatorFixture): Promise<Placement>;
  balance(seat: Seat): Promise<Balance>;
  recordResult(eventId: string, result: ResultFixture): Promise<void>;
}

export interface EventFixture {
  readonly home?: string;
  readonly away?: string;
  readonly sport?: string;
  readonly status?: string;
  readonly startsAt?: Date;
  readonly suspended?: boolean;
  readonly prices?: { readonly home: Fraction; readonly draw: Fraction; readonly away: Fraction };
}

export interface PlayerFixture {
  readonly tenantId?: string;
  readonly currency?: string;
  readonly depositMinor?: bigint;
  readonly state?: PlayerState;
}

export interface BetFixture {
  readonly eventId: string;
  readonly outcome: string;
  readonly stakeMinor: bigint;
  readonly price?: Fraction;
  readonly key?: string;
  readonly leg?: Partial<RequestedLeg>;
}

export interface AccumulatorFixture {
  readonly legs: readonly (readonly [eventId: string, outcome: string])[];
  readonly stakeMinor: bigint;
  readonly key?: string;
}

export interface ResultFixture {
  readonly version?: number;
  readonly score?: readonly [number, number];
}

export const PRICES = { home: fraction(9n, 4n), draw: fraction(37n, 10n), away: fraction(3n) };

/** Opens a house over a database; the pool closes with the database. */
export function openHouse(
  database: TestDatabase,
  {
    clock,
    pool = database.pool("linehold_web", { max: 8, overdueMs: 10_000 }),
  }: { clock?: Pick<Clock, "epochMs">; pool?: Pool } = {},
): BettingHouse {
  const deps: PlaceBetDeps = { pool, clock: clock ?? { epochMs: () => NOW.getTime() }, limits: LIMITS };
  return {
    pool,
    deps,
    addEvent: (event = {}) => addEvent(database, event),
    addPlayer: (player = {}) => addPlayer(pool, player),
    place: (seat, bet) => placeBet(requestOf(seat, bet), deps),
    combine: (seat, bet) => placeBet(combinedRequestOf(seat, bet), deps),
    async balance(seat) {
      await using lease = await pool.lease({ tenantId: seat.tenantId });
      return await readBalance(lease.connection, seat);
    },
    recordResult: (eventId, result) => recordResult(database, eventId, result),
  };
}

/** The placement request of a bet on a fixture's three-way market. */
export function requestOf(seat: Seat, bet: BetFixture) {
  const { eventId, outcome, stakeMinor, key = crypto.randomUUID() } = bet;
  const shown = PRICES[outcome as keyof typeof PRICES] ?? PRICES.home;
  const leg: RequestedLeg = {
    eventId,
    book: "book",
    marketType: "1x2",
    period: "regulation",
    label: "",
    lineQuarters: null,
    outcome,
    price: bet.price ?? shown,
    ...bet.leg,
  };
  return {
    tenantId: seat.tenantId,
    playerId: seat.playerId,
    idempotencyKey: key,
    stakeMinor,
    legs: [leg],
  };
}

/** The placement request of an accumulator. */
export function combinedRequestOf(seat: Seat, { legs, stakeMinor, key }: AccumulatorFixture) {
  const singles = legs.map(([eventId, outcome]) => requestOf(seat, { eventId, outcome, stakeMinor }));
  const [first] = singles;
  if (first === undefined) throw new RangeError("Cannot combine no legs");
  return {
    ...first,
    ...(key !== undefined && { idempotencyKey: key }),
    legs: singles.flatMap((single) => single.legs),
  };
}

async function addEvent(database: TestDatabase, event: EventFixture): Promise<string> {
  const eventId = Bun.randomUUIDv7();
  const {
    home = "Home",
    away = "Away",
    sport = "soccer",
    status = "scheduled",
    startsAt = KICK_OFF,
    suspended = false,
    prices = PRICES,
  } = event;
  await database.owner(
    `insert into feeds (source, last_poll_at, last_good_at) values ($1, $2, $2)
     on conflict (source) do update set last_good_at = excluded.last_good_at`,
    [SOURCE, NOW],
  );
  await database.owner(
    `insert into events (
       event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
       source_version, updated_at
     ) values ($1::uuid, $2, $1::uuid::text, $3, 'c', 'Competition', $4, $5, $6, $7, 1, $8)`,
    [eventId, SOURCE, sport, home, away, startsAt, status, NOW],
  );
  for (const [outcome, price] of Object.entries(prices)) {
    await database.owner(
      `insert into prices (
         event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator,
         suspended, updated_at
       ) values ($1, 'book', '1x2', 'regulation', '', null, $2, $3, $4, $5, $6)`,
      [eventId, outcome, price.numerator, price.denominator, suspended, NOW],
    );
  }
  return eventId;
}

async function addPlayer(pool: Pool, player: PlayerFixture): Promise<Seat> {
  const { tenantId = Bun.randomUUIDv7(), currency = "EUR", depositMinor = 0n, state = "verified" } = player;
  await using lease = await pool.lease({ access: "write", tenantId });
  const { connection } = lease;
  const { playerId } = await registerPlayer(connection, { tenantId, currency, at: NOW });
  await changePlayerState(connection, { tenantId, playerId, to: state, at: NOW });
  await openAccounts(connection, { tenantId, playerId, currency, at: NOW });
  if (depositMinor > 0n) {
    const known = await readPlayer(connection, { tenantId, playerId });
    const deposit = { tenantId, player: known, amountMinor: depositMinor, idempotencyKey: "first", at: NOW };
    await depositDemo(connection, deposit);
  }
  await lease.commit();
  return { tenantId, playerId, currency };
}

async function recordResult(database: TestDatabase, eventId: string, result: ResultFixture): Promise<void> {
  const [home, away] = result.score ?? [null, null];
  await database.owner(
    `insert into results (event_id, version, state, home_score, away_score, source, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [eventId, result.version ?? 1, result.score ? "final" : "void", home, away, SOURCE, NOW],
  );
}
