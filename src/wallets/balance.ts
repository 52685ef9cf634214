import type { Connection } from "../pool/mod.ts";
import { readPlayerAccount, type WalletOwner } from "./accounts.ts";
import { selectBalances, selectBalancesUpTo } from "./balance_queries.ts";
import { lastTransferId } from "./ids.ts";
import { selectAccountsOfPlayer } from "./queries.ts";

/** What a player has, in minor units of the currency: to spend, and held by open bets. */
export interface Balance {
  readonly currency: string;
  readonly cashMinor: bigint;
  readonly heldMinor: bigint;
}

/** All that a player has, money that may not be withdrawn among it. */
export interface Wallet extends Balance {
  readonly bonusMinor: bigint;
}

/** `at`: by the transfers up to this moment of business time, its millisecond included; by all of them when left out. */
type WalletAsked = WalletOwner & { readonly tenantId: string; readonly at?: Date | undefined };

/**
 * A player's balance: the last checkpoint and the entries since; nothing else is stored.
 *
 * @throws {AccountMissingError} If the player has no wallet in that currency.
 */
export async function readBalance(connection: Connection, asked: WalletAsked): Promise<Balance> {
  const { cashAccountId, heldAccountId } = await readPlayerAccount(connection, asked);
  const balanceOf = await balancesOf(connection, asked, [cashAccountId, heldAccountId]);
  const { currency } = asked;
  return { currency, cashMinor: balanceOf(cashAccountId), heldMinor: balanceOf(heldAccountId) };
}

/** The same with the player's bonus; zero of everything for a player whose wallet no money has met. */
export async function readWallet(connection: Connection, asked: WalletAsked): Promise<Wallet> {
  const accounts = await selectAccountsOfPlayer(connection, asked);
  const ids = accounts.map(({ accountId }) => accountId);
  const balanceOf = await balancesOf(connection, asked, ids);
  const minorOf = (wanted: string) =>
    accounts
      .filter(({ kind }) => kind === wanted)
      .reduce((sum, { accountId }) => sum + balanceOf(accountId), 0n);
  return {
    currency: asked.currency,
    cashMinor: minorOf("player_cash"),
    heldMinor: minorOf("stakes_held"),
    bonusMinor: minorOf("bonus"),
  };
}

async function balancesOf(
  connection: Connection,
  { tenantId, at }: WalletAsked,
  accountIds: readonly string[],
): Promise<(accountId: string) => bigint> {
  const balances =
    at === undefined
      ? await selectBalances(connection, tenantId, accountIds)
      : await selectBalancesUpTo(connection, { tenantId, accountIds, lastTransferId: lastTransferId(at) });
  return (accountId) => balances.get(accountId) ?? 0n;
}
