-- The whole ledger: withdrawals, adjustments and voids; balances at any moment; checkpoints, so that a balance is read from few rows.

alter table transfers
  drop constraint transfers_kind_check,
  drop constraint transfers_check,
  drop constraint transfers_check1,
  add constraint transfers_kind_check
    check (kind in ('deposit', 'withdrawal', 'adjustment', 'stake', 'settlement', 'void')),
  add constraint transfers_bet_check
    check ((kind in ('stake', 'settlement', 'void')) = (bet_id is not null)),
  add constraint transfers_version_check
    check ((kind in ('settlement', 'void')) = (settlement_version is not null));

-- A stake is held once a bet, and each version of what became of it is paid once, whatever keys the transfers carry.
create unique index transfers_stake_once on transfers (tenant_id, bet_id) where kind = 'stake';
create unique index transfers_version_once on transfers (tenant_id, bet_id, settlement_version)
  where settlement_version is not null;

-- A transfer's id begins with its business time in milliseconds (RFC 9562, version 7), so that the entries of an account lie in the
-- index in the order in which they happened: a page of them, a window of limits and a past balance are ranges of it.
create function uuid_millis(id uuid) returns bigint
language sql immutable
as $$
  select ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint
$$;

-- Not valid: checked of every new row. Those before were made from the same two values.
alter table transfers add constraint transfers_id_of_its_time
  check (uuid_millis(transfer_id) = floor(extract(epoch from occurred_at) * 1000)) not valid;

-- A checkpoint sums the entries of all transactions numbered below a cut, and a balance is a checkpoint and the entries from its cut on.
-- The cut is the lowest number still at work when the sum was made (pg_snapshot_xmin): every transaction below it had committed or was
-- gone, so that no late commit can land behind it. Business time says nothing of commits, and no clock is asked.
--
-- The number is the server's own: the roles may not write the column, and every entry of an earlier time has the number of this migration.
alter table entries add column transaction_number bigint not null default (pg_current_xact_id()::text::bigint + 0);
create index entries_by_transaction on entries (tenant_id, account_id, transaction_number) include (amount_minor, transfer_id);
revoke insert on entries from linehold_web, linehold_settlement;
grant insert (tenant_id, transfer_id, account_id, currency, amount_minor) on entries to linehold_web, linehold_settlement;

-- finished_before: no entry with a smaller number is taken any more, by anybody. shift: a dump restored into another cluster meets numbers
-- that start anew; it is what is added to them so that they go on from here, and until it is set the ledger refuses instead of losing entries.
create table ledger_clock (
  only_row boolean primary key default true check (only_row),
  finished_before bigint not null,
  shift bigint not null
);
insert into ledger_clock (finished_before, shift) values (0, 0);

create table balance_checkpoints (
  tenant_id uuid not null,
  account_id uuid not null,
  before_transaction bigint not null,
  balance_minor bigint not null,
  entry_count bigint not null check (entry_count > 0),
  last_transfer_id uuid not null,
  taken_at timestamptz not null,
  primary key (tenant_id, account_id, before_transaction),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);

create or replace function assert_transfer_balances() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  declared smallint;
  found_count bigint;
  found_sum numeric;
begin
  select entry_count, found.count, found.sum into declared, found_count, found_sum
  from transfers
  cross join lateral (
    select count(*) as count, coalesce(sum(amount_minor), 0) as sum
    from entries
    where entries.tenant_id = new.tenant_id and entries.transfer_id = new.transfer_id
  ) as found
  where transfers.tenant_id = new.tenant_id and transfers.transfer_id = new.transfer_id;

  -- A transaction that has changed its tenant meanwhile sees no rows here: that too is refused.
  if declared is null or found_count <> declared or found_sum <> 0 then
    raise exception 'Cannot commit transfer % as it does not balance: % of % entries, sum %',
      new.transfer_id, found_count, declared, found_sum
      using errcode = 'check_violation', constraint = 'transfer_balances', table = 'transfers';
  end if;
  return null;
end
$$;

-- Never seen in the cluster that took the checkpoints: a transaction at work keeps the cut below its own number.
create function assert_entry_after_cut() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  cut bigint;
begin
  select finished_before into cut from ledger_clock;
  if new.transaction_number < cut then
    raise exception 'Cannot commit entry of transaction % as checkpoints are final up to %: run migrate after a restore',
      new.transaction_number, cut
      using errcode = 'check_violation', constraint = 'entry_after_cut', table = 'entries';
  end if;
  return null;
end
$$;
create constraint trigger entries_after_cut after insert on entries
  deferrable initially deferred for each row execute function assert_entry_after_cut();

-- What is written once stays, also under the hands of the tables' owner.
create trigger transfers_append_only before update or delete or truncate on transfers
  for each statement execute function refuse_change();
create trigger entries_append_only before update or delete or truncate on entries
  for each statement execute function refuse_change();
create trigger balance_checkpoints_append_only before update or delete or truncate on balance_checkpoints
  for each statement execute function refuse_change();

-- Looks at up to accounts_max accounts of the transaction's tenant, in order of their ids, and takes a checkpoint of those that have
-- entries_min entries since their last. The roles may not write checkpoints: what they hold is computed here and nowhere else.
-- next_account: where to go on, null when all were looked at.
create function take_balance_checkpoints(after_account uuid, accounts_max integer, entries_min integer, at timestamptz)
returns table (next_account uuid, looked_at integer, taken integer)
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  looked uuid[];
  due uuid[];
  cut bigint;
begin
  select coalesce(array_agg(account_id order by account_id), '{}') into looked
  from (
    select account_id
    from accounts
    where tenant_id = tenant and (after_account is null or account_id > after_account)
    order by account_id
    limit accounts_max
  ) as page;

  select array_agg(page.account_id) into due
  from unnest(looked) as page (account_id)
  left join lateral (
    select before_transaction
    from balance_checkpoints
    where tenant_id = tenant and account_id = page.account_id
    order by before_transaction desc
    limit 1
  ) as last on true
  where exists (
    select
    from entries
    where tenant_id = tenant
      and account_id = page.account_id
      and transaction_number >= coalesce(last.before_transaction, 0)
      -- For the planner: of a range with two sides it expects few rows, and takes the index.
      and transaction_number <= 9223372036854775807
    offset entries_min - 1
  );

  looked_at := cardinality(looked);
  next_account := case when looked_at = accounts_max then looked[looked_at] end;
  taken := 0;
  if due is not null then
    update ledger_clock
    set finished_before = greatest(finished_before, pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift)
    returning finished_before into cut;

    -- A statement of its own, with a snapshot younger than the cut: whatever is below the cut is in it.
    insert into balance_checkpoints (
      tenant_id, account_id, before_transaction, balance_minor, entry_count, last_transfer_id, taken_at
    )
    select
      tenant,
      page.account_id,
      cut,
      coalesce(last.balance_minor, 0) + later.sum,
      coalesce(last.entry_count, 0) + later.count,
      greatest(last.last_transfer_id, later.last_transfer_id),
      at
    from unnest(due) as page (account_id)
    left join lateral (
      select *
      from balance_checkpoints
      where tenant_id = tenant and account_id = page.account_id
      order by before_transaction desc
      limit 1
    ) as last on true
    cross join lateral (
      select count(*) as count, sum(amount_minor) as sum, max(transfer_id::text collate "C")::uuid as last_transfer_id
      from entries
      where tenant_id = tenant
        and account_id = page.account_id
        and transaction_number >= coalesce(last.before_transaction, 0)
        and transaction_number < cut
    ) as later
    where later.count > 0
    on conflict do nothing;
    get diagnostics taken = row_count;
  end if;
  return next;
end
$$;
revoke execute on function take_balance_checkpoints(uuid, integer, integer, timestamptz) from public;

-- For migrate, each time: a no-op in the cluster that the numbers came from.
create function continue_ledger_clock() returns boolean
language plpgsql
set search_path = public, pg_temp
as $$
declare
  clock ledger_clock;
  wanted bigint;
begin
  select * into clock from ledger_clock for update;
  if pg_current_xact_id()::text::bigint + clock.shift >= clock.finished_before then
    return false;
  end if;
  wanted := clock.finished_before - pg_current_xact_id()::text::bigint;
  execute format(
    'alter table entries alter column transaction_number set default (pg_current_xact_id()::text::bigint + %s)', wanted);
  update ledger_clock set shift = wanted;
  return true;
end
$$;
revoke execute on function continue_ledger_clock() from public;

alter table balance_checkpoints enable row level security;
alter table balance_checkpoints force row level security;
create policy balance_checkpoints_of_tenant on balance_checkpoints
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select on ledger_clock, balance_checkpoints to linehold_web, linehold_settlement;
grant execute on function take_balance_checkpoints(uuid, integer, integer, timestamptz) to linehold_settlement;
