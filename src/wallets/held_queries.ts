import type { Connection } from "../pool/mod.ts";
import type { PlayerAccounts, WalletOwner } from "./accounts.ts";
import type { Transfer } from "./transfer.ts";

/** Where a stake comes from, and where it is held. */
export type StakeAccounts = Pick<PlayerAccounts, "cashAccountId" | "heldAccountId">;

const SELECT_STAKE_ACCOUNTS = `
  select account_id as "accountId", kind
  from accounts
  where tenant_id = $1
    and kind in ('player_cash', 'stakes_held')
    and currency = $2
    and player_id = $3`;

/** The two accounts of a player between which a stake moves; `undefined` where the player has none in that currency. */
export async function selectStakeAccounts(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOwner & { readonly tenantId: string },
): Promise<StakeAccounts | undefined> {
  const rows = await connection.query<{ readonly accountId: string; readonly kind: string }>(
    SELECT_STAKE_ACCOUNTS,
    [tenantId, currency, playerId],
  );
  const cashAccountId = rows.find(({ kind }) => kind === "player_cash")?.accountId;
  const heldAccountId = rows.find(({ kind }) => kind === "stakes_held")?.accountId;
  if (cashAccountId === undefined || heldAccountId === undefined) return undefined;
  return { cashAccountId, heldAccountId };
}

// Without "on conflict": a key that is taken ends the transaction, so that a commit may be sent on the heels of this.
const INSERT_TRANSFER = `
  with posted as (
    insert into transfers (
      tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  )
  insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
  select $1, $2, entry.account_id, $5, entry.amount_minor
  from unnest($10::uuid[], $11::bigint[]) as entry (account_id, amount_minor)`;

/** Adds one transfer with its entries, or fails the whole transaction. Sent at once, or not at all. */
export function insertTransfer(
  connection: Connection,
  moved: Transfer & { readonly transferId: string },
): Promise<unknown> {
  const { entries } = moved;
  return connection.execute(INSERT_TRANSFER, [
    moved.tenantId,
    moved.transferId,
    moved.idempotencyKey,
    moved.kind,
    moved.currency,
    entries.length,
    moved.betId ?? null,
    moved.settlementVersion ?? null,
    moved.occurredAt,
    entries.map(({ accountId }) => accountId),
    entries.map(({ amountMinor }) => amountMinor),
  ]);
}
