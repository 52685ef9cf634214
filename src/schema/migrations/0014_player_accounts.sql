-- Players sign in, set themselves limits, pause and exclude themselves. Who a player is stays in player_identities alone; elsewhere there
-- are ids and keyed hashes, from which nobody is found without the key.
alter table players
  add column country text check (country ~ '^[A-Z]{2}$'),
  add column cooling_off_until timestamptz,
  add column closed_at timestamptz,
  add column identity_hashes bytea[] not null default '{}' check (cardinality(identity_hashes) <= 16);
alter table player_identities add column date_of_birth date;

create table player_credentials (
  tenant_id uuid not null,
  player_id uuid not null,
  password_hash text not null check (password_hash like '$argon2id$%' and length(password_hash) <= 200),
  updated_at timestamptz not null,
  primary key (tenant_id, player_id),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id)
);

-- family_hash is the same for all refresh tokens of a session and refresh_hash that of the one not yet spent: whoever shows the family with
-- another token shows a spent one.
create table player_sessions (
  tenant_id uuid not null,
  session_id uuid not null,
  player_id uuid not null,
  family_hash bytea not null check (octet_length(family_hash) = 32),
  refresh_hash bytea not null check (octet_length(refresh_hash) = 32),
  created_at timestamptz not null,
  refresh_until timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  ended_at timestamptz,
  primary key (tenant_id, session_id),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id)
);
create index player_sessions_by_player on player_sessions (tenant_id, player_id, created_at);

-- One row for each account that was tried of late, whether or not there is such an account.
create table sign_in_attempts (
  tenant_id uuid not null,
  subject_hash bytea not null check (octet_length(subject_hash) = 32),
  attempts integer not null check (attempts > 0),
  window_ends_at timestamptz not null,
  primary key (tenant_id, subject_hash)
);
create index sign_in_attempts_by_end on sign_in_attempts (tenant_id, window_ends_at);

-- amount_minor holds until next_at, next_amount_minor from then on; null is no limit.
create table player_limits (
  tenant_id uuid not null,
  player_id uuid not null,
  kind text not null check (kind in ('deposit', 'stake', 'loss')),
  period text not null check (period in ('day', 'week', 'month')),
  amount_minor bigint check (amount_minor >= 0),
  next_amount_minor bigint check (next_amount_minor >= 0),
  next_at timestamptz,
  decided_at timestamptz not null,
  primary key (tenant_id, player_id, kind, period),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id),
  check (next_at is not null or next_amount_minor is null)
);

-- What a tenant decides about its players; without a row, the defaults of the service.
create table player_policies (
  tenant_id uuid primary key,
  retention_days integer not null check (retention_days between 0 and 36500),
  updated_at timestamptz not null
);

-- Whoever is excluded is so at every brand, so that no tenant owns a row. ends_at null is for good. Nothing undoes one: the application may
-- add and read.
create table exclusions (
  identity_hash bytea not null check (octet_length(identity_hash) = 32),
  exclusion_id uuid not null,
  excluded_at timestamptz not null,
  ends_at timestamptz check (ends_at > excluded_at),
  primary key (identity_hash, exclusion_id)
);

-- What a player's exclusions are kept under: the hashes of the person, and of the player itself, which erasure leaves.
create function exclusion_keys(tenant_id uuid, player_id uuid, identity_hashes bytea[]) returns bytea[]
language sql
immutable
as $$
  select identity_hashes || sha256(convert_to(tenant_id::text || '/' || player_id::text, 'UTF8'))
$$;

-- A bet and an exclusion of the same person take turns, as a bet and a result do (event_lock): no bet is committed once an exclusion is.
create function exclusion_lock(hash bytea) returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended(encode(hash, 'hex'), 11))
$$;

create function exclusion_lock_shared(hash bytea) returns void
language sql
as $$
  select pg_advisory_xact_lock_shared(hashtextextended(encode(hash, 'hex'), 11))
$$;

-- Forgets the persons behind accounts of the transaction's tenant that were closed longer ago than it keeps them, and returns how many. The
-- right to do just this is all that the worker has: it can read none of these tables.
create function erase_closed_players(at timestamptz, players_max integer) returns integer
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  kept interval;
  due uuid[];
begin
  select make_interval(hours => 24 * coalesce(max(retention_days), 1825)) into kept
  from player_policies
  where tenant_id = tenant;

  select coalesce(array_agg(player_id), '{}') into due
  from (
    select p.player_id
    from players p
    where p.tenant_id = tenant
      and p.state = 'closed'
      and coalesce(p.closed_at, p.updated_at) <= at - kept
      and exists (select from player_identities i where i.tenant_id = tenant and i.player_id = p.player_id)
    order by p.player_id
    limit players_max
    for update of p skip locked
  ) as closed;

  delete from player_identities where tenant_id = tenant and player_id = any (due);
  delete from player_credentials where tenant_id = tenant and player_id = any (due);
  delete from player_sessions where tenant_id = tenant and player_id = any (due);
  update players set identity_hashes = '{}', country = null where tenant_id = tenant and player_id = any (due);
  return cardinality(due);
end
$$;
revoke execute on function erase_closed_players(timestamptz, integer) from public;

alter table player_credentials enable row level security;
alter table player_credentials force row level security;
create policy player_credentials_of_tenant on player_credentials
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table player_sessions enable row level security;
alter table player_sessions force row level security;
create policy player_sessions_of_tenant on player_sessions
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table sign_in_attempts enable row level security;
alter table sign_in_attempts force row level security;
create policy sign_in_attempts_of_tenant on sign_in_attempts
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table player_limits enable row level security;
alter table player_limits force row level security;
create policy player_limits_of_tenant on player_limits
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table player_policies enable row level security;
alter table player_policies force row level security;
create policy player_policies_of_tenant on player_policies
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant update (cooling_off_until, closed_at) on players to linehold_web;
grant select, insert, update on player_credentials to linehold_web;
grant select, insert, update, delete on player_sessions, sign_in_attempts to linehold_web;
grant select, insert, update on player_limits, player_policies to linehold_web;
grant select, insert on exclusions to linehold_web;
grant execute on function erase_closed_players(timestamptz, integer) to linehold_web, linehold_settlement;
