-- Money: double entry that only grows. Postgres itself refuses a transfer that does not sum to zero, whoever writes it.
create table accounts (
  tenant_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('player_cash', 'stakes_held', 'bonus', 'house_book', 'adjustments', 'clearing')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  player_id uuid,
  opened_at timestamptz not null,
  primary key (tenant_id, account_id),
  unique (tenant_id, account_id, currency),
  unique nulls not distinct (tenant_id, kind, currency, player_id),
  foreign key (tenant_id, player_id) references players (tenant_id, player_id),
  check ((kind in ('player_cash', 'stakes_held', 'bonus')) = (player_id is not null))
);

-- entry_count seals a transfer: nothing can be added to it in a later transaction, not even something balanced.
create table transfers (
  tenant_id uuid not null,
  transfer_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  kind text not null check (kind in ('deposit', 'stake', 'settlement')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  entry_count smallint not null check (entry_count between 2 and 16),
  bet_id uuid,
  settlement_version integer check (settlement_version > 0),
  occurred_at timestamptz not null,
  primary key (tenant_id, transfer_id),
  unique (tenant_id, transfer_id, currency),
  unique (tenant_id, idempotency_key),
  check ((kind in ('stake', 'settlement')) = (bet_id is not null)),
  check ((kind = 'settlement') = (settlement_version is not null))
);
create index transfers_by_bet on transfers (tenant_id, bet_id) where bet_id is not null;

-- Tenant and currency are part of both foreign keys, so that an entry cannot cross either. One entry per account and transfer.
create table entries (
  tenant_id uuid not null,
  transfer_id uuid not null,
  account_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (tenant_id, transfer_id, account_id),
  foreign key (tenant_id, transfer_id, currency) references transfers (tenant_id, transfer_id, currency),
  foreign key (tenant_id, account_id, currency) references accounts (tenant_id, account_id, currency)
);
create index entries_by_account on entries (tenant_id, account_id, transfer_id) include (amount_minor);

create function assert_transfer_balances() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  declared smallint;
  found_count bigint;
  found_sum numeric;
begin
  select entry_count into declared
  from transfers
  where tenant_id = new.tenant_id and transfer_id = new.transfer_id;

  select count(*), coalesce(sum(amount_minor), 0) into found_count, found_sum
  from entries
  where tenant_id = new.tenant_id and transfer_id = new.transfer_id;

  -- A transaction that has changed its tenant meanwhile sees no rows here: that too is refused.
  if declared is null or found_count <> declared or found_sum <> 0 then
    raise exception 'Cannot commit transfer % as it does not balance: % of % entries, sum %',
      new.transfer_id, found_count, declared, found_sum
      using errcode = 'check_violation', constraint = 'transfer_balances', table = 'transfers';
  end if;
  return null;
end
$$;

create constraint trigger transfers_balance after insert or update on transfers
  deferrable initially deferred for each row execute function assert_transfer_balances();
create constraint trigger entries_balance after insert or update on entries
  deferrable initially deferred for each row execute function assert_transfer_balances();

-- Only debits lock, and they lock the player's own account. Locking a row asks for the right to update it, which the
-- application must not have, so this function holds it. NO KEY UPDATE, since the foreign key of a credit takes KEY
-- SHARE on the same row and must not wait. In the order of the ids, so that two transfers cannot wait for each other.
create function lock_debited_accounts(debited uuid[]) returns setof uuid
language sql
security definer
set search_path = public, pg_temp
as $$
  select account_id
  from accounts
  where tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and account_id = any (debited)
    and kind in ('player_cash', 'bonus')
  order by account_id
  for no key update
$$;
revoke execute on function lock_debited_accounts(uuid[]) from public;

alter table accounts enable row level security;
alter table accounts force row level security;
create policy accounts_of_tenant on accounts
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table transfers enable row level security;
alter table transfers force row level security;
create policy transfers_of_tenant on transfers
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

alter table entries enable row level security;
alter table entries force row level security;
create policy entries_of_tenant on entries
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert on accounts to linehold_web;
grant select on accounts to linehold_settlement;
grant select, insert on transfers, entries to linehold_web, linehold_settlement;
grant execute on function lock_debited_accounts(uuid[]) to linehold_web, linehold_settlement;
