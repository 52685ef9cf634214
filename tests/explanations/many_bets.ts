import { type Fraction, fraction, type Selection } from "../../src/markets/mod.ts";
import { gradeLeg } from "../../src/settlement/mod.ts";
import { postTransfers, readPlayerAccount } from "../../src/wallets/mod.ts";
import { KICK_OFF, NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { seededRandom, type TestDatabase } from "../harness/mod.ts";
import { FOOTBALL } from "../settlement/graders/_course.ts";
import { match, rules2 } from "../settlement/graders/_known.ts";

/** Prices as they are traded: decimal, fractional and American ones, which multiply to long fractions. */
const PRICES: readonly Fraction[] = [
  [9n, 4n],
  [21n, 11n],
  [13n, 8n],
  [4n, 3n],
  [187n, 100n],
  [501n, 1n],
  [1001n, 1000n],
  [253n, 153n],
].map(([numerator = 1n, denominator = 1n]) => fraction(numerator, denominator));

/** Those of every market of football that somebody grades: parts of halves are nobody's. */
const SELECTIONS = FOOTBALL.filter((one) => {
  const graded = gradeLeg(one, match([1, 0]), rules2());
  return graded.decided || graded.why !== "no_grader";
});

/** A market of runners: its places can be shared, and runners be withdrawn from it. */
export const RUNNERS: readonly Selection[] = ["one", "two", "three", "four", "five", "six"].map(
  (outcome) => ({
    marketType: "top_3",
    period: "match",
    label: "",
    lineQuarters: null,
    outcome,
  }),
);

interface Bet {
  readonly betId: string;
  readonly stakeMinor: bigint;
  readonly rulesVersion: number;
  readonly placedAt: Date;
  readonly legs: readonly {
    readonly eventId: string;
    readonly selection: Selection;
    readonly price: Fraction;
  }[];
}

/** Many open bets of one player. */
export interface ManyBets {
  readonly seat: Seat;
  /** Football matches, in which most legs are. */
  readonly matches: readonly string[];
  /** Races. */
  readonly races: readonly string[];
  readonly bets: readonly Bet[];
}

/**
 * Bets on every kind of football market and on races: singles, and accumulators of two to six legs on different events. Odd stakes, long
 * fractions, both published versions of the rules, placed a second apart from each other.
 *
 * They are written at once, as thousands of placements one by one would take longer than what they are for; their stakes are held
 * through the ledger's own verb.
 */
export async function openManyBets(database: TestDatabase, count: number): Promise<ManyBets> {
  const house = openHouse(database);
  const random = seededRandom(77);
  const matches: string[] = [];
  for (let match = 0; match < 24; match++) matches.push(await house.addEvent());
  const races: string[] = [];
  for (let race = 0; race < 4; race++) races.push(await house.addEvent({ sport: "horse_racing" }));
  const seat = await house.addPlayer({ depositMinor: 100_000_000n });
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const bets = Array.from({ length: count }, (_, index): Bet => {
    const size = index % 5 < 3 ? 1 : 2 + Math.floor(random() * 5);
    const events = [...matches, ...races].sort(() => random() - 0.5).slice(0, size);
    const placedAt = new Date(NOW.getTime() + index * 1000);
    return {
      betId: Bun.randomUUIDv7("hex", placedAt.getTime()),
      stakeMinor: BigInt(1 + Math.floor(random() * 9999)),
      rulesVersion: 1 + (index % 4 === 0 ? 0 : 1),
      placedAt,
      legs: events.map((eventId) => ({
        eventId,
        selection: pick(races.includes(eventId) ? RUNNERS : SELECTIONS),
        price: pick(PRICES),
      })),
    };
  });
  await insertBets(database, seat, bets);
  const stakes = { pool: house.pool, seat, bets };
  for (let from = 0; from < bets.length; from += 500)
    await holdStakes({ ...stakes, bets: bets.slice(from, from + 500) });
  return { seat, matches, races, bets };
}

async function insertBets(database: TestDatabase, seat: Seat, bets: readonly Bet[]): Promise<void> {
  await database.owner(
    `insert into bets (
       tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, rules_version, terms, placed_at,
       leg_count
     )
     select $1, bet_id, $2, bet_id::text, sha256(bet_id::text::bytea), 'EUR', stake, rules, '{"priceChange": "none"}', placed, legs
     from unnest($3::uuid[], $4::bigint[], $5::integer[], $6::timestamptz[], $7::smallint[])
       as given (bet_id, stake, rules, placed, legs)`,
    [
      seat.tenantId,
      seat.playerId,
      bets.map(({ betId }) => betId),
      bets.map(({ stakeMinor }) => stakeMinor),
      bets.map(({ rulesVersion }) => rulesVersion),
      bets.map(({ placedAt }) => placedAt),
      bets.map(({ legs }) => legs.length),
    ],
  );
  const legs = bets.flatMap(({ betId, legs }) =>
    legs.map((leg, index) => ({ betId, number: index + 1, ...leg })),
  );
  await database.owner(
    `insert into bet_legs (
       tenant_id, bet_id, leg_number, event_id, competition, home, away, starts_at, book, market_type, period, label,
       line_quarters, outcome, price_numerator, price_denominator
     )
     select $1, bet_id, leg_number, event_id, 'Competition', 'Home', 'Away', $2, 'book', market_type, period, '', line, outcome,
       numerator, denominator
     from unnest(
       $3::uuid[], $4::smallint[], $5::uuid[], $6::text[], $7::text[], $8::integer[], $9::text[], $10::bigint[], $11::bigint[]
     ) as given (bet_id, leg_number, event_id, market_type, period, line, outcome, numerator, denominator)`,
    [
      seat.tenantId,
      KICK_OFF,
      legs.map(({ betId }) => betId),
      legs.map(({ number }) => number),
      legs.map(({ eventId }) => eventId),
      legs.map(({ selection }) => selection.marketType),
      legs.map(({ selection }) => selection.period),
      legs.map(({ selection }) => selection.lineQuarters),
      legs.map(({ selection }) => selection.outcome),
      legs.map(({ price }) => price.numerator),
      legs.map(({ price }) => price.denominator),
    ],
  );
  await database.owner(
    `insert into event_tenants (event_id, tenant_id)
     select distinct event_id, tenant_id
     from bet_legs`,
  );
}

async function holdStakes({
  pool,
  seat,
  bets,
}: {
  readonly pool: ReturnType<typeof openHouse>["pool"];
  readonly seat: Seat;
  readonly bets: readonly Bet[];
}): Promise<void> {
  await using lease = await pool.lease({ access: "write", tenantId: seat.tenantId, deadlineMs: 20_000 });
  const { cashAccountId, heldAccountId } = await readPlayerAccount(lease.connection, seat);
  const stakes = bets.map(({ betId, stakeMinor, placedAt }) => ({
    tenantId: seat.tenantId,
    idempotencyKey: `stake/${betId}`,
    kind: "stake" as const,
    currency: seat.currency,
    entries: [
      { accountId: cashAccountId, amountMinor: -stakeMinor },
      { accountId: heldAccountId, amountMinor: stakeMinor },
    ],
    betId,
    occurredAt: placedAt,
  }));
  await postTransfers(lease.connection, seat.tenantId, stakes);
  await lease.commit();
}
