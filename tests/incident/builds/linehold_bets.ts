import { placeBet } from "../../../src/bets/mod.ts";
import { fraction } from "../../../src/markets/mod.ts";
import { changePlayerState, registerPlayer } from "../../../src/players/mod.ts";
import { openPool, type Pool } from "../../../src/pool/mod.ts";
import { sleep, systemClock } from "../../../src/resilience/mod.ts";
import { depositDemo, openAccounts } from "../../../src/wallets/mod.ts";
import type { Owner } from "../database.ts";

/** Events with open bets on them, whose results come one by one: work for settlement, before, amid and after the faults. */
export interface Matchday {
  /** Begins to record results, evenly until the load ends. */
  begin(): AsyncDisposable;
}

export interface MatchdayOptions {
  readonly loginUrl: string;
  /** Their players bet. */
  readonly slugs: readonly string[];
  readonly durationMs: number;
}

const PLAYERS = 6;
const RESULT_EVERY_MS = 500;
const SOURCE = "incident";
const PRICE = fraction(21n, 10n);

/** Adds the events by SQL, as a feed would, and places each player's bet on each of them through the real rooms. */
export async function arrangeMatchday(owner: Owner, options: MatchdayOptions): Promise<Matchday> {
  const count = Math.ceil(options.durationMs / RESULT_EVERY_MS);
  const events = Array.from({ length: count }, () => Bun.randomUUIDv7());
  await insertEvents(owner, events);
  await using pool = openPool(
    { url: options.loginUrl, role: "linehold_web", applicationName: "incident bettors", max: PLAYERS },
    { clock: systemClock, random: Math.random },
  );
  const tenants = await owner.query<{ tenantId: string }>(
    `select tenant_id as "tenantId" from tenants where slug = any($1) limit $2`,
    [options.slugs, PLAYERS],
  );
  await Promise.all(tenants.map(({ tenantId }) => betOnAll(pool, { tenantId, events })));
  return { begin: () => recordResults(owner, events) };
}

async function betOnAll(
  pool: Pool,
  { events, tenantId }: { tenantId: string; events: readonly string[] },
): Promise<void> {
  const playerId = await openPlayer(pool, tenantId);
  for (const eventId of events) {
    const selection = {
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: "home",
    };
    const leg = { ...selection, eventId, book: SOURCE, price: PRICE };
    const request = { tenantId, playerId, idempotencyKey: eventId, stakeMinor: 500n, legs: [leg] };
    await placeBet(request, { pool, clock: systemClock, limits: { priceAgeMaxMs: 3_600_000 } });
  }
}

async function openPlayer(pool: Pool, tenantId: string): Promise<string> {
  const at = new Date(systemClock.epochMs());
  await using lease = await pool.lease({ access: "write", tenantId });
  const { connection } = lease;
  const { currency, playerId } = await registerPlayer(connection, { tenantId, currency: "EUR", at });
  await changePlayerState(connection, { tenantId, playerId, to: "verified", at });
  await openAccounts(connection, { tenantId, playerId, currency, at });
  const player = { playerId, state: "verified", currency };
  await depositDemo(connection, { tenantId, player, amountMinor: 10_000_000n, idempotencyKey: "first", at });
  await lease.commit();
  return playerId;
}

async function insertEvents(owner: Owner, events: readonly string[]): Promise<void> {
  const now = new Date(systemClock.epochMs());
  await owner.query("insert into feeds (source, last_poll_at, last_good_at) values ($1, $2, $2)", [
    SOURCE,
    now,
  ]);
  await owner.query(
    `insert into events (
       event_id, source, source_event_id, sport, competition_id, competition, home, away,
       starts_at, status, source_version, updated_at
     )
     select event_id, $2, event_id, 'soccer', $2, 'Incident cup', 'Reds', 'Blues',
       $3::timestamptz + interval '1 hour', 'scheduled', 1, $3
     from unnest($1::uuid[]) as event_id`,
    [events, SOURCE, now],
  );
  await owner.query(
    `insert into prices (
       event_id, book, market_type, period, outcome, price_numerator, price_denominator, suspended, updated_at
     )
     select event_id, $2, '1x2', 'regulation', 'home', $4, $5, false, $3
     from unnest($1::uuid[]) as event_id`,
    [events, SOURCE, now, PRICE.numerator, PRICE.denominator],
  );
}

const INSERT_RESULT = `
  insert into results (event_id, version, state, home_score, away_score, source, recorded_at)
  values ($1, 1, 'final', 2, 1, $2, $3)
  on conflict do nothing`;

function recordResults(owner: Owner, events: readonly string[]): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const record = async () => {
    const waiting = [...events];
    while (waiting.length > 0 && !signal.aborted) {
      const [eventId] = waiting;
      const values = [eventId, SOURCE, new Date(systemClock.epochMs())];
      // While the database cannot take it, the result waits, as it would at its source.
      await owner.query(INSERT_RESULT, values).then(
        () => waiting.shift(),
        () => undefined,
      );
      await sleep(RESULT_EVERY_MS, { clock: systemClock, signal }).catch(() => undefined);
    }
  };
  const recording = record();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await recording;
    },
  };
}
