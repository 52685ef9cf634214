-- Bets of several legs, what may be staked and lost on what, and the end of a bet by an operator's hand.
--
-- answer is what the placement answered, byte for byte; absent in bets from before.
alter table bets
  add column answer text check (length(answer) between 2 and 100000),
  add column leg_count smallint not null default 1 check (leg_count between 1 and 100),
  add column limits_version bigint check (limits_version > 0),
  -- What the house can lose by it: its potential return less its stake. It counts in full for the event and the outcome of each of
  -- its legs while the bet is not decided; 0 in bets from before, which count for nothing.
  add column exposure_minor bigint not null default 0 check (exposure_minor >= 0),
  add column voided_at timestamptz,
  add column voided_by text check (length(voided_by) between 1 and 120),
  add column void_reason text check (length(void_reason) between 1 and 200),
  add column void_rule text check (length(void_rule) between 1 and 120);
alter table bets
  drop constraint bets_state_check,
  add constraint bets_state_check check (state in ('open', 'settled', 'quarantined', 'void')),
  add constraint bets_void_told check (
    (state = 'void') = (voided_at is not null)
    and (voided_at is null) = (voided_by is null)
    and (voided_at is null) = (void_reason is null)
    and (voided_at is null) = (void_rule is null));
create index bets_by_player on bets (tenant_id, player_id, bet_id);

grant update (state, settlement_version, voided_at, voided_by, void_reason, void_rule) on bets to linehold_web;

-- Every grade that a leg was ever given, one a version of the result: the ground a bet of several legs is paid on. The reason is not
-- held to a list here, as the settlement's own is.
create table leg_grades (
  tenant_id uuid not null,
  bet_id uuid not null,
  leg_number smallint not null,
  result_version integer not null check (result_version > 0),
  result smallint not null check (result in (0, 1)),
  void_halves smallint not null check (void_halves in (0, 1, 2)),
  dead_heat_numerator bigint not null check (dead_heat_numerator > 0),
  dead_heat_denominator bigint not null check (dead_heat_denominator >= dead_heat_numerator),
  deduction_numerator bigint not null check (deduction_numerator >= 0),
  deduction_denominator bigint not null check (deduction_denominator > 0 and deduction_denominator >= deduction_numerator),
  reason text not null check (reason ~ '^[a-z_]{1,60}$'),
  graded_at timestamptz not null,
  primary key (tenant_id, bet_id, leg_number, result_version),
  foreign key (tenant_id, bet_id, leg_number) references bet_legs (tenant_id, bet_id, leg_number),
  check (void_halves < 2 or result = 0)
);

-- A settlement names the event whose result decided the bet, and its exact return; the grade is that leg's, and with several legs it is one
-- of those in leg_grades. Twenty legs multiply: their exact return outgrows 120 digits.
alter table settlements
  alter column return_numerator type numeric(1000, 0),
  alter column return_denominator type numeric(1000, 0);

-- Whoever pays: no bet of several legs before one of them is lost or all of them are graded. A settler of the release before knows of
-- one leg alone, and would pay on the first result.
create function assert_legs_decided() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  legs smallint;
  graded bigint;
  lost boolean;
begin
  select leg_count into legs
  from bets
  where tenant_id = new.tenant_id and bet_id = new.bet_id;
  if legs = 1 then
    return new;
  end if;
  select count(distinct leg_number), bool_or(result = 0 and void_halves = 0) into graded, lost
  from leg_grades
  where tenant_id = new.tenant_id and bet_id = new.bet_id;
  if legs is null or (graded < legs and lost is distinct from true) then
    raise exception 'Cannot settle bet % as % of its % legs are graded and none is lost', new.bet_id, graded, legs
      using errcode = 'check_violation', constraint = 'legs_decided', table = 'settlements';
  end if;
  return new;
end
$$;

create trigger settlements_decided before insert on settlements
  for each row execute function assert_legs_decided();

-- Whether a tenant takes bets at all, and the version of all its limits. Without a row: it does, and the limits in code hold.
create table tenant_betting (
  tenant_id uuid primary key,
  version bigint not null check (version > 0),
  betting_open boolean not null,
  updated_at timestamptz not null
);

-- A row limits every bet that all of its fields name, an absent field being any; of all rows that name a bet the strictest holds. Minor
-- units of the currency. Those of the tenant's present version count; those of before stay, as bets name the version they were taken under.
-- What the house may lose is a limit of an event or an outcome, whoever bets: no player's row has one.
create table betting_limits (
  tenant_id uuid not null,
  version bigint not null check (version > 0),
  limit_number smallint not null check (limit_number > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  scope text not null check (scope in ('tenant', 'event', 'market', 'outcome', 'player')),
  player_id uuid,
  event_id uuid,
  market_type text check (length(market_type) between 1 and 60),
  period text check (length(period) between 1 and 60),
  label text check (length(label) <= 500),
  line_quarters integer,
  outcome text check (length(outcome) between 1 and 200),
  stake_min_minor bigint check (stake_min_minor >= 0),
  stake_max_minor bigint check (stake_max_minor >= 0),
  payout_max_minor bigint check (payout_max_minor >= 0),
  event_exposure_max_minor bigint check (event_exposure_max_minor >= 0),
  outcome_exposure_max_minor bigint check (outcome_exposure_max_minor >= 0),
  primary key (tenant_id, version, limit_number),
  check ((scope = 'player') = (player_id is not null)),
  check ((scope in ('market', 'outcome')) = (market_type is not null)),
  check ((scope = 'outcome') = (outcome is not null)),
  check (scope <> 'event' or event_id is not null),
  check (scope in ('event', 'market', 'outcome') or event_id is null),
  check (market_type is not null or (period is null and label is null and line_quarters is null)),
  check (event_exposure_max_minor is null or scope in ('tenant', 'event')),
  check (outcome_exposure_max_minor is null or scope <> 'player')
);

-- What may be lost on one event or one outcome, shared among eight rows, so that eight placements on the same one need not wait for
-- each other. share_minor is a row's part of limit_minor, used_minor what undecided bets have taken of it. The sum of what is used is
-- never above the limit, since no row's is above its share and the shares are made under the locks of all eight.
create table exposure_slots (
  tenant_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  scope text not null check (scope in ('event', 'outcome')),
  subject text collate "C" not null check (length(subject) between 36 and 1000),
  slot smallint not null check (slot between 1 and 8),
  limit_minor bigint not null check (limit_minor >= 0),
  share_minor bigint not null check (share_minor >= 0),
  used_minor bigint not null check (used_minor >= 0),
  primary key (tenant_id, currency, scope, subject, slot),
  check (used_minor <= share_minor)
) with (fillfactor = 50);

-- The outcome that a leg is on, whoever's the price: the same text wherever exposure is taken or given back.
create function exposure_outcome(
  event_id uuid, market_type text, period text, label text, line_quarters integer, outcome text
) returns text
language sql immutable
as $$
  select event_id::text || chr(31) || market_type || chr(31) || period || chr(31) || label || chr(31)
    || coalesce(line_quarters::text, '') || chr(31) || outcome
$$;

-- Takes one bet's exposure on everything named, or raises LH001 with what of it has how much room left: then nothing of the
-- transaction holds. To be the last statement before the commit, as the rows are hot.
--
-- One order of all locks, by currency, scope, subject and slot, keeps placements from waiting in a circle: whoever waits for a row
-- holds none that comes after it. A transaction that has a row of a subject never waits for another of the same, so each try below
-- that might end with a locked row it cannot use is undone, and its locks with it, before the next one waits.
create function take_exposure(
  tenant uuid, money text, amount bigint, scopes text[], subjects text[], limits bigint[]
) returns void
language plpgsql
as $$
declare
  wanted record;
begin
  begin
    for wanted in
      select * from unnest(scopes, subjects, limits) as asked (scope, subject, limit_minor)
      order by asked.scope collate "C", asked.subject collate "C"
    loop
      update exposure_slots
      set used_minor = used_minor + amount
      where tenant_id = tenant and currency = money and scope = wanted.scope and subject = wanted.subject
        and limit_minor = wanted.limit_minor
        and slot = (
          select slot
          from exposure_slots
          where tenant_id = tenant and currency = money and scope = wanted.scope and subject = wanted.subject
            and limit_minor = wanted.limit_minor
            and share_minor - used_minor >= amount
          limit 1
          for update skip locked);
      if not found then
        raise sqlstate 'LH000';
      end if;
    end loop;
    return;
  exception
    when sqlstate 'LH000' then null;
  end;
  for wanted in
    select * from unnest(scopes, subjects, limits) as asked (scope, subject, limit_minor)
    order by asked.scope collate "C", asked.subject collate "C"
  loop
    if not wait_for_exposure(tenant, money, amount, wanted.scope, wanted.subject, wanted.limit_minor) then
      perform share_exposure(tenant, money, amount, wanted.scope, wanted.subject, wanted.limit_minor);
    end if;
  end loop;
end
$$;

-- Waits its turn for one row that has room; false, and nothing locked, when there is none or it has been used up meanwhile.
create function wait_for_exposure(
  tenant uuid, money text, amount bigint, of_scope text, of_subject text, limit_of bigint
) returns boolean
language plpgsql
as $$
declare
  chosen smallint;
begin
  -- Any of those with room: all who wait for the first would wait for the same.
  select slot into chosen
  from exposure_slots
  where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject
    and limit_minor = limit_of
    and share_minor - used_minor >= amount
  order by random()
  limit 1;
  if not found then
    return false;
  end if;
  begin
    update exposure_slots
    set used_minor = used_minor + amount
    where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject and slot = chosen
      and limit_minor = limit_of
      and share_minor - used_minor >= amount;
    if not found then
      raise sqlstate 'LH000';
    end if;
    return true;
  exception
    when sqlstate 'LH000' then return false;
  end;
end
$$;

-- Locks all rows of a subject, makes them on its first bet, and shares anew what is left of the limit as it is now.
create function share_exposure(
  tenant uuid, money text, amount bigint, of_scope text, of_subject text, limit_of bigint
) returns void
language plpgsql
as $$
declare
  room bigint;
begin
  insert into exposure_slots (tenant_id, currency, scope, subject, slot, limit_minor, share_minor, used_minor)
  select tenant, money, of_scope, of_subject, slot, 0, 0, 0
  from generate_series(1, 8) as slot
  where not exists (
    select
    from exposure_slots
    where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject)
  order by slot
  on conflict do nothing;

  perform 1
  from exposure_slots
  where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject
  order by slot
  for update;

  -- A statement of its own, after the locks: within the one above it would be of the moment before the wait.
  select limit_of - sum(used_minor) into room
  from exposure_slots
  where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject;
  if room < amount then
    raise exception 'Cannot take % of % as % is left', amount, of_scope, room
      using errcode = 'LH001', constraint = of_scope, detail = greatest(room, 0)::text;
  end if;

  update exposure_slots
  set limit_minor = limit_of,
      used_minor = used_minor + case slot when 1 then amount else 0 end,
      share_minor = used_minor + case slot when 1 then amount else 0 end
        + (room - amount) / 8 + case when slot <= (room - amount) % 8 then 1 else 0 end
  where tenant_id = tenant and currency = money and scope = of_scope and subject = of_subject;
end
$$;

-- Placements of a tenant share its limits' lock; whoever has changed them waits here until those that began before are over.
create function limits_lock(tenant uuid) returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended(tenant::text, 17))
$$;

create function limits_lock_shared(tenant uuid) returns void
language sql
as $$
  select pg_advisory_xact_lock_shared(hashtextextended(tenant::text, 17))
$$;

alter table leg_grades enable row level security;
alter table leg_grades force row level security;
create policy leg_grades_of_tenant on leg_grades
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table tenant_betting enable row level security;
alter table tenant_betting force row level security;
create policy tenant_betting_of_tenant on tenant_betting
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table betting_limits enable row level security;
alter table betting_limits force row level security;
create policy betting_limits_of_tenant on betting_limits
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table exposure_slots enable row level security;
alter table exposure_slots force row level security;
create policy exposure_slots_of_tenant on exposure_slots
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on leg_grades to linehold_web;
grant select, insert on leg_grades to linehold_settlement;
grant select, insert, update on tenant_betting to linehold_web;
grant select, insert on betting_limits to linehold_web;
grant select, insert, update (limit_minor, share_minor, used_minor) on exposure_slots to linehold_web;
grant select, update (used_minor) on exposure_slots to linehold_settlement;
