-- What was staked, on what, at which price and under which rules: frozen at placement, so that no later change of any of them alters a bet.
-- Published rules, never edited: a change is a new version. Every tenant plays under version 1 until it names another.
create table house_rules (
  rules_version integer primary key check (rules_version > 0),
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  published_at timestamptz not null
);

insert into house_rules (rules_version, document, published_at) values (
  1,
  '{
    "1x2": {"period": "regulation", "extra_time_counts": false},
    "void_result": "stake_returned",
    "rounding": "nearest_minor_unit_halves_to_player"
  }',
  '2025-01-01T00:00:00Z'
);

create table bets (
  tenant_id uuid not null,
  bet_id uuid not null,
  player_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  state text not null default 'open' check (state in ('open', 'settled', 'quarantined')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  stake_minor bigint not null check (stake_minor > 0),
  rules_version integer not null check (rules_version > 0),
  terms jsonb not null check (jsonb_typeof(terms) = 'object'),
  placed_at timestamptz not null,
  settlement_version integer not null default 0 check (settlement_version >= 0),
  settlement_attempts smallint not null default 0 check (settlement_attempts >= 0),
  settlement_retry_at timestamptz,
  settlement_failure text check (length(settlement_failure) between 1 and 120),
  primary key (tenant_id, bet_id),
  unique (tenant_id, player_id, idempotency_key),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id),
  check (state <> 'settled' or settlement_version > 0),
  check (state <> 'quarantined' or settlement_failure is not null)
);

-- The event's names and start are copied: a bet stays readable when the feed renames or forgets its event.
-- result_version is the version of the result by which the leg was last graded, null while it awaits one.
create table bet_legs (
  tenant_id uuid not null,
  bet_id uuid not null,
  leg_number smallint not null check (leg_number > 0),
  event_id uuid not null,
  competition text not null,
  home text not null,
  away text not null,
  starts_at timestamptz not null,
  book text not null,
  market_type text not null,
  period text not null,
  label text not null,
  line_quarters integer,
  outcome text not null,
  price_numerator bigint not null,
  price_denominator bigint not null check (price_denominator > 0),
  result_version integer check (result_version > 0),
  primary key (tenant_id, bet_id, leg_number),
  foreign key (tenant_id, bet_id) references bets (tenant_id, bet_id),
  check (price_numerator > price_denominator)
);
create index bet_legs_awaiting on bet_legs (tenant_id, event_id, bet_id) where result_version is null;

-- Which tenants hold bets on which event, without row-level security: settlement must learn whom a result concerns
-- without reading any tenant's rows. result_version is the newest result that was turned into jobs, 0 for none.
create table event_tenants (
  event_id uuid not null,
  tenant_id uuid not null,
  result_version integer not null default 0 check (result_version >= 0),
  primary key (event_id, tenant_id)
);
create index event_tenants_awaiting on event_tenants (event_id) where result_version = 0;

alter table bets enable row level security;
alter table bets force row level security;
create policy bets_of_tenant on bets
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table bet_legs enable row level security;
alter table bet_legs force row level security;
create policy bet_legs_of_tenant on bet_legs
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on house_rules to linehold_read, linehold_web, linehold_settlement;
grant select, insert on bets, bet_legs to linehold_web;
grant select on bets, bet_legs to linehold_settlement;
grant update (state, settlement_version, settlement_attempts, settlement_retry_at, settlement_failure)
  on bets to linehold_settlement;
grant update (result_version) on bet_legs to linehold_settlement;
grant insert on event_tenants to linehold_web;
grant select, update (result_version) on event_tenants to linehold_settlement;
