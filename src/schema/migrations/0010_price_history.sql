-- Every written change of a price, for as long as a setting says; and a digest an event, so that a board which says again what it said before costs no price row.
--
-- The digest stands for what the writer of snapshots last took of an event's prices. It is worth something only while nobody else
-- writes prices, so whoever else does (a person in psql, the release before this one) makes all of them forgotten.
alter table events add column prices_digest bigint;

create function forget_prices_digests() returns trigger
language plpgsql
as $$
begin
  update events set prices_digest = null where prices_digest is not null;
  return null;
end
$$;

create trigger prices_written_elsewhere
  after insert or update or delete or truncate on prices
  for each statement
  when (current_setting('app.price_writer', true) is distinct from 'feeds')
  execute function forget_prices_digests();

-- A partition a day, so that what is too old is dropped and not deleted. Whoever writes while the day has no partition keeps no
-- history: that is how a deployment keeps none.
create table price_history (
  event_id uuid not null,
  book text not null,
  market_type text not null,
  period text not null,
  label text not null,
  line_quarters integer,
  outcome text not null,
  price_numerator bigint not null,
  price_denominator bigint not null,
  suspended boolean not null,
  changed_at timestamptz not null,
  source_version bigint not null
) partition by range (changed_at);
create index price_history_by_event on price_history (event_id, changed_at);

-- The worker's role owns nothing, so these two do for it what an owner may: with fixed names, for days and nothing else.
-- Attached, a partition does not keep writers out; made in place, it would.
create function make_price_history(day date) returns boolean
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
as $$
declare
  partition text := 'price_history_' || to_char(day, 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(hashtextextended('price_history', 10));
  if to_regclass(partition) is not null then
    return false;
  end if;
  execute format('create table %I (like price_history including constraints)', partition);
  execute format(
    'alter table price_history attach partition %I for values from (%L) to (%L)',
    partition, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  return true;
end
$$;

create function drop_price_history(before date) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
as $$
declare
  partition text;
  dropped integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('price_history', 10));
  for partition in
    select relname
    from pg_inherits
    join pg_class on pg_class.oid = inhrelid
    where inhparent = 'price_history'::regclass
      and relname < 'price_history_' || to_char(before, 'YYYYMMDD')
    order by relname
  loop
    execute format('drop table %I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;

create function keeps_price_history(at timestamptz) returns boolean
language sql stable
as $$
  select to_regclass('public.price_history_' || to_char(at at time zone 'UTC', 'YYYYMMDD')) is not null
$$;

revoke execute on function make_price_history(date), drop_price_history(date) from public;
grant execute on function make_price_history(date), drop_price_history(date) to linehold_odds;
grant select on price_history to linehold_read, linehold_web, linehold_settlement;
grant select, insert on price_history to linehold_odds;

select make_price_history((now() at time zone 'UTC')::date + n) from generate_series(0, 6) as n;

-- A result closes its event, whoever records it.
create function record_result_change() returns trigger
language plpgsql
as $$
begin
  perform record_change('odds', new.event_id::text);
  return null;
end
$$;

create constraint trigger results_changed
  after insert on results
  deferrable initially deferred
  for each row execute function record_result_change();
