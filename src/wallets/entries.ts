import type { Connection } from "../pool/mod.ts";
import type { PlayerAccountKind, WalletOwner } from "./accounts.ts";
import { selectBalancesUpTo } from "./balance_queries.ts";
import { type EntryRow, selectEntries } from "./entry_queries.ts";
import { selectAccount } from "./queries.ts";

/** One entry, with what the account held after it. */
export interface ListedEntry extends EntryRow {
  /** By the entries up to this one, in the order of their times. */
  readonly balanceMinor: bigint;
}

/**
 * A page of the entries of one of a player's accounts, the newest first.
 *
 * @returns None for an account that was never opened.
 */
export async function readEntries(
  connection: Connection,
  page: WalletOwner & {
    readonly tenantId: string;
    readonly kind: PlayerAccountKind;
    /** The last transfer of the page before; `null` for the first page. */
    readonly afterTransferId: string | null;
    readonly limit: number;
  },
): Promise<readonly ListedEntry[]> {
  const { tenantId, afterTransferId, limit } = page;
  const accountId = await selectAccount(connection, page);
  if (accountId === undefined) return [];
  const rows = await selectEntries(connection, { tenantId, accountId, afterTransferId, limit });
  const [newest] = rows;
  if (newest === undefined) return [];
  const upTo = { tenantId, accountIds: [accountId], lastTransferId: newest.transferId };
  let balanceMinor = (await selectBalancesUpTo(connection, upTo)).get(accountId) ?? 0n;
  return rows.map((row) => {
    const listed = { ...row, balanceMinor };
    balanceMinor -= row.amountMinor;
    return listed;
  });
}
