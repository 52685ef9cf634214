-- What a tenant decides about prices and about what it shows: its margin, its switches, how its prices are written. A margin is nobody
-- else's business, so that no transaction sees another tenant's row. Without a row: the stored prices themselves, in decimal, all of them.
create table tenant_offers (
  tenant_id uuid primary key,
  version bigint not null check (version > 0),
  margin_bps integer not null check (margin_bps between 0 and 5000),
  margins jsonb not null check (jsonb_typeof(margins) = 'array' and jsonb_array_length(margins) <= 200),
  off_sports text[] not null check (cardinality(off_sports) <= 50),
  off_competitions text[] not null check (cardinality(off_competitions) <= 200),
  off_market_types text[] not null check (cardinality(off_market_types) <= 100),
  off_books text[] not null check (cardinality(off_books) <= 100),
  odds_format text not null check (odds_format in ('decimal', 'american', 'fractional')),
  updated_at timestamptz not null
);

alter table tenant_offers enable row level security;
alter table tenant_offers force row level security;
create policy tenant_offers_of_tenant on tenant_offers
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

create constraint trigger tenant_offers_changed
  after insert or update or delete on tenant_offers
  deferrable initially deferred
  for each row execute function record_row_change('offers');

grant select on tenant_offers to linehold_read, linehold_web;
grant insert, update on tenant_offers to linehold_web;
