-- What the feeds bring: events, prices, results, what was refused, and how fresh each source is. Global: no tenant owns a row here.
create table feeds (
  source text primary key,
  last_poll_at timestamptz not null,
  last_good_at timestamptz
);

create table events (
  event_id uuid primary key,
  source text not null,
  source_event_id text not null,
  sport text not null,
  competition_id text not null,
  competition text not null,
  home text not null,
  away text not null,
  starts_at timestamptz not null,
  status text not null check (status in (
    'scheduled', 'delayed', 'live', 'interrupted', 'ended',
    'postponed', 'abandoned', 'cancelled', 'walkover', 'unknown')),
  source_version bigint not null,
  updated_at timestamptz not null,
  unique (source, source_event_id)
);
create index events_by_start on events (starts_at, event_id);
create index events_by_sport on events (sport, starts_at, event_id);

-- One row a price: (event, book, market type, period, label, line, outcome). The label is empty but for markets
-- that the catalogue does not know, where it carries the source's own name.
create table prices (
  event_id uuid not null references events (event_id),
  book text not null,
  market_type text not null,
  period text not null,
  label text not null default '',
  line_quarters integer,
  outcome text not null,
  price_numerator bigint not null,
  price_denominator bigint not null check (price_denominator > 0),
  suspended boolean not null,
  updated_at timestamptz not null,
  check (price_numerator > price_denominator),
  unique nulls not distinct (event_id, book, market_type, period, label, line_quarters, outcome)
);

-- Append-only: a corrected result is a new version.
create table results (
  event_id uuid not null references events (event_id),
  version integer not null check (version > 0),
  state text not null check (state in ('final', 'void')),
  home_score integer,
  away_score integer,
  half_home_score integer,
  half_away_score integer,
  source text not null,
  recorded_at timestamptz not null,
  primary key (event_id, version),
  check (state = 'void' or (home_score >= 0 and away_score >= 0))
);
create index results_by_time on results (recorded_at desc, event_id);

create table quarantine (
  quarantine_id uuid primary key,
  source text not null,
  source_event_id text not null,
  reason text not null check (reason in (
    'price_unreadable', 'price_not_above_one', 'line_not_quarter', 'overround_out_of_bounds',
    'spread_total_swapped', 'time_moved', 'result_contradicted', 'clock_backwards')),
  item text not null,
  sample jsonb not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  seen integer not null default 1,
  unique (source, source_event_id, reason, item)
);

grant select on feeds, events, prices, results to linehold_read, linehold_web, linehold_settlement;
grant select, insert, update on feeds, events, prices, quarantine to linehold_odds;
grant select, insert on results to linehold_odds;
