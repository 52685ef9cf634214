import type { Connection } from "../pool/mod.ts";
import { readPlayerAccount, type WalletOwner } from "./accounts.ts";
import { selectBalances } from "./queries.ts";

/** What a player has, in minor units of the currency: to spend, and held by open bets. */
export interface Balance {
  readonly currency: string;
  readonly cashMinor: bigint;
  readonly heldMinor: bigint;
}

/**
 * A player's balance: the sum of the entries, nothing else is stored.
 *
 * @throws {AccountMissingError} If the player has no wallet in that currency.
 */
export async function readBalance(
  connection: Connection,
  { tenantId, playerId, currency }: WalletOwner & { readonly tenantId: string },
): Promise<Balance> {
  const owner = { tenantId, playerId, currency };
  const { cashAccountId, heldAccountId } = await readPlayerAccount(connection, owner);
  const balances = await selectBalances(connection, tenantId, [cashAccountId, heldAccountId]);
  return {
    currency,
    cashMinor: balances.get(cashAccountId) ?? 0n,
    heldMinor: balances.get(heldAccountId) ?? 0n,
  };
}
