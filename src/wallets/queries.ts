import type { Connection } from "../pool/mod.ts";
import type { AccountKind, PlayerAccountKind, PlayerAccounts, WalletOwner } from "./accounts.ts";
import type { Entry, Transfer } from "./transfer.ts";

const INSERT_ACCOUNTS = `
  insert into accounts (tenant_id, account_id, kind, currency, player_id, opened_at)
  select $1, wanted.account_id, wanted.kind, $2, wanted.player_id, $3
  from unnest($4::uuid[], $5::text[], $6::uuid[]) as wanted (account_id, kind, player_id)
  on conflict do nothing`;

/** Opens the accounts that are not open yet. */
export async function insertAccounts(
  connection: Connection,
  {
    tenantId,
    currency,
    at,
    accounts,
  }: {
    readonly tenantId: string;
    readonly currency: string;
    readonly at: Date;
    readonly accounts: readonly {
      readonly accountId: string;
      readonly kind: AccountKind;
      readonly playerId: string | null;
    }[];
  },
): Promise<void> {
  await connection.execute(INSERT_ACCOUNTS, [
    tenantId,
    currency,
    at,
    accounts.map(({ accountId }) => accountId),
    accounts.map(({ kind }) => kind),
    accounts.map(({ playerId }) => playerId),
  ]);
}

const SELECT_PLAYER_ACCOUNTS = `
  select
    owner.player_id as "playerId",
    owner.currency,
    cash.account_id as "cashAccountId",
    held.account_id as "heldAccountId",
    book.account_id as "bookAccountId"
  from (select distinct * from unnest($2::uuid[], $3::text[]) as pair (player_id, currency)) as owner
  join accounts as cash
    on cash.tenant_id = $1 and cash.kind = 'player_cash'
    and cash.currency = owner.currency and cash.player_id = owner.player_id
  join accounts as held
    on held.tenant_id = $1 and held.kind = 'stakes_held'
    and held.currency = owner.currency and held.player_id = owner.player_id
  join accounts as book
    on book.tenant_id = $1 and book.kind = 'house_book'
    and book.currency = owner.currency and book.player_id is null`;

/** The accounts of those owners who have them, in no order. */
export function selectPlayerAccounts(
  connection: Connection,
  tenantId: string,
  owners: readonly WalletOwner[],
): Promise<PlayerAccounts[]> {
  return connection.query<PlayerAccounts>(SELECT_PLAYER_ACCOUNTS, [
    tenantId,
    owners.map(({ playerId }) => playerId),
    owners.map(({ currency }) => currency),
  ]);
}

const SELECT_ACCOUNT = `
  select account_id as "accountId"
  from accounts
  where tenant_id = $1 and kind = $2 and currency = $3 and player_id is not distinct from $4`;

/** The id of an account, `playerId` being `null` for the tenant's own; or `undefined`. */
export async function selectAccount(
  connection: Connection,
  account: {
    readonly tenantId: string;
    readonly kind: AccountKind;
    readonly currency: string;
    readonly playerId: string | null;
  },
): Promise<string | undefined> {
  const { tenantId, kind, currency, playerId } = account;
  const values = [tenantId, kind, currency, playerId];
  const [row] = await connection.query<{ readonly accountId: string }>(SELECT_ACCOUNT, values);
  return row?.accountId;
}

const SELECT_ACCOUNTS_OF_PLAYER = `
  select account_id as "accountId", kind
  from accounts
  where tenant_id = $1
    and kind in ('player_cash', 'stakes_held', 'bonus')
    and currency = $2
    and player_id = $3`;

/** All accounts that a player has in a currency. */
export function selectAccountsOfPlayer(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOwner & { readonly tenantId: string },
): Promise<{ readonly accountId: string; readonly kind: PlayerAccountKind }[]> {
  return connection.query(SELECT_ACCOUNTS_OF_PLAYER, [tenantId, currency, playerId]);
}

const LOCK_DEBITED_ACCOUNTS = `
  select lock_debited_accounts as "accountId"
  from lock_debited_accounts($1::uuid[])`;

/** Locks those of the tenant's accounts that may not fall below zero, and names them. */
export async function lockDebitedAccounts(
  connection: Connection,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await connection.query<{ readonly accountId: string }>(LOCK_DEBITED_ACCOUNTS, [accountIds]);
  return rows.map(({ accountId }) => accountId);
}

const INSERT_TRANSFERS = `
  with wanted as (
    select *
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::uuid[], $8::integer[], $9::timestamptz[])
      as wanted (
        transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
      )
  ), posted as (
    insert into transfers (
      tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
    )
    select $1, wanted.*
    from wanted
    on conflict (tenant_id, idempotency_key) do nothing
    returning transfer_id, idempotency_key, currency
  ), moved as (
    insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
    select $1, posted.transfer_id, entry.account_id, posted.currency, entry.amount_minor
    from unnest($10::uuid[], $11::uuid[], $12::bigint[]) as entry (transfer_id, account_id, amount_minor)
    join posted using (transfer_id)
  )
  select idempotency_key as "idempotencyKey"
  from posted`;

/** Adds transfers with their entries, but for those whose key is taken; the keys of those added. */
export async function insertTransfers(
  connection: Connection,
  tenantId: string,
  transfers: readonly (Transfer & { readonly transferId: string })[],
): Promise<Set<string>> {
  const entries = transfers.flatMap(({ transferId, entries: own }) =>
    own.map((entry) => ({ ...entry, transferId })),
  );
  const rows = await connection.query<{ readonly idempotencyKey: string }>(INSERT_TRANSFERS, [
    tenantId,
    transfers.map(({ transferId }) => transferId),
    transfers.map(({ idempotencyKey }) => idempotencyKey),
    transfers.map(({ kind }) => kind),
    transfers.map(({ currency }) => currency),
    transfers.map(({ entries: own }) => own.length),
    transfers.map(({ betId }) => betId ?? null),
    transfers.map(({ settlementVersion }) => settlementVersion ?? null),
    transfers.map(({ occurredAt }) => occurredAt),
    entries.map(({ transferId }) => transferId),
    entries.map(({ accountId }) => accountId),
    entries.map(({ amountMinor }) => amountMinor),
  ]);
  return new Set(rows.map(({ idempotencyKey }) => idempotencyKey));
}

const SELECT_ENTRIES_BY_KEY = `
  select entries.account_id as "accountId", entries.amount_minor as "amountMinor"
  from transfers
  join entries using (tenant_id, transfer_id)
  where transfers.tenant_id = $1 and transfers.idempotency_key = $2`;

/** The entries of the transfer with that key. */
export function selectEntriesByKey(
  connection: Connection,
  tenantId: string,
  idempotencyKey: string,
): Promise<Entry[]> {
  return connection.query<Entry>(SELECT_ENTRIES_BY_KEY, [tenantId, idempotencyKey]);
}
