-- Who may bet. Names, addresses and e-mail live in player_identities alone, so that erasing a person leaves a ledger that still sums to zero.
create table players (
  tenant_id uuid not null,
  player_id uuid not null,
  state text not null default 'unverified' check (state in ('unverified', 'verified', 'excluded', 'closed')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  updated_at timestamptz not null check (updated_at >= created_at),
  primary key (tenant_id, player_id)
);

create table player_identities (
  tenant_id uuid not null,
  player_id uuid not null,
  full_name text check (length(full_name) between 1 and 200),
  email text check (length(email) between 3 and 254 and position('@' in email) > 1),
  address text check (length(address) between 1 and 500),
  updated_at timestamptz not null,
  primary key (tenant_id, player_id),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id)
);
create unique index player_identities_by_email on player_identities (tenant_id, lower(email));

-- The tenant of the transaction is a setting that ends with it. Unset, or '' after an earlier SET LOCAL, means no rows.
alter table players enable row level security;
alter table players force row level security;
create policy players_of_tenant on players
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table player_identities enable row level security;
alter table player_identities force row level security;
create policy player_identities_of_tenant on player_identities
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert, update (state, updated_at) on players to linehold_web;
grant select, insert, update, delete on player_identities to linehold_web;
