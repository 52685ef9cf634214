-- A bet is paid once per settlement version: the primary key is the fence, and it commits with the ledger entries or not at all.
-- The grade is Sportradar's normal form: result r, void factor v (in halves), dead-heat factor h, winnings deduction d.
-- return_minor is the exact return rounded once, nearest unit, halves to the player: Postgres checks it again.
create table settlements (
  tenant_id uuid not null,
  bet_id uuid not null,
  settlement_version integer not null check (settlement_version > 0),
  event_id uuid not null,
  result_version integer not null check (result_version > 0),
  result smallint not null check (result in (0, 1)),
  void_halves smallint not null check (void_halves in (0, 1, 2)),
  dead_heat_numerator bigint not null check (dead_heat_numerator > 0),
  dead_heat_denominator bigint not null check (dead_heat_denominator >= dead_heat_numerator),
  deduction_numerator bigint not null check (deduction_numerator >= 0),
  deduction_denominator bigint not null check (deduction_denominator > 0 and deduction_denominator >= deduction_numerator),
  reason text not null check (reason in ('won', 'lost', 'result_void')),
  return_numerator numeric(120, 0) not null check (return_numerator >= 0),
  return_denominator numeric(120, 0) not null check (return_denominator > 0),
  return_minor bigint not null check (return_minor >= 0),
  settled_at timestamptz not null,
  primary key (tenant_id, bet_id, settlement_version),
  foreign key (tenant_id, bet_id) references bets (tenant_id, bet_id),
  check (void_halves < 2 or result = 0),
  check (return_minor = div(2 * return_numerator + return_denominator, 2 * return_denominator))
);

-- Work waiting: one row a tenant and result, removed when the tenant has no open bet left on it. Without row-level
-- security, since a worker asks for whoever's work is due; it holds no money and no name.
create table settlement_jobs (
  tenant_id uuid not null,
  event_id uuid not null,
  result_version integer not null check (result_version > 0),
  due_at timestamptz not null,
  primary key (tenant_id, event_id, result_version)
);
create index settlement_jobs_due on settlement_jobs (due_at);

alter table settlements enable row level security;
alter table settlements force row level security;
create policy settlements_of_tenant on settlements
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on settlements to linehold_web;
grant select, insert on settlements to linehold_settlement;
grant select, insert, delete, update (due_at) on settlement_jobs to linehold_settlement;
