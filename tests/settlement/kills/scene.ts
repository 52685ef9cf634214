import { type ResultFacts, recordResult } from "../../../src/feeds/mod.ts";
import type { Pool } from "../../../src/pool/mod.ts";
import {
  cancelledClaim,
  countClaims,
  type FactRow,
  recordFacts,
  retraction,
  startClaim,
  statusClaim,
} from "../../../src/results/mod.ts";
import { postTransfers, readPlayerAccount, type Transfer } from "../../../src/wallets/mod.ts";
import { KICK_OFF, NOW, openHouse, type Seat, SOURCE } from "../../bets/betting_house.ts";
import type { TestDatabase } from "../../harness/test_database.ts";
import { openSpenders } from "./spenders.ts";
import { CANCELLED_MINUTE, type Story, type StoryBet, type Told, type Word } from "./story.ts";

const DEPOSIT_MINOR = 100_000_000n;

/** A story's bets in a database, and its source. */
export interface Scene {
  readonly seats: readonly Seat[];
  /** Says it as a source does, in a transaction of its own. Some players have spent until then what they have won, unless the story is plain. */
  tell(told: Told): Promise<void>;
}

/**
 * Writes a story's bets into a database, its events without a result. At once, as ten thousand placements one by one would take longer than
 * what they are for; the stakes are held through the ledger's own verb.
 */
export async function openScene(database: TestDatabase, story: Story): Promise<Scene> {
  const house = openHouse(database);
  await insertEvents(database, story);
  const seats: Seat[] = [];
  for (let tenant = 0; tenant < story.tenants; tenant++) {
    const first = await house.addPlayer({ depositMinor: DEPOSIT_MINOR });
    seats.push(first, await house.addPlayer({ tenantId: first.tenantId, depositMinor: DEPOSIT_MINOR }));
  }
  await insertBets(database, story, seats);
  await insertExposure(database);
  await refuseToSettle(database, story);
  await holdStakes(house.pool, story, seats);
  const spenders = story.plain ? undefined : await openSpenders(house.pool, seats);
  const source = database.pool("linehold_odds", { max: 1 });
  return {
    seats,
    async tell(told) {
      await spenders?.spend();
      await tell(source, story, told);
    },
  };
}

/**
 * What is told by way of the public result, the score once, or claim by claim as it changes. Both hold the event's lock, as every source does.
 */
async function tell(source: Pool, { eventIds, plain }: Story, { event, word }: Told): Promise<void> {
  const eventId = eventIds[event] ?? "";
  await using lease = await source.lease({ access: "write" });
  const { connection } = lease;
  if (plain) {
    const facts = resultOf(word);
    await recordResult(connection, { eventId, facts, source: SOURCE, at: KICK_OFF });
  } else {
    await connection.query("select event_lock($1)", [eventId]);
    await recordFacts(connection, { eventId, source: SOURCE, facts: claimsOf(word), at: KICK_OFF });
  }
  await lease.commit();
}

function resultOf(word: Word): ResultFacts {
  if (word.says === "void") return { state: "void" };
  if (word.says !== "ended") throw new RangeError("Cannot tell of an event that is not over by its result");
  return { state: "final", score: { home: word.score[0], away: word.score[1] } };
}

const COUNT = { statistic: "score", period: "regulation" } as const;

/** Everything that is claimed of an event now, and of what was claimed before that it is not any more. */
function claimsOf(word: Word): FactRow[] {
  if (word.says === "void") return [statusClaim("void", KICK_OFF), NOT_CANCELLED];
  if (word.says === "postponed") return [statusClaim("postponed", KICK_OFF), LATER, NOT_CANCELLED];
  if (word.says === "nothing") {
    const claimed = [
      statusClaim("ended", KICK_OFF),
      ...countClaims({ ...COUNT, home: 0, away: 0, final: true }, KICK_OFF),
    ];
    return [...claimed.map((claim) => retraction(claim, KICK_OFF)), NOT_CANCELLED];
  }
  const [home, away] = word.score;
  const over = word.says === "ended";
  return [
    statusClaim(over ? "ended" : "live", KICK_OFF),
    ...countClaims({ ...COUNT, home, away, final: over }, KICK_OFF),
    word.cancelled === true ? CANCELLED : NOT_CANCELLED,
  ];
}

const MINUTE_MS = 60_000;
const minute = (count: number) => new Date(NOW.getTime() + count * MINUTE_MS);

const CANCELLED = cancelledClaim(
  {
    ...{ cancellationId: "cancelled-1", reason: "incorrect_odds", rule: "Palpable errors" },
    ...{ placedFrom: minute(CANCELLED_MINUTE), placedBefore: minute(CANCELLED_MINUTE + 1) },
  },
  KICK_OFF,
);
const NOT_CANCELLED = retraction(CANCELLED, KICK_OFF);
/** Within the window in which bets stand, so that nothing is decided by the time that passes. */
const LATER = startClaim({ actual: new Date(KICK_OFF.getTime() + 60 * MINUTE_MS) }, KICK_OFF);

async function insertEvents(database: TestDatabase, { eventIds }: Story): Promise<void> {
  await database.owner("insert into feeds (source, last_poll_at, last_good_at) values ($1, $2, $2)", [
    SOURCE,
    NOW,
  ]);
  await database.owner(
    `insert into events (
       event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
       source_version, updated_at
     )
     select event_id, $2, event_id::text, 'soccer', 'c', 'Competition', 'Home', 'Away', $3, 'scheduled', 1, $4
     from unnest($1::uuid[]) as given (event_id)`,
    [eventIds, SOURCE, KICK_OFF, NOW],
  );
}

async function insertBets(
  database: TestDatabase,
  { bets, eventIds }: Story,
  seats: readonly Seat[],
): Promise<void> {
  const seatOf = ({ seat }: StoryBet) => seats[seat];
  const legs = bets.flatMap((bet) => bet.legs.map((leg, index) => ({ bet, leg, number: index + 1 })));
  await database.owner(
    `with placed as (
       insert into bets (
         tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, leg_count, exposure_minor,
         rules_version, terms, placed_at
       )
       select tenant_id, bet_id, player_id, bet_id::text, sha256(bet_id::text::bytea), 'EUR', stake, leg_count, stake, 2, '{}', placed_at
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::smallint[], $6::timestamptz[])
         as given (bet_id, tenant_id, player_id, stake, leg_count, placed_at)
     ), legs as (
       insert into bet_legs (
         tenant_id, bet_id, leg_number, event_id, competition, home, away, starts_at, book, market_type, period, label,
         line_quarters, outcome, price_numerator, price_denominator
       )
       select tenant_id, bet_id, leg_number, event_id, 'Competition', 'Home', 'Away', $15, 'book', market_type, 'regulation', '',
         line_quarters, outcome, hundredths, 100
       from unnest($7::uuid[], $8::uuid[], $9::smallint[], $10::uuid[], $11::text[], $12::integer[], $13::text[], $14::bigint[])
         as given (bet_id, tenant_id, leg_number, event_id, market_type, line_quarters, outcome, hundredths)
     )
     insert into event_tenants (event_id, tenant_id)
     select distinct event_id, tenant_id
     from unnest($8::uuid[], $10::uuid[]) as given (tenant_id, event_id)`,
    [
      bets.map(({ betId }) => betId),
      bets.map((bet) => seatOf(bet)?.tenantId),
      bets.map((bet) => seatOf(bet)?.playerId),
      bets.map(({ stakeMinor }) => stakeMinor),
      bets.map((bet) => bet.legs.length),
      bets.map(({ placedMinute }) => minute(placedMinute)),
      legs.map(({ bet }) => bet.betId),
      legs.map(({ bet }) => seatOf(bet)?.tenantId),
      legs.map(({ number }) => number),
      legs.map(({ leg }) => eventIds[leg.event]),
      legs.map(({ leg }) => leg.marketType),
      legs.map(({ leg }) => leg.lineQuarters),
      legs.map(({ leg }) => leg.outcome),
      legs.map(({ leg }) => leg.hundredths),
      KICK_OFF,
    ],
  );
}

/** The database refuses to settle some: what no statement of the settler's can change. */
async function refuseToSettle(database: TestDatabase, { bets }: Story): Promise<void> {
  const poison = bets.filter((bet) => bet.poison).map(({ betId }) => `'${betId}'`);
  if (poison.length === 0) return;
  await database.owner(
    `alter table settlements add constraint settlements_poison check (bet_id not in (${poison.join(", ")}))`,
  );
}

/** What the bets have taken of their events' and outcomes' room, as their placement would have. */
async function insertExposure(database: TestDatabase): Promise<void> {
  await database.owner(`
    insert into exposure_slots (tenant_id, currency, scope, subject, slot, limit_minor, share_minor, used_minor)
    select bets.tenant_id, bets.currency, subjects.scope, subjects.subject, 1, 1000000000, 1000000000, sum(bets.exposure_minor)
    from bets
    join bet_legs using (tenant_id, bet_id)
    cross join lateral (
      values
        ('event', event_id::text),
        ('outcome', exposure_outcome(event_id, market_type, period, label, line_quarters, outcome))
    ) as subjects (scope, subject)
    group by bets.tenant_id, bets.currency, subjects.scope, subjects.subject`);
}

async function holdStakes(pool: Pool, { bets }: Story, seats: readonly Seat[]): Promise<void> {
  for (const [index, seat] of seats.entries()) {
    await using lease = await pool.lease({ access: "write", tenantId: seat.tenantId, deadlineMs: 60_000 });
    const { cashAccountId, heldAccountId } = await readPlayerAccount(lease.connection, seat);
    const stakes = bets
      .filter((bet) => bet.seat === index)
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
