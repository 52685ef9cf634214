import { openSession, type Session } from "../../src/pool/mod.ts";

/** Who bets: tenants, in each of them so many players, and the events that they bet on. */
export interface Seeding {
  /** Each gets `bets` open bets; the result of each will be a win of the home side. */
  readonly targets: readonly string[];
  readonly bets: number;
  /** Bets on other events for one on each target, in between in the order of their placement: as a table really fills. */
  readonly othersPerTurn: number;
  readonly otherEventIds: readonly string[];
}

/** Of a bet on a target, one in so many is a double, whose other leg is on one of the other events. */
export const DOUBLES_EVERY = 10;
/** All prices are even money, as the crowd's are. */
const LIMIT_MINOR = 1_000_000_000_000n;

/** A connection as the owner, with no deadline: a seeding statement takes what it takes. */
export function openOwner(url: string): Promise<Session> {
  return openSession({ url, applicationName: "linehold bench owner", connectTimeoutMs: 10_000 });
}

/**
 * Players beside those of the crowd, with a wallet and a deposit each.
 *
 * Written at once and without the triggers, which would look at each row: that the ledger is whole is for the audit to say.
 */
export async function seedPlayers(owner: Session, playersEach: number): Promise<void> {
  await owner.execute(`
    begin;
    set local session_replication_role = replica;
    ${ID_AT}
    create temp table newcomers on commit drop as
    select
      tenant_id,
      pg_temp.id_at(millis, 1, n) as player_id,
      pg_temp.id_at(millis, 2, n) as cash,
      pg_temp.id_at(millis, 3, n) as held,
      pg_temp.id_at(millis, 4, n) as transfer_id,
      clearing.account_id as clearing,
      at
    from (
      select
        accounts.*,
        row_number() over (order by tenant_id) as tenant_number,
        (floor(extract(epoch from opened_at) * 1000))::bigint as millis,
        date_trunc('milliseconds', opened_at) as at
      from accounts
      where kind = 'clearing'
    ) as clearing
    cross join lateral (
      select tenant_number * 1000000 + number as n
      from generate_series(1, ${playersEach}) as number
    ) as numbers;
    insert into players (tenant_id, player_id, state, currency, country, created_at, updated_at)
    select tenant_id, player_id, 'verified', 'EUR', 'MT', at, at from newcomers;
    insert into accounts (tenant_id, account_id, kind, currency, player_id, opened_at)
    select tenant_id, cash, 'player_cash', 'EUR', player_id, at from newcomers
    union all
    select tenant_id, held, 'stakes_held', 'EUR', player_id, at from newcomers;
    insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
    select tenant_id, transfer_id, 'deposit/' || player_id || '/first', 'deposit', 'EUR', 2, at from newcomers;
    insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
    select tenant_id, transfer_id, cash, 'EUR', 1000000000 from newcomers
    union all
    select tenant_id, transfer_id, clearing, 'EUR', -1000000000 from newcomers;
    commit`);
}

/**
 * Open bets with their legs, held stakes and exposure, in the order of their placement, over all tenants and players. As `seedPlayers`,
 * without the triggers; and the indexes are built at the end, of all rows at once, which is most of what a row costs.
 */
export async function seedBets(ownerUrl: string, seeding: Seeding): Promise<void> {
  await using bets = await openOwner(ownerUrl);
  await using ledger = await openOwner(ownerUrl);
  for (const session of [bets, ledger]) await session.execute(SETTINGS);
  await bets.execute(generated(seeding));
  // Until they are built again, nothing keeps them up and nothing reads them.
  await bets.execute(
    `update pg_index set indisready = false where indrelid = any (array[${TABLES}]::regclass[])`,
  );
  // One on each processor.
  await Promise.all([bets.execute(BETS), ledger.execute(LEDGER)]);
  await Promise.all([
    bets.execute("reindex table bets; reindex table bet_answers; reindex table bet_legs"),
    ledger.execute("reindex table transfers; reindex table entries"),
  ]);
  await bets.execute(EXPOSURE);
  await bets.execute("vacuum (analyze)");
}

const TABLES = "'bets', 'bet_answers', 'bet_legs', 'transfers', 'entries'";

const SETTINGS = `
  set session_replication_role = replica;
  set work_mem = '128MB';
  set maintenance_work_mem = '512MB';
  set synchronous_commit = off`;

/** An id of its millisecond (RFC 9562, version 7), another for each kind of row and each number. */
const ID_AT = `
  create or replace function pg_temp.id_at(millis bigint, kind integer, number bigint) returns uuid
  language sql immutable
  as $$
    select (
      lpad(to_hex(millis), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(number), 15, '0'))::uuid
  $$;`;

function generated({ targets, bets, othersPerTurn, otherEventIds }: Seeding): string {
  const cycle = targets.length + othersPerTurn;
  const ids = (eventIds: readonly string[]) => `array[${eventIds.map((id) => `'${id}'`).join(", ")}]::uuid[]`;
  return `
    ${ID_AT}
    create temp table seats as
    select
      row_number() over (partition by cash.tenant_id order by cash.player_id) - 1 as seat,
      dense_rank() over (order by cash.tenant_id) - 1 as tenant,
      cash.tenant_id, cash.player_id, cash.account_id as cash, held.account_id as held
    from accounts as cash
    join accounts as held on held.tenant_id = cash.tenant_id and held.player_id = cash.player_id and held.kind = 'stakes_held'
    where cash.kind = 'player_cash';
    create temp table numbered as
    select
      n,
      n / ${cycle} as turn,
      n % ${cycle} as place,
      n / ${cycle} % (select max(tenant) + 1 from seats) as tenant,
      (n::bigint * 7919) % (select max(seat) + 1 from seats) as seat
    from generate_series(0, ${bets * cycle - 1}) as n;
    analyze seats;
    analyze numbered;
    create unlogged table seeded as
    select
      n,
      tenant_id, player_id, cash, held,
      pg_temp.id_at(first_ms + n, 5, n) as bet_id,
      pg_temp.id_at(first_ms + n, 6, n) as transfer_id,
      to_timestamp((first_ms + n) / 1000.0) as placed_at,
      starts_at,
      100 + n % 97 as stake,
      (array['home', 'draw', 'away'])[1 + (turn / 5 + place) % 3] as outcome,
      case when place < ${targets.length} then (${ids(targets)})[1 + place]
        else (${ids(otherEventIds)})[1 + n % ${otherEventIds.length}] end as event_id,
      case when place < ${targets.length} and turn / 15 % ${DOUBLES_EVERY} = 0
        then (${ids(otherEventIds)})[1 + turn % ${otherEventIds.length}] end as other_event_id
    from numbered
    join seats using (tenant, seat)
    cross join (
      select (floor(extract(epoch from min(updated_at)) * 1000))::bigint - 3600000 as first_ms, min(starts_at) as starts_at
      from events
    ) as times
    order by n;
    drop table seats, numbered`;
}

const LEG = "1, 'Cup', 'Reds', 'Blues', starts_at, 'crowd', '1x2', 'regulation', ''";
const LEG_COLUMNS = `
  tenant_id, bet_id, event_id, leg_number, competition, home, away, starts_at, book, market_type, period, label, outcome,
  price_numerator, price_denominator`;

const BETS = `
  insert into bets (
    tenant_id, bet_id, player_id, idempotency_key, request_hash, currency, stake_minor, rules_version, terms, placed_at,
    leg_count, limits_version, exposure_minor
  )
  select
    tenant_id, bet_id, player_id, bet_id::text, sha256(bet_id::text::bytea), 'EUR', stake, 1, '{"onPriceChange": "none"}', placed_at,
    case when other_event_id is null then 1 else 2 end, 1,
    stake * case when other_event_id is null then 1 else 3 end
  from seeded;
  insert into bet_answers (tenant_id, bet_id, answer)
  -- As long as the answer to a placement is.
  select tenant_id, bet_id, rpad('{"betId":"' || bet_id || '"', 600)
  from seeded;
  insert into bet_legs (${LEG_COLUMNS})
  select tenant_id, bet_id, event_id, ${LEG}, outcome, 2, 1
  from seeded;
  insert into bet_legs (${LEG_COLUMNS})
  select tenant_id, bet_id, other_event_id, ${LEG.replace("1,", "2,")}, 'home', 2, 1
  from seeded
  where other_event_id is not null`;

const LEDGER = `
  insert into transfers (
    tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, occurred_at
  )
  select tenant_id, transfer_id, 'stake/' || bet_id, 'stake', 'EUR', 2, bet_id, placed_at
  from seeded;
  insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
  select tenant_id, transfer_id, entry.account_id, 'EUR', entry.amount
  from seeded
  cross join lateral (values (cash, -stake), (held, stake)) as entry (account_id, amount)`;

/** What a placement would have left there: the sum of what open bets can cost, shared among eight rows. */
const EXPOSURE = `
  create temp table legs as
  select tenant_id, event_id, outcome, sum(stake * case when other_event_id is null then 1 else 3 end)::bigint as exposure
  from seeded
  group by tenant_id, event_id, outcome
  union all
  select tenant_id, other_event_id, 'home', sum(stake * 3)::bigint
  from seeded
  where other_event_id is not null
  group by tenant_id, other_event_id;
  drop table seeded;
  insert into event_tenants (event_id, tenant_id)
  select distinct event_id, tenant_id
  from legs
  on conflict do nothing;
  insert into exposure_slots (tenant_id, currency, scope, subject, slot, limit_minor, share_minor, used_minor)
  select
    tenant_id, 'EUR', scope, subject, slot, ${LIMIT_MINOR},
    used / 8 + case when slot <= used % 8 then 1 else 0 end
      + (${LIMIT_MINOR} - used) / 8 + case when slot <= (${LIMIT_MINOR} - used) % 8 then 1 else 0 end,
    used / 8 + case when slot <= used % 8 then 1 else 0 end
  from (
    select legs.tenant_id, subjects.scope, subjects.subject, sum(legs.exposure)::bigint as used
    from legs
    cross join lateral (
      values
        ('event', event_id::text),
        ('outcome', exposure_outcome(event_id, '1x2', 'regulation', '', null, outcome))
    ) as subjects (scope, subject)
    group by legs.tenant_id, subjects.scope, subjects.subject
  ) as taken
  cross join generate_series(1, 8) as slot`;
