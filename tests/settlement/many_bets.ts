import { type ResultToRecord, recordResult } from "../../src/feeds/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { postTransfers, readPlayerAccount, type Transfer } from "../../src/wallets/mod.ts";
import { type BettingHouse, KICK_OFF, NOW, type Seat, SOURCE } from "../bets/betting_house.ts";
import type { TestDatabase } from "../harness/mod.ts";

type Outcome = "home" | "draw" | "away";
const OUTCOMES: readonly Outcome[] = ["home", "draw", "away"];
/** The fixtures' prices, in hundredths. */
const HUNDREDTHS: Readonly<Record<Outcome, bigint>> = { home: 225n, draw: 370n, away: 300n };
const DEPOSIT_MINOR = 10_000_000n;

interface Simulated {
  readonly betId: string;
  readonly seat: Seat;
  readonly event: number;
  readonly outcome: Outcome;
  readonly stakeMinor: bigint;
}

export interface ManyBets {
  readonly bets: number;
  readonly events: number;
  /** Records the result of one event as the feeds do: mostly a score, every tenth a void. */
  recordResult(event: number): Promise<void>;
  /** What each player must hold once all events are settled, by plain arithmetic. */
  expectedCash(): readonly { readonly seat: Seat; readonly cashMinor: bigint }[];
}

/**
 * Open bets of several tenants, `betsPerEvent` on each event, spread evenly over players and outcomes.
 *
 * Bets and legs are written at once, as five thousand placements one by one would take longer than what they are for; the stakes are
 * held through the ledger's own verb.
 */
export async function openManyBets(
  { database, house }: { readonly database: TestDatabase; readonly house: BettingHouse },
  {
    tenants,
    events,
    betsPerEvent,
  }: { readonly tenants: number; readonly events: number; readonly betsPerEvent: number },
): Promise<ManyBets> {
  const eventIds: string[] = [];
  for (let event = 0; event < events; event++) eventIds.push(await house.addEvent());
  const seats: Seat[] = [];
  for (let tenant = 0; tenant < tenants; tenant++) {
    const first = await house.addPlayer({ depositMinor: DEPOSIT_MINOR });
    const second = await house.addPlayer({ tenantId: first.tenantId, depositMinor: DEPOSIT_MINOR });
    seats.push(first, second);
  }
  const bets = simulate(seats, { events, betsPerEvent });
  await insertBets(database, bets, eventIds);
  await holdStakes(house.pool, seats, bets);
  const odds = database.pool("linehold_odds", { max: 1 });
  return {
    bets: bets.length,
    events,
    async recordResult(event) {
      await using lease = await odds.lease({ access: "write" });
      const result: ResultToRecord = {
        eventId: eventIds[event] ?? "",
        facts: factsOf(event),
        source: SOURCE,
        at: KICK_OFF,
      };
      await recordResult(lease.connection, result);
      await lease.commit();
    },
    expectedCash: () =>
      seats.map((seat) => ({
        seat,
        cashMinor: bets
          .filter((bet) => bet.seat === seat)
          .reduce((cash, bet) => cash - bet.stakeMinor + expectedReturn(bet), DEPOSIT_MINOR),
      })),
  };
}

function simulate(
  seats: readonly Seat[],
  { events, betsPerEvent }: { readonly events: number; readonly betsPerEvent: number },
): Simulated[] {
  return Array.from({ length: events * betsPerEvent }, (_, index) => {
    const event = Math.floor(index / betsPerEvent);
    const seat = seats[index % seats.length];
    const outcome = OUTCOMES[(index + event) % 3];
    if (seat === undefined || outcome === undefined)
      throw new RangeError("Cannot simulate bets without players");
    return { betId: Bun.randomUUIDv7(), seat, event, outcome, stakeMinor: BigInt(100 + (index % 97)) };
  });
}

function factsOf(event: number): ResultToRecord["facts"] {
  if (event % 10 === 9) return { state: "void" };
  return { state: "final", score: { home: event % 3, away: Math.floor(event / 3) % 3 } };
}

function expectedReturn({ event, outcome, stakeMinor }: Simulated): bigint {
  if (event % 10 === 9) return stakeMinor;
  const [home, away] = [event % 3, Math.floor(event / 3) % 3];
  const winner = home > away ? "home" : home < away ? "away" : "draw";
  return outcome === winner ? (stakeMinor * HUNDREDTHS[outcome] + 50n) / 100n : 0n;
}

async function insertBets(
  database: TestDatabase,
  bets: readonly Simulated[],
  eventIds: readonly string[],
): Promise<void> {
  await database.owner(
    `with given as (
       select *
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[])
         as given (bet_id, tenant_id, player_id, event_id, outcome, stake, hundredths)
     ), placed as (
       insert into bets (
         tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, rules_version, terms, placed_at
       )
       select tenant_id, bet_id, player_id, bet_id::text, sha256(bet_id::text::bytea), 'EUR', stake, 1, '{}', $8
       from given
     ), legs as (
       insert into bet_legs (
         tenant_id, bet_id, leg_number, event_id, competition, home, away, starts_at, book, market_type, period, label,
         outcome, price_numerator, price_denominator
       )
       select tenant_id, bet_id, 1, event_id, 'Competition', 'Home', 'Away', $9, 'book', '1x2', 'regulation', '', outcome,
         hundredths, 100
       from given
     )
     insert into event_tenants (event_id, tenant_id)
     select distinct event_id, tenant_id
     from given`,
    [
      bets.map(({ betId }) => betId),
      bets.map(({ seat }) => seat.tenantId),
      bets.map(({ seat }) => seat.playerId),
      bets.map(({ event }) => eventIds[event]),
      bets.map(({ outcome }) => outcome),
      bets.map(({ stakeMinor }) => stakeMinor),
      bets.map(({ outcome }) => HUNDREDTHS[outcome]),
      NOW,
      KICK_OFF,
    ],
  );
}

async function holdStakes(pool: Pool, seats: readonly Seat[], bets: readonly Simulated[]): Promise<void> {
  for (const seat of seats) {
    await using lease = await pool.lease({ access: "write", tenantId: seat.tenantId, deadlineMs: 20_000 });
    const { cashAccountId, heldAccountId } = await readPlayerAccount(lease.connection, seat);
    const stakes = bets
      .filter((bet) => bet.seat === seat)
      .map(
        ({ betId, stakeMinor }): Transfer => ({
          tenantId: seat.tenantId,
          idempotencyKey: `stake/${betId}`,
          kind: "stake",
          currency: seat.currency,
          entries: [
            { accountId: cashAccountId, amountMinor: -stakeMinor },
            { accountId: heldAccountId, amountMinor: stakeMinor },
          ],
          betId,
          occurredAt: NOW,
        }),
      );
    await postTransfers(lease.connection, seat.tenantId, stakes);
    await lease.commit();
  }
}
