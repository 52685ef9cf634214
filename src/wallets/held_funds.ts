import type { Connection } from "../pool/mod.ts";
import { selectBalances } from "./balance_queries.ts";
import { InsufficientFundsError } from "./errors.ts";
import { insertTransfer } from "./held_queries.ts";
import { newTransferId } from "./ids.ts";
import { lockDebitedAccounts } from "./queries.ts";
import { assertPostable, type Transfer } from "./transfer.ts";

/** A player's cash that nobody else can debit until the transaction ends. */
export interface HeldFunds {
  /** Minor units. */
  readonly balanceMinor: bigint;
  /**
   * Moves money out of it, once: sent at once and answered later, so that what comes after it need not wait. Whatever the database has
   * against it ends the transaction.
   *
   * @throws {InsufficientFundsError} At once, if the account holds less; nothing is sent.
   * @throws {RangeError} At once, if the entries do not balance.
   */
  post(moved: Transfer): Promise<unknown>;
}

/** Locks the account and sums it, in one round trip: the sum is of the moment after the lock, being a statement of its own. */
export async function holdFunds(
  connection: Connection,
  { tenantId, accountId }: { readonly tenantId: string; readonly accountId: string },
): Promise<HeldFunds> {
  const [, balances] = await Promise.all([
    lockDebitedAccounts(connection, [accountId]),
    selectBalances(connection, tenantId, [accountId]),
  ]);
  const balanceMinor = balances.get(accountId) ?? 0n;
  return {
    balanceMinor,
    post(moved) {
      assertPostable(moved, tenantId);
      const given = moved.entries.find((entry) => entry.accountId === accountId)?.amountMinor ?? 0n;
      const neededMinor = given < 0n ? -given : 0n;
      if (balanceMinor < neededMinor)
        throw new InsufficientFundsError({ accountId, balanceMinor, neededMinor });
      return insertTransfer(connection, {
        ...moved,
        transferId: newTransferId(moved.occurredAt),
      });
    },
  };
}
