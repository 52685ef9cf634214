-- Who exists, under which hosts, in which state, and what each shows of itself. All of it is public by nature.
create table tenants (
  tenant_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  display_name text not null check (length(display_name) between 1 and 120),
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table tenant_hosts (
  host text primary key check (host = lower(host) and length(host) between 1 and 253),
  tenant_id uuid not null references tenants (tenant_id)
);

create table branding (
  tenant_id uuid primary key,
  version bigint not null check (version > 0),
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  updated_at timestamptz not null
);

grant select on tenants, tenant_hosts, branding
  to linehold_read, linehold_web, linehold_odds, linehold_settlement;
grant insert, update on tenants, tenant_hosts, branding to linehold_web;
