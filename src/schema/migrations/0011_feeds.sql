-- Who polls what, when and within which limits: all of it outlives the processes, so that any number of workers make each poll once.
--
-- A row with a kind is polled; a row without one only says how fresh a source is (a file that was ingested). What the
-- environment says is written here when a worker starts with another environment than before; what is changed here holds until
-- then, and needs no restart. No key of a vendor is ever stored.
alter table feeds alter column last_poll_at drop not null;
alter table feeds
  add column kind text check (kind in (
    'simulated', 'goalserve', 'goalserve_scores', 'the_odds_api', 'the_odds_api_scores', 'football_data')),
  add column enabled boolean not null default true,
  add column poll_ms integer not null default 60000 check (poll_ms > 0),
  -- Without a good poll for this long the feed is silent, and what it priced is not to be bet on; absent for scores.
  add column silence_ms integer check (silence_ms > 0),
  -- A source whose state stays the same for this long is taken for stuck, however gladly it answers.
  add column frozen_ms integer check (frozen_ms > 0),
  add column settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  add column seed jsonb,
  add column seeded_at timestamptz,
  -- Claims: the token grows at each, and whoever holds an older one, or one past its time, writes nothing.
  add column claim_token bigint not null default 0,
  add column claimed_by text,
  add column claimed_until timestamptz,
  add column due_at timestamptz not null default now(),
  add column failures integer not null default 0,
  add column cooldown_until timestamptz,
  add column last_failure text check (last_failure in (
    'timed_out', 'stalled', 'too_large', 'redirected', 'address_refused', 'unreachable', 'refused', 'rate_limited',
    'quota_spent', 'server_error', 'unreadable', 'frozen', 'misconfigured', 'older', 'no_data')),
  -- Of the stored state: for which address without its key (a digest), and which version, so that a 304 confirms nothing else.
  add column etag text check (length(etag) <= 100),
  add column last_modified text check (length(last_modified) <= 100),
  add column validated_url text,
  add column validated_version bigint,
  add column state_at timestamptz,
  add column silent_since timestamptz;
create index feeds_due on feeds (due_at) where kind is not null and enabled;

-- What a vendor lets us ask, over all its feeds. Taken off before the request is made, so that a crash cannot make it forgotten.
create table feed_quotas (
  vendor text primary key,
  -- Between the beginnings of two requests.
  gap_ms integer not null check (gap_ms >= 0),
  -- Units a period, and the day of the month on which it begins; absent where the vendor counts none.
  budget integer check (budget >= 0),
  renews_on integer check (renews_on between 1 and 28),
  period_ends_at timestamptz,
  remaining integer,
  next_request_at timestamptz not null default now(),
  seed jsonb not null,
  check ((budget is null) = (renews_on is null))
);

grant select on feed_quotas to linehold_read, linehold_web;
grant select, insert, update on feed_quotas to linehold_odds;
