-- A result and a bet on the same event take turns: who records a result holds the event's lock alone, who places a bet shares it,
-- so that no bet slips in beside a result. Both locks end with their transaction.
create function event_lock(event_id uuid) returns void
language sql
as $$
  select pg_advisory_xact_lock(hashtextextended(event_id::text, 7))
$$;

create function event_lock_shared(event_id uuid) returns void
language sql
as $$
  select pg_advisory_xact_lock_shared(hashtextextended(event_id::text, 7))
$$;

-- The newest state taken of each source, by its own count: an older answer, however late it arrives, is refused.
alter table feeds add column source_version bigint not null default 0;

-- What a source no longer names is found among its open prices alone.
create index prices_open on prices (event_id) where not suspended;
