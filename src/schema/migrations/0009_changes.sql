-- What changed, in the order in which it was committed, so that every machine can go on from the last number it has seen.
--
-- A plain sequence does not do: numbers are taken in one order and committed in another, and a reader that has seen 8 never
-- looks for the 7 that comes late. Here the number is taken under a lock that the transaction holds until it commits, by
-- the last thing it does: a trigger deferred to the commit itself. So whoever writes, psql included, is heard.
create sequence change_numbers;

create table changes (
  number bigint primary key,
  topic text not null,
  key text not null,
  changed_at timestamptz not null
);
create index changes_by_time on changes (changed_at);

create function record_change(topic text, key text) returns void
language plpgsql
as $$
begin
  -- "changes" in ASCII; shared by all topics, as their numbers are.
  perform pg_advisory_xact_lock(27982877797344627);
  insert into changes (number, topic, key, changed_at)
  values (nextval('change_numbers'), record_change.topic, record_change.key, clock_timestamp());
  -- Only wakes: told many times in one transaction it is heard once, and lost it is made up for by the next poll.
  perform pg_notify('linehold_changes', '');
end
$$;

create function record_row_change() returns trigger
language plpgsql
as $$
begin
  perform record_change(tg_argv[0], coalesce(new.tenant_id, old.tenant_id)::text);
  return null;
end
$$;

create constraint trigger branding_changed
  after insert or update or delete on branding
  deferrable initially deferred
  for each row execute function record_row_change('branding');

create constraint trigger tenants_changed
  after insert or update or delete on tenants
  deferrable initially deferred
  for each row execute function record_row_change('tenants');

create constraint trigger tenant_hosts_changed
  after insert or update or delete on tenant_hosts
  deferrable initially deferred
  for each row execute function record_row_change('tenants');

grant select on changes to linehold_read, linehold_web, linehold_odds, linehold_settlement;
grant insert, delete on changes to linehold_web, linehold_odds, linehold_settlement;
grant usage on sequence change_numbers to linehold_web, linehold_odds, linehold_settlement;
