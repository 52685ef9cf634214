-- How a tenant's bets are settled: the published rules under which they are taken, what becomes of a balance that a correction took below
-- zero, and for how long facts have waited to be settled.

-- Rules for everything that the catalogue knows. Published once and never edited: a change is the next version.
insert into house_rules (rules_version, document, published_at) values (
  2,
  '{
    "1x2": {
      "period": "regulation",
      "extra_time_counts": false
    },
    "void_result": "stake_returned",
    "rounding": "nearest_minor_unit_halves_to_player",
    "decided_markets": "paid_at_once",
    "postponed": {
      "default": {"play_within_hours": 24},
      "soccer": {"play_within_hours": 48},
      "tennis": {"play_within_hours": 72},
      "cricket": {"play_within_hours": 72}
    },
    "abandoned": {
      "default": {"resume": {"play_within_hours": 24}, "decided": "stands"},
      "soccer": {"resume": {"play_within_hours": 48}, "decided": "stands"},
      "tennis": {"resume": {"play_within_hours": 72}, "decided": "stands"},
      "cricket": {"resume": {"play_within_hours": 72}, "decided": "stands"}
    },
    "cancelled": "stake_returned",
    "walkover": "stake_returned",
    "retired": {
      "default": "stake_returned",
      "tennis": "stands_after_first_set",
      "mma": "stands_once_begun",
      "boxing": "stands_once_begun"
    },
    "overtime": {
      "default": "counts",
      "soccer": "excluded"
    },
    "level_winner": "stake_returned",
    "dead_heat": {
      "default": "shared"
    },
    "deductions": {
      "table": [
        {"up_to": "1.12", "pence": 90},
        {"up_to": "1.19", "pence": 85},
        {"up_to": "1.27", "pence": 80},
        {"up_to": "1.33", "pence": 75},
        {"up_to": "1.44", "pence": 70},
        {"up_to": "1.57", "pence": 65},
        {"up_to": "1.66", "pence": 60},
        {"up_to": "1.83", "pence": 55},
        {"up_to": "1.99", "pence": 50},
        {"up_to": "2.24", "pence": 45},
        {"up_to": "2.59", "pence": 40},
        {"up_to": "2.79", "pence": 35},
        {"up_to": "3.39", "pence": 30},
        {"up_to": "4.19", "pence": 25},
        {"up_to": "5.40", "pence": 20},
        {"up_to": "6.99", "pence": 15},
        {"up_to": "10.99", "pence": 10},
        {"up_to": "15", "pence": 5}
      ],
      "most_pence": 90
    },
    "listed_pitchers": "void_if_changed",
    "minimum_play": [
      {
        "sport": "baseball",
        "market_types": [
          "moneyline"
        ],
        "least": 4.5
      },
      {
        "sport": "baseball",
        "market_types": [
          "total",
          "asian_handicap",
          "team_total_home",
          "team_total_away",
          "odd_even"
        ],
        "least": 8.5
      },
      {
        "sport": "basketball",
        "market_types": "all",
        "least": 43
      },
      {
        "sport": "american_football",
        "market_types": "all",
        "least": 55
      },
      {
        "sport": "ice_hockey",
        "market_types": "all",
        "least": 55
      }
    ],
    "round_seconds": {
      "mma": 300,
      "boxing": 180
    },
    "card_points": {
      "yellow": 1,
      "red": 2
    },
    "scorers": {
      "own_goals": "ignored",
      "not_taking_part": "stake_returned"
    }
  }',
  '2026-11-27T00:00:00Z'
);

-- What a tenant decides about settlement. rules_version null: the newest published, as it is for a tenant without a row; bets are frozen with
-- the number at placement, so that a choice concerns those that come after it. negative_balance: what becomes of a player whom a corrected
-- result leaves below zero. The debt stands, or is paid from the tenant's adjustments, or it stands and the player is frozen.
create table tenant_settlement (
  tenant_id uuid primary key,
  version bigint not null check (version > 0),
  rules_version integer check (rules_version > 0),
  negative_balance text not null check (negative_balance in ('debt', 'write_off', 'freeze')),
  updated_at timestamptz not null
);
create constraint trigger tenant_settlement_changed
  after insert or update or delete on tenant_settlement
  deferrable initially deferred
  for each row execute function record_row_change('house_rules');

-- A frozen player neither bets nor withdraws until an operator lifts it; deposits go on, since they are how a debt is paid. A table of its own,
-- beside the player's state: it is written and read under the lock of the player's debits, so that whoever settles never waits for the player's
-- row, which a placement shares while it waits for that lock. bet_id and settlement_version: the correction that was the cause; each acts once.
create table player_freezes (
  tenant_id uuid not null,
  freeze_id uuid not null,
  player_id uuid not null,
  bet_id uuid not null,
  settlement_version integer not null check (settlement_version > 0),
  frozen_at timestamptz not null,
  lifted_at timestamptz check (lifted_at >= frozen_at),
  lifted_by text check (length(lifted_by) between 1 and 120),
  primary key (tenant_id, freeze_id),
  unique (tenant_id, bet_id, settlement_version),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id),
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index player_freezes_in_force on player_freezes (tenant_id, player_id) where lifted_at is null;

-- For how long facts have waited to be settled, by the clock of the database: a measure for whoever is on call, on which no money depends.
-- behind_since: since when the pair has facts that no job was made of. waiting_since: the same of a job, handed on by the pair it was made
-- of and by the jobs whose place it takes.
alter table event_tenants add column behind_since timestamptz;
update event_tenants set behind_since = clock_timestamp() where fact_version > result_version;
alter table settlement_jobs add column waiting_since timestamptz not null default now();

create function note_behind() returns trigger
language plpgsql
as $$
begin
  if new.fact_version > new.result_version and (tg_op = 'INSERT' or old.fact_version <= old.result_version) then
    new.behind_since := clock_timestamp();
  end if;
  return new;
end
$$;
create trigger event_tenants_behind before insert or update of fact_version on event_tenants
  for each row execute function note_behind();

-- With the owner's rights: whoever makes a job may not write the column.
create function note_waiting() returns trigger
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  select least(new.waiting_since, min(since)) into new.waiting_since
  from (
    select behind_since
    from event_tenants
    where event_id = new.event_id and tenant_id = new.tenant_id
    union all
    select waiting_since
    from settlement_jobs
    where event_id = new.event_id and tenant_id = new.tenant_id
  ) as earlier (since);
  update event_tenants
  set behind_since = null
  where event_id = new.event_id and tenant_id = new.tenant_id and fact_version <= result_version and behind_since is not null;
  return new;
end
$$;
revoke execute on function note_waiting() from public;
create trigger settlement_jobs_waiting before insert on settlement_jobs
  for each row execute function note_waiting();

-- Bets that could not be settled at the first try: a person looks at those that are left.
create index bets_stuck on bets (tenant_id, bet_id) where settlement_attempts > 0;

alter table tenant_settlement enable row level security;
alter table tenant_settlement force row level security;
create policy tenant_settlement_of_tenant on tenant_settlement
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table player_freezes enable row level security;
alter table player_freezes force row level security;
create policy player_freezes_of_tenant on player_freezes
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on tenant_settlement to linehold_read, linehold_web, linehold_settlement;
grant insert, update on tenant_settlement to linehold_web;
grant select, insert on player_freezes to linehold_web, linehold_settlement;
grant update (lifted_at, lifted_by) on player_freezes to linehold_web;
-- The tenant's adjustments account, from which a debt is written off, may not be open yet.
grant insert on accounts to linehold_settlement;
