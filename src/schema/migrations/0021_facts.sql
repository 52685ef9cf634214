-- What is known of an event, who said it and when: statements only ever come to what was said before, so that what was known at any moment can be read again.
--
-- One statement of one source about one event. Versions count up per event over everybody who speaks of it; `results`, the public
-- final score, takes the number of the statement it came with, and has gaps. Without a tenant it is true for all; an operator's word
-- counts for his own tenant's bets alone.
create table fact_versions (
  event_id uuid not null references events (event_id),
  version integer not null check (version > 0),
  tenant_id uuid,
  source text not null check (length(source) between 1 and 120),
  actor text check (length(actor) between 1 and 120),
  certainty text check (certainty in ('live', 'confirmed')),
  note text check (length(note) between 1 and 500),
  known_at timestamptz not null,
  primary key (event_id, version)
);

-- The last number given. Without row-level security: a tenant does not see the others' statements, and must not take their numbers.
create table fact_counters (
  event_id uuid primary key references events (event_id),
  version integer not null check (version > 0)
);

create function next_fact_version(event uuid, lowest integer default 1) returns integer
language sql
as $$
  insert into fact_counters (event_id, version)
  values (event, lowest)
  on conflict (event_id) do update
  set version = greatest(fact_counters.version + 1, excluded.version)
  returning version
$$;

-- What a statement says, a claim a row, each under a name of its own: (fact, statistic, period, side, subject). As of a version the newest row
-- of each name up to it holds; a tenant's own outranks that of all, whichever is newer. subject: a goal's number ("all": how many there
-- are), the name of a player or runner, the id of a cancellation. A retracted row says that this is claimed no longer.
create table facts (
  event_id uuid not null,
  version integer not null,
  tenant_id uuid,
  fact text not null check (fact in (
    'status', 'start', 'count', 'winner', 'goal', 'player', 'retired', 'bout', 'pitcher', 'played', 'withdrawn', 'cancelled')),
  statistic text check (statistic ~ '^[a-z0-9_]{1,60}$'),
  period text check (period ~ '^[a-z0-9_]{1,60}$'),
  side text check (side in ('home', 'away')),
  subject text not null default '' check (length(subject) <= 200),
  value integer check (value >= 0),
  detail jsonb check (jsonb_typeof(detail) = 'object' and octet_length(detail::text) <= 4096),
  final boolean not null,
  retracted boolean not null default false,
  true_at timestamptz not null,
  foreign key (event_id, version) references fact_versions (event_id, version),
  unique nulls not distinct (event_id, version, fact, statistic, period, side, subject),
  check (not retracted or (value is null and detail is null)),
  check ((fact = 'count') = (statistic is not null)),
  check (fact <> 'count' or (period is not null and side is not null)),
  check (fact <> 'count' or retracted or value is not null)
);

create trigger fact_versions_append_only before update or delete or truncate on fact_versions
  for each statement execute function refuse_change();
create trigger facts_append_only before update or delete or truncate on facts
  for each statement execute function refuse_change();

-- The newest statement that concerns the tenant's bets on the event, 0 for none; settled up to result_version. Whoever speaks holds the
-- event's lock and placements share it, so that each of the two sees what the other has done.
alter table event_tenants add column fact_version integer not null default 0 check (fact_version >= 0);
create index event_tenants_behind on event_tenants (event_id) where fact_version > result_version;

-- With the owner's rights, for roles that may write statements or bets and not this column.
create function note_fact_version() returns trigger
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  update event_tenants
  set fact_version = new.version
  where event_id = new.event_id
    and (new.tenant_id is null or tenant_id = new.tenant_id)
    and fact_version < new.version;
  return null;
end
$$;
revoke execute on function note_fact_version() from public;
create trigger fact_versions_noted after insert on fact_versions
  for each row execute function note_fact_version();

create function note_known_facts() returns trigger
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  update event_tenants
  set fact_version = known.version
  from (
    select max(version) as version
    from fact_versions
    where event_id = new.event_id and (tenant_id is null or tenant_id = new.tenant_id)
  ) as known
  where event_id = new.event_id and tenant_id = new.tenant_id and known.version > fact_version;
  return null;
end
$$;
revoke execute on function note_known_facts() from public;
create trigger event_tenants_informed after insert on event_tenants
  for each row execute function note_known_facts();

-- A public result as claims. Which play the one score of a sport counts: in football what is before extra time, in American sports overtime and
-- extra innings too; of other sports nobody has said what it means, so it claims nothing. A score that is missing is no claim of 0.
create function claims_of_result(
  event uuid, state text, home_score integer, away_score integer, half_home_score integer, half_away_score integer
)
returns table (fact text, statistic text, period text, side text, value integer, detail jsonb)
language sql stable
as $$
  select 'status', null, null, null, null::integer,
    jsonb_build_object('status', case claims_of_result.state when 'void' then 'void' else 'ended' end)
  union all
  select 'count', 'score', scored.period, scored.side, scored.value, null
  from (
    select case
      when sport = 'soccer' then 'regulation'
      when sport in ('basketball', 'american_football', 'baseball', 'ice_hockey') then 'match'
    end as counted
    from events
    where event_id = event
  ) as event_row
  cross join lateral (values
    (counted, 'home', claims_of_result.home_score),
    (counted, 'away', claims_of_result.away_score),
    ('first_half', 'home', claims_of_result.half_home_score),
    ('first_half', 'away', claims_of_result.half_away_score)
  ) as scored (period, side, value)
  where claims_of_result.state = 'final' and counted is not null and scored.value is not null
$$;

-- The release before this one writes results and knows of no statements: each is made into one here, under a number that is free.
create function state_result() returns trigger
language plpgsql
as $$
begin
  if exists (
    select
    from fact_versions
    where event_id = new.event_id
      and version = new.version
      and tenant_id is null
      and source = new.source
      and known_at = new.recorded_at
  ) then
    return new;
  end if;
  new.version := next_fact_version(new.event_id, new.version);
  insert into fact_versions (event_id, version, source, certainty, known_at)
  values (new.event_id, new.version, new.source, 'confirmed', new.recorded_at);
  insert into facts (event_id, version, fact, statistic, period, side, value, detail, final, true_at)
  select new.event_id, new.version, fact, statistic, period, side, value, detail, true, new.recorded_at
  from claims_of_result(
    new.event_id, new.state, new.home_score, new.away_score, new.half_home_score, new.half_away_score);
  return new;
end
$$;
create trigger results_stated before insert on results
  for each row execute function state_result();

insert into fact_versions (event_id, version, source, certainty, known_at)
select event_id, version, source, 'confirmed', recorded_at
from results;
insert into facts (event_id, version, fact, statistic, period, side, value, detail, final, true_at)
select
  results.event_id, results.version, claim.fact, claim.statistic, claim.period, claim.side, claim.value, claim.detail,
  true, results.recorded_at
from results
cross join lateral claims_of_result(
  results.event_id, results.state, results.home_score, results.away_score, results.half_home_score, results.half_away_score
) as claim;
insert into fact_counters (event_id, version)
select event_id, max(version)
from results
group by event_id;

-- Wakes whoever settles, psql's statements included.
create function record_fact_change() returns trigger
language plpgsql
as $$
begin
  perform record_change('facts', new.event_id::text);
  return null;
end
$$;
create constraint trigger fact_versions_changed
  after insert on fact_versions
  deferrable initially deferred
  for each row execute function record_fact_change();

-- A tenant's frame sees its own and those for all, and speaks for itself alone; a frame without a tenant speaks for all.
alter table fact_versions enable row level security;
alter table fact_versions force row level security;
create policy fact_versions_seen on fact_versions for select
  using (tenant_id is null or tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy fact_versions_made on fact_versions for insert
  with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);

alter table facts enable row level security;
alter table facts force row level security;
create policy facts_seen on facts for select
  using (tenant_id is null or tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy facts_made on facts for insert
  with check (tenant_id is not distinct from nullif(current_setting('app.tenant', true), '')::uuid);

grant select on fact_versions, facts to linehold_read, linehold_web, linehold_odds, linehold_settlement;
grant insert on fact_versions, facts to linehold_web, linehold_odds;
grant select, insert, update on fact_counters to linehold_web, linehold_odds;
