-- Outcomes are graded once a version of what is known, bets on them are paid as soon as theirs is decided, and a grade that changes is
-- corrected by entries that negate what was paid and pay anew. Nothing is edited.

-- Which version of what is known an accumulator's settlement stood on, leg by leg in their order: null where a leg was not graded then.
alter table settlements add column leg_versions integer[];

-- What the facts make of an outcome that a tenant's bets are on, for each kind of bet on it: by the rules that were frozen into it, by its
-- planned start, and by the cancellation it falls under, if its moment lies in the window of one.
--
-- A row is written when what is made of the outcome changes, so that a version that changes nothing writes nothing: it holds from its
-- result_version on, until that of the next row of the same outcome. until_version is null in the row that holds now.
create table outcome_grades (
  tenant_id uuid not null,
  event_id uuid not null,
  result_version integer not null check (result_version > 0),
  until_version integer check (until_version > result_version),
  rules_version integer not null check (rules_version > 0),
  planned_at timestamptz not null,
  cancellation_id text check (length(cancellation_id) between 1 and 200),
  market_type text not null,
  period text not null,
  label text not null,
  line_quarters integer,
  outcome text not null,
  decided boolean not null,
  result smallint check (result in (0, 1)),
  void_halves smallint check (void_halves in (0, 1, 2)),
  dead_heat_numerator bigint check (dead_heat_numerator > 0),
  dead_heat_denominator bigint check (dead_heat_denominator >= dead_heat_numerator),
  deduction_numerator bigint check (deduction_numerator >= 0),
  deduction_denominator bigint check (deduction_denominator > 0 and deduction_denominator >= deduction_numerator),
  reason text check (reason ~ '^[a-z_]{1,60}$'),
  undecided_why text check (undecided_why ~ '^[a-z_]{1,60}$'),
  missing text check (length(missing) between 1 and 2000),
  graded_at timestamptz not null,
  unique nulls not distinct (
    tenant_id, event_id, market_type, period, label, line_quarters, outcome, rules_version, planned_at, cancellation_id,
    result_version),
  check (decided = (result is not null)),
  check (decided = (void_halves is not null)),
  check (decided = (dead_heat_numerator is not null and dead_heat_denominator is not null)),
  check (decided = (deduction_numerator is not null and deduction_denominator is not null)),
  check (decided = (reason is not null)),
  check (decided = (undecided_why is null and missing is null)),
  check (void_halves < 2 or result = 0)
);
create unique index outcome_grades_holding on outcome_grades (
  tenant_id, event_id, market_type, period, label, line_quarters, outcome, rules_version, planned_at, cancellation_id
) nulls not distinct where until_version is null;

-- A leg that was graded under a cancellation says so: when that is rolled back, it is graded anew.
alter table bet_legs add column cancellation_id text check (length(cancellation_id) between 1 and 200);

-- Corrections look for legs that are graded already. One index for both, which grading a leg does not touch.
create index bet_legs_by_event on bet_legs (tenant_id, event_id, bet_id);
drop index bet_legs_awaiting;

-- A settlement that did not hold: a version of its own, whose transfer negates the entries of the version that it reverses. What the bet
-- comes to instead, if anything, is the version after. event_id and result_version say which facts did it, null where a person did.
create table settlement_reversals (
  tenant_id uuid not null,
  bet_id uuid not null,
  settlement_version integer not null check (settlement_version > 1),
  reverses_version integer not null check (reverses_version > 0 and reverses_version < settlement_version),
  event_id uuid,
  result_version integer check (result_version > 0),
  reason text not null check (reason ~ '^[a-z_]{1,60}$'),
  reversed_at timestamptz not null,
  primary key (tenant_id, bet_id, settlement_version),
  unique (tenant_id, bet_id, reverses_version),
  foreign key (tenant_id, bet_id, reverses_version) references settlements (tenant_id, bet_id, settlement_version),
  check ((event_id is null) = (result_version is null))
);

alter table transfers
  drop constraint transfers_kind_check,
  drop constraint transfers_bet_check,
  drop constraint transfers_version_check,
  add constraint transfers_kind_check
    check (kind in ('deposit', 'withdrawal', 'adjustment', 'stake', 'settlement', 'void', 'reversal', 'write_off')),
  add constraint transfers_bet_check
    check ((kind in ('stake', 'settlement', 'void', 'reversal', 'write_off')) = (bet_id is not null)),
  add constraint transfers_version_check
    check ((kind in ('settlement', 'void', 'reversal')) = (settlement_version is not null));

-- Whoever pays: no bet of several legs before one of them is lost or all of them are graded, by the grades that they have now and not by
-- any that they ever had.
create or replace function assert_legs_decided() returns trigger
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
  select count(*), bool_or(leg_grades.result = 0 and leg_grades.void_halves = 0) into graded, lost
  from bet_legs
  join leg_grades using (tenant_id, bet_id, leg_number, result_version)
  where bet_legs.tenant_id = new.tenant_id and bet_legs.bet_id = new.bet_id;
  if legs is null or (graded < legs and lost is distinct from true) then
    raise exception 'Cannot settle bet % as % of its % legs are graded and none is lost', new.bet_id, graded, legs
      using errcode = 'check_violation', constraint = 'legs_decided', table = 'settlements';
  end if;
  return new;
end
$$;

-- planned: the outcomes were graded by this version, and bets are claimed from after_bet_id on. Whoever works on a job holds its row, so that
-- a newer version's takes its place only between two transactions, and nothing is paid by facts that have gone by.
alter table settlement_jobs
  add column planned boolean not null default false,
  add column after_bet_id uuid;

-- When time alone may decide what is still open, as the end of a window to be played in; null if it cannot.
alter table event_tenants add column replan_at timestamptz;
create index event_tenants_replan on event_tenants (replan_at) where replan_at is not null;

-- Moves what bets have taken of their limits, all of it at once: given back for those that are decided, taken again for those that are
-- open after all. Nothing is refused: the bets stand already. To be the last statement before the commit, as the rows are hot; they are
-- locked in the order in which placements lock them.
--
-- What is taken again may go beyond the limit. The rows of such a subject lose their limit, so that the next placement shares out anew
-- what is really left of it.
create function move_exposure(tenant uuid, freed uuid[], taken uuid[]) returns void
language sql
as $$
  with moved as (
    select
      bets.currency, subjects.scope, subjects.subject,
      sum(case when bets.bet_id = any (freed) then -bets.exposure_minor else bets.exposure_minor end) as amount
    from bets
    join bet_legs using (tenant_id, bet_id)
    cross join lateral (
      values
        ('event', bet_legs.event_id::text),
        ('outcome', exposure_outcome(
          bet_legs.event_id, bet_legs.market_type, bet_legs.period, bet_legs.label, bet_legs.line_quarters,
          bet_legs.outcome))
    ) as subjects (scope, subject)
    where bets.tenant_id = tenant
      and bets.bet_id = any (freed || taken)
      and bets.exposure_minor > 0
    group by bets.currency, subjects.scope, subjects.subject
  ), locked as (
    select slots.currency, slots.scope, slots.subject, slots.slot, slots.used_minor, moved.amount
    from exposure_slots as slots
    join moved on moved.currency = slots.currency and moved.scope = slots.scope and moved.subject = slots.subject
    where slots.tenant_id = tenant and moved.amount <> 0
    order by slots.currency collate "C", slots.scope collate "C", slots.subject, slots.slot
    for update of slots
  ), shared as (
    select
      currency, scope, subject, slot, amount > 0 as taking,
      case
        when amount > 0 then case slot when 1 then amount else 0 end
        else -least(used_minor, greatest(0, -amount - (
          sum(used_minor) over (partition by currency, scope, subject order by slot) - used_minor)))
      end as change
    from locked
  )
  update exposure_slots
  set used_minor = exposure_slots.used_minor + shared.change,
      share_minor = case
        when shared.taking then greatest(exposure_slots.share_minor, exposure_slots.used_minor + shared.change)
        else exposure_slots.share_minor
      end,
      limit_minor = case when shared.taking then 0 else exposure_slots.limit_minor end
  from shared
  where exposure_slots.tenant_id = tenant
    and exposure_slots.currency = shared.currency
    and exposure_slots.scope = shared.scope
    and exposure_slots.subject = shared.subject
    and exposure_slots.slot = shared.slot
    and (shared.change <> 0 or shared.taking)
$$;

-- Bets that no fact had decided were tried until somebody should look. Nothing was wrong with them: they wait, and are looked at anew.
-- An owner who is no superuser is let past the policies for this one statement; the tables are locked until the commit.
alter table bets no force row level security;
alter table bet_legs no force row level security;
with opened as (
  update bets
  set state = 'open', settlement_attempts = 0, settlement_retry_at = null, settlement_failure = null
  where state = 'quarantined' and settlement_failure like 'leg_undecided%'
  returning tenant_id, bet_id
)
update event_tenants
set result_version = 0
from opened
join bet_legs using (tenant_id, bet_id)
where event_tenants.tenant_id = bet_legs.tenant_id and event_tenants.event_id = bet_legs.event_id;
alter table bets force row level security;
alter table bet_legs force row level security;

alter table outcome_grades enable row level security;
alter table outcome_grades force row level security;
create policy outcome_grades_of_tenant on outcome_grades
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table settlement_reversals enable row level security;
alter table settlement_reversals force row level security;
create policy settlement_reversals_of_tenant on settlement_reversals
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on outcome_grades to linehold_web;
grant select, insert on outcome_grades to linehold_settlement;
-- Only of what nothing was paid by: an end of its time, and what time alone decides of an outcome that was undecided.
grant update (
  until_version, decided, result, void_halves, dead_heat_numerator, dead_heat_denominator, deduction_numerator,
  deduction_denominator, reason, undecided_why, missing, graded_at
) on outcome_grades to linehold_settlement;
grant select, insert on settlement_reversals to linehold_web, linehold_settlement;
grant update (planned, after_bet_id) on settlement_jobs to linehold_settlement;
grant update (replan_at) on event_tenants to linehold_settlement;
grant update (cancellation_id) on bet_legs to linehold_settlement;
grant update (limit_minor, share_minor) on exposure_slots to linehold_settlement;
