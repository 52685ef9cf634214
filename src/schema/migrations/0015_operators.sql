-- Who may act for a tenant, what each did, and the answers they were given: an act, its audit row and its answer commit together.

-- A key is `lho_<key_id>_<secret><checksum>`. The secret is 256 random bits, so that one SHA-256 is as good as a slow hash: there is nothing
-- to guess, and every request checks one. A revoked key stays, since audit rows name it.
create table operator_keys (
  tenant_id uuid not null,
  key_id text not null check (key_id ~ '^[0-9A-Za-z]{12}$'),
  name text not null check (length(name) between 1 and 120),
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz check (expires_at > created_at),
  revoked_at timestamptz check (revoked_at >= created_at),
  primary key (tenant_id, key_id)
);
create unique index operator_keys_in_use on operator_keys (tenant_id, name) where revoked_at is null;

-- Append-only. It holds no name, address or e-mail: subjects are ids, and facts are what was decided.
create table audit_acts (
  tenant_id uuid not null,
  act_id uuid not null,
  acted_at timestamptz not null,
  actor_kind text not null check (actor_kind in ('operator', 'player', 'system')),
  actor_id text not null check (length(actor_id) between 1 and 120),
  actor_name text check (length(actor_name) between 1 and 120),
  action text not null check (action ~ '^[a-z_]+(\.[a-z_]+)*$' and length(action) <= 60),
  subject_kind text not null check (subject_kind ~ '^[a-z_]{1,40}$'),
  subject_id text not null check (length(subject_id) between 1 and 120),
  facts jsonb not null check (jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 8192),
  primary key (tenant_id, act_id),
  check ((actor_kind = 'operator') = (actor_name is not null))
);
create index audit_acts_by_time on audit_acts (tenant_id, acted_at desc, act_id desc);
create index audit_acts_by_subject on audit_acts (tenant_id, subject_id, acted_at desc, act_id desc);

-- What a key was answered with, byte for byte. A refusal is not kept: the key may be used again.
create table operator_answers (
  tenant_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  answer text not null,
  answered_at timestamptz not null,
  primary key (tenant_id, idempotency_key)
);

-- Whoever acts under a key holds this until the transaction ends: a second request with the key finds it taken, and a transaction of
-- unknown outcome is over once it can be had. The seed keeps it apart from other locks.
create function operator_request_lock_id(tenant_id uuid, idempotency_key text) returns bigint
language sql immutable
as $$
  select hashtextextended(tenant_id::text || '/' || idempotency_key, 15)
$$;

-- For whoever it may be: what is written once stays, also under the hands of the tables' owner.
create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'Cannot % % as its rows are never changed', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation', constraint = 'append_only', table = tg_table_name;
end
$$;

create trigger audit_acts_append_only before update or delete or truncate on audit_acts
  for each statement execute function refuse_change();
create trigger operator_answers_append_only before update or delete or truncate on operator_answers
  for each statement execute function refuse_change();

alter table operator_keys enable row level security;
alter table operator_keys force row level security;
create policy operator_keys_of_tenant on operator_keys
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table audit_acts enable row level security;
alter table audit_acts force row level security;
create policy audit_acts_of_tenant on audit_acts
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table operator_answers enable row level security;
alter table operator_answers force row level security;
create policy operator_answers_of_tenant on operator_answers
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- The right to set revoked_at is also the right to lock a key's row: a revocation then waits for acts under way.
grant select, insert, update (revoked_at) on operator_keys to linehold_web;
grant select, insert on audit_acts, operator_answers to linehold_web;
grant select, insert on audit_acts to linehold_settlement;
