-- What traders decide: what is not to be bet on, for one tenant or for all, and what becomes of what was set aside as implausible.
--
-- An absent field of a suspension is any: the row covers every price that all its fields name. Rows are never deleted, so
-- that it can be told who stopped what, when and why. Small and read everywhere: tenant_id is absent where it holds for all.
create table suspensions (
  suspension_id uuid primary key,
  tenant_id uuid,
  source text,
  event_id uuid,
  book text,
  market_type text,
  period text,
  label text,
  line_quarters integer,
  outcome text,
  reason text not null check (length(reason) between 1 and 200),
  actor text not null check (length(actor) between 1 and 120),
  created_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by text check (length(lifted_by) between 1 and 120),
  check (source is not null or event_id is not null),
  check (market_type is not null or (label is null and line_quarters is null and outcome is null)),
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index suspensions_in_force on suspensions (
  tenant_id, source, event_id, book, market_type, period, label, line_quarters, outcome)
  nulls not distinct where lifted_at is null;

-- A tenant's frame sees its own and those for all, and changes its own alone; a frame without a tenant sees and changes those for all.
alter table suspensions enable row level security;
alter table suspensions force row level security;
create policy suspensions_seen on suspensions for select
  using (tenant_id is null or tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy suspensions_made on suspensions for insert
  with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);
create policy suspensions_lifted on suspensions for update
  using (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);

-- Who holds suspensions in memory hears of them before those who show prices, psql's included.
create function record_suspension_change() returns trigger
language plpgsql
as $$
begin
  perform record_change('suspensions', coalesce(new.tenant_id::text, '*'));
  perform record_change('odds', coalesce(new.event_id::text, '*'));
  return null;
end
$$;

create constraint trigger suspensions_changed
  after insert or update on suspensions
  deferrable initially deferred
  for each row execute function record_suspension_change();

grant select on suspensions to linehold_read, linehold_web;
grant insert, update (lifted_at, lifted_by) on suspensions to linehold_web;

-- Placements share the lock of their event's source as they share the event's: whoever has stopped a feed waits here until
-- those that began before are over. The seed keeps it apart from the locks of events (7) and of writers (8).
create function source_lock(source text) returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended(source, 12))
$$;

create function source_lock_shared(source text) returns void
language sql
as $$
  select pg_advisory_xact_lock_shared(hashtextextended(source, 12))
$$;

-- held is what a release lets through, absent where nothing of it can ever be offered. A release and a discard stand for what
-- was seen: as soon as the source says something else under the same name, the row is open again.
alter table quarantine
  add column state text not null default 'open' check (state in ('open', 'released', 'discarded')),
  add column held jsonb,
  add column actor text check (length(actor) between 1 and 120),
  add column decided_at timestamptz,
  add constraint quarantine_decided check (
    (state = 'open') = (actor is null) and (actor is null) = (decided_at is null));
create index quarantine_decisions_in_force on quarantine (source) where state <> 'open';

-- Every decision for good, whatever becomes of the row it was about.
create table quarantine_decisions (
  decision_id uuid primary key,
  quarantine_id uuid not null,
  source text not null,
  source_event_id text not null,
  reason text not null,
  item text not null,
  sample jsonb not null,
  decision text not null check (decision in ('released', 'discarded')),
  actor text not null check (length(actor) between 1 and 120),
  decided_at timestamptz not null
);

-- How often each source was met with each reason, and how much of it found no room in the quarantine, which is bounded.
create table quarantine_counters (
  source text not null,
  reason text not null,
  seen bigint not null,
  overflowed bigint not null,
  primary key (source, reason)
);

-- The minute of play where a source tells it: it never goes back by more than a correction.
alter table events add column clock_minutes smallint check (clock_minutes >= 0);

grant delete on quarantine to linehold_odds;
grant select, insert on quarantine_decisions to linehold_odds;
grant select, insert, update on quarantine_counters to linehold_odds;
