import {
  beginSession,
  changePlayerState,
  createPlayerTokens,
  registerPlayer,
} from "../../src/players/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { depositDemo, openAccounts } from "../../src/wallets/mod.ts";
import { TEST_PLAYERS } from "../app/players.ts";

/** One statement as the owner, to arrange and to look. */
export interface Owner {
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

/** A player of the crowd, signed in. */
export interface Bettor {
  readonly slug: string;
  readonly tenantId: string;
  readonly playerId: string;
  readonly bearer: string;
  readonly sessionId: string;
}

/** Tenants whose players all bet on one event. */
export interface Crowd {
  readonly eventIds: readonly string[];
  readonly bettors: readonly Bettor[];
}

export interface CrowdOptions {
  readonly tenants: number;
  readonly playersEach: number;
  readonly events?: number;
  readonly depositMinor?: bigint;
  /** What a tenant may lose on an event, and on one outcome of it; and on the draw, which is meant to be used up. */
  readonly eventMaxMinor: bigint;
  readonly drawMaxMinor: bigint;
}

/** At even money the house can lose what is staked. */
const PRICE = { numerator: "2", denominator: "1" };
const BOOK = "crowd";
const SOURCE = "crowd";

/** The settings of a web process in whose eyes the crowd's tokens are good. */
export const CROWD_ENV = {
  PLAYER_TOKEN_KEYS: `test:${Buffer.from(TEST_PLAYERS.tokenKeys[0]?.secret ?? []).toString("base64")}`,
  IDENTITY_KEY: Buffer.from(TEST_PLAYERS.identityKey).toString("base64"),
  PRICE_MAX_AGE: "3600",
} as const;

/** Arranges all of it: tenants by SQL, events as a feed would, players through the real rooms. */
export async function arrangeCrowd(owner: Owner, pool: Pool, options: CrowdOptions): Promise<Crowd> {
  const at = new Date(systemClock.epochMs());
  const eventIds = Array.from({ length: options.events ?? 1 }, () => Bun.randomUUIDv7());
  await owner.query("insert into feeds (source, last_poll_at, last_good_at) values ($1, $2, $2)", [
    SOURCE,
    at,
  ]);
  await owner.query(
    `insert into events (
       event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
       source_version, updated_at
     )
     select id, $2, id, 'soccer', 'c', 'Cup', 'Reds', 'Blues', $3::timestamptz + interval '3 hours', 'scheduled', 1, $3
     from unnest($1::uuid[]) as id`,
    [eventIds, SOURCE, at],
  );
  await owner.query(
    `insert into prices (
       event_id, book, market_type, period, outcome, price_numerator, price_denominator, suspended, updated_at
     )
     select id, $2, '1x2', 'regulation', outcome, 2, 1, false, $3
     from unnest($1::uuid[]) as id cross join unnest(array['home', 'draw', 'away']) as outcome`,
    [eventIds, BOOK, at],
  );
  const bettors: Bettor[] = [];
  for (let count = 0; count < options.tenants; count++)
    bettors.push(...(await arrangeBettors(owner, pool, { ...options, slug: `crowd-${count}`, at })));
  return { eventIds, bettors };
}

async function arrangeBettors(
  owner: Owner,
  pool: Pool,
  {
    slug,
    at,
    playersEach,
    depositMinor = 1_000_000_000n,
    eventMaxMinor,
    drawMaxMinor,
  }: CrowdOptions & { readonly slug: string; readonly at: Date },
): Promise<Bettor[]> {
  const tenantId = Bun.randomUUIDv7();
  await owner.query(
    "insert into tenants (tenant_id, slug, display_name, created_at, updated_at) values ($1, $2, $2, $3, $3)",
    [tenantId, slug, at],
  );
  await owner.query("insert into tenant_betting values ($1, 1, true, $2)", [tenantId, at]);
  await owner.query(
    `insert into betting_limits (
       tenant_id, version, limit_number, currency, scope, market_type, outcome, event_exposure_max_minor,
       outcome_exposure_max_minor
     ) values
       ($1, 1, 1, 'EUR', 'tenant', null, null, $2, $2),
       ($1, 1, 2, 'EUR', 'outcome', '1x2', 'draw', null, $3)`,
    [tenantId, eventMaxMinor, drawMaxMinor],
  );
  const bettors: Bettor[] = [];
  await using lease = await pool.lease({ access: "write", tenantId, deadlineMs: 60_000 });
  const { connection } = lease;
  for (let count = 0; count < playersEach; count++) {
    const { playerId } = await registerPlayer(connection, { tenantId, currency: "EUR", country: "MT", at });
    await changePlayerState(connection, { tenantId, playerId, to: "verified", at });
    await openAccounts(connection, { tenantId, playerId, currency: "EUR", at });
    const player = { playerId, state: "verified", currency: "EUR" };
    await depositDemo(connection, {
      tenantId,
      player,
      amountMinor: depositMinor,
      idempotencyKey: "first",
      at,
    });
    const { sessionId } = await beginSession(connection, { tenantId, playerId, at });
    const bearer = await bearerOf({ tenantId, playerId, sessionId });
    bettors.push({ slug, tenantId, playerId, bearer, sessionId });
  }
  await lease.commit();
  return bettors;
}

async function bearerOf(session: Pick<Bettor, "tenantId" | "playerId" | "sessionId">): Promise<string> {
  const tokens = createPlayerTokens(TEST_PLAYERS.tokenKeys, { clock: systemClock });
  return (await tokens.issue(session)).accessToken;
}

/** The same players with tokens that are good for another five minutes. */
export function renewBearers(bettors: readonly Bettor[]): Promise<Bettor[]> {
  return Promise.all(bettors.map(async (bettor) => ({ ...bettor, bearer: await bearerOf(bettor) })));
}

/** What one request asks for. */
export interface Slip {
  readonly key: string;
  readonly eventId: string;
  readonly outcome: "home" | "draw" | "away";
  readonly stakeMinor: number;
}

/** A slip as it is sent. */
export function bodyOf({ eventId, outcome, stakeMinor }: Slip): string {
  const leg = {
    eventId,
    book: BOOK,
    marketType: "1x2",
    period: "regulation",
    label: "",
    lineQuarters: null,
    outcome,
    fraction: PRICE,
  };
  return JSON.stringify({ stakeMinor, currency: "EUR", legs: [leg] });
}

/** Broken promises of the crowd's ledger, in words: stakes held twice, or a limit passed by a single minor unit. */
export async function findCrowdFaults(owner: Owner): Promise<string[]> {
  const faults: string[] = [];
  for (const [fault, rows] of Object.entries(PROMISES)) {
    const broken = await owner.query<{ readonly subject: string }>(`${rows} limit 5`);
    faults.push(...broken.map(({ subject }) => `${fault}: ${subject}`));
  }
  return faults;
}

const PROMISES: Readonly<Record<string, string>> = {
  "a bet does not hold its stake once": `
    select bet_id::text as subject
    from bets
    left join transfers using (tenant_id, bet_id)
    group by tenant_id, bet_id
    having count(*) filter (where transfers.kind = 'stake') <> 1`,
  "what is held is not what open bets have staked": `
    select accounts.player_id::text as subject
    from accounts
    left join entries using (tenant_id, account_id)
    where accounts.kind = 'stakes_held'
    group by accounts.tenant_id, accounts.player_id
    having coalesce(sum(amount_minor), 0) <> coalesce((
      select sum(stake_minor)
      from bets
      where bets.tenant_id = accounts.tenant_id and bets.player_id = accounts.player_id and bets.state = 'open'), 0)`,
  "a stake is held for no bet": `
    select transfers.bet_id::text as subject
    from transfers
    left join bets using (tenant_id, bet_id)
    where transfers.kind = 'stake' and bets.bet_id is null`,
  "a player is below zero": `
    select account_id::text as subject
    from accounts
    join entries using (tenant_id, account_id)
    where accounts.kind = 'player_cash'
    group by account_id
    having sum(amount_minor) < 0`,
  "the ledger does not sum to zero": `
    select tenant_id::text as subject
    from entries
    group by tenant_id
    having sum(amount_minor) <> 0`,
  "more is exposed than the limit": `
    select subject
    from exposure_slots
    group by tenant_id, currency, scope, subject
    having sum(used_minor) > max(limit_minor)`,
  "what is exposed is not what open bets can cost": `
    select bet_legs.event_id::text as subject
    from bets
    join bet_legs using (tenant_id, bet_id)
    group by bets.tenant_id, bet_legs.event_id
    having sum(bets.exposure_minor) <> (
      select sum(used_minor)
      from exposure_slots
      where exposure_slots.tenant_id = bets.tenant_id
        and scope = 'event'
        and subject = bet_legs.event_id::text)`,
};

/** How often the server had to end a transaction to undo a deadlock. */
export async function countDeadlocks(owner: Owner): Promise<number> {
  const [row] = await owner.query<{ readonly deadlocks: bigint | string }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  return Number(row?.deadlocks ?? 0);
}
