import type { Connection } from "../pool/mod.ts";
import { ensureAccount, readPlayerAccounts, type WalletOwner } from "./accounts.ts";
import { selectBalances } from "./balance_queries.ts";
import { holdDebits, postTransfers, type Transfer } from "./transfer.ts";

/** A player's cash below zero. */
export interface Debt extends WalletOwner {
  readonly cashAccountId: string;
  /** Minor units, below zero. */
  readonly balanceMinor: bigint;
}

/** A debt with the correction that left it: the bet, and the version of its settlement. */
export interface CausedDebt extends Debt {
  readonly betId: string;
  readonly settlementVersion: number;
}

/**
 * Those of the players whose cash is below zero, each once. Their debits are held from then on until the transaction ends, so that it stays
 * true. Needs a write lease of the tenant.
 *
 * @throws {AccountMissingError} If a player has no wallet in that currency.
 */
export async function readDebts(
  connection: Connection,
  { tenantId, owners }: { readonly tenantId: string; readonly owners: readonly WalletOwner[] },
): Promise<readonly Debt[]> {
  const accountsOf = await readPlayerAccounts(connection, { tenantId, owners });
  const accounts = new Map(owners.map(accountsOf).map((found) => [found.cashAccountId, found]));
  const ids = [...accounts.keys()];
  await holdDebits(connection, ids);
  // A statement of its own, after the locks.
  const balances = await selectBalances(connection, tenantId, ids);
  return [...accounts.values()].flatMap(({ cashAccountId, playerId, currency }) => {
    const balanceMinor = balances.get(cashAccountId) ?? 0n;
    return balanceMinor < 0n ? [{ cashAccountId, playerId, currency, balanceMinor }] : [];
  });
}

/**
 * Pays debts from the tenant's `adjustments`, up to zero; each cause once. Needs a write lease of the tenant.
 *
 * @throws {TransferRepeatedError} If one of them was written off before.
 */
export async function writeOffDebts(
  connection: Connection,
  {
    tenantId,
    debts,
    at,
  }: { readonly tenantId: string; readonly debts: readonly CausedDebt[]; readonly at: Date },
): Promise<void> {
  const transfers: Transfer[] = [];
  for (const { betId, settlementVersion, currency, cashAccountId, balanceMinor } of debts) {
    const house = { tenantId, kind: "adjustments", currency, playerId: null, at } as const;
    const adjustmentsId = await ensureAccount(connection, house);
    transfers.push({
      tenantId,
      idempotencyKey: `write_off/${betId}/${settlementVersion}`,
      kind: "write_off",
      currency,
      entries: [
        { accountId: cashAccountId, amountMinor: -balanceMinor },
        { accountId: adjustmentsId, amountMinor: balanceMinor },
      ],
      betId,
      occurredAt: at,
    });
  }
  if (transfers.length > 0) await postTransfers(connection, tenantId, transfers);
}
