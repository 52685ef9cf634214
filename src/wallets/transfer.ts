import type { Connection } from "../pool/mod.ts";
import { selectBalances } from "./balance_queries.ts";
import { InsufficientFundsError, TransferRepeatedError } from "./errors.ts";
import { newTransferId } from "./ids.ts";
import { insertTransfers, lockDebitedAccounts } from "./queries.ts";

/**
 * `settlement` and `void` name the bet and the version of its settlement that they pay. A `reversal`, a version of its own, negates the
 * entries of a settlement that did not hold; a `write_off` is the house's answer to a balance that a reversal has left below zero.
 */
export type TransferKind =
  | "deposit"
  | "withdrawal"
  | "adjustment"
  | "stake"
  | "settlement"
  | "void"
  | "reversal"
  | "write_off";

/** One account's part of a transfer, in minor units: above zero it receives, below zero it gives. */
export interface Entry {
  readonly accountId: string;
  readonly amountMinor: bigint;
}

/** Money that moves at one moment, all of it or none. Its entries name each account once and sum to zero. */
export interface Transfer {
  readonly tenantId: string;
  /** Names what is done, so that it is done once: `stake/<bet>`, `settlement/<bet>/<version>`. */
  readonly idempotencyKey: string;
  readonly kind: TransferKind;
  readonly currency: string;
  readonly entries: readonly Entry[];
  readonly betId?: string;
  readonly settlementVersion?: number;
  /** Business time. */
  readonly occurredAt: Date;
}

/**
 * Moves money. Needs a write lease of the tenant; nothing is true before its commit.
 *
 * @returns The transfer's id.
 * @throws {RangeError} If the entries do not sum to zero, are fewer than two, or name an account twice.
 * @throws {InsufficientFundsError} If a player's cash or bonus would fall below zero.
 * @throws {TransferRepeatedError} If the ledger already holds a transfer under that key.
 */
export async function transfer(connection: Connection, moved: Transfer): Promise<string> {
  const [transferId] = await postTransfers(connection, moved.tenantId, [moved]);
  return transferId ?? "";
}

export interface PostingOptions {
  /**
   * Nothing is locked and no balance is asked for: of what pays out of held stakes, and of what takes back what should never have been
   * paid, whatever the player has left. Whoever takes back holds the debits before the commit.
   */
  readonly mayOverdraw?: boolean;
}

/**
 * Moves money many times in one statement and returns the transfers' ids, in order; throws as `transfer` does, for the whole.
 *
 * Only debits of a player's cash or bonus lock, and only that player's row: credits and the house's accounts insert.
 */
export async function postTransfers(
  connection: Connection,
  tenantId: string,
  transfers: readonly Transfer[],
  { mayOverdraw = false }: PostingOptions = {},
): Promise<readonly string[]> {
  for (const moved of transfers) assertPostable(moved, tenantId);
  if (!mayOverdraw) await assertFunds(connection, tenantId, transfers);
  const identified = transfers.map((moved) => ({ ...moved, transferId: newTransferId(moved.occurredAt) }));
  const posted = await insertTransfers(connection, tenantId, identified);
  const repeated = transfers.map((moved) => moved.idempotencyKey).filter((key) => !posted.has(key));
  if (repeated.length > 0) throw new TransferRepeatedError(repeated);
  return identified.map(({ transferId }) => transferId);
}

/**
 * Waits until no other transaction can debit these accounts, and keeps it so until this one ends. A transaction of
 * unknown outcome that debited one of them is over once this returns.
 */
export async function holdDebits(connection: Connection, accountIds: readonly string[]): Promise<void> {
  await lockDebitedAccounts(connection, accountIds);
}

/** @throws {RangeError} If it is no transfer of the tenant, or its entries do not balance. */
export function assertPostable(
  { tenantId: owner, entries, idempotencyKey }: Transfer,
  tenantId: string,
): void {
  const sum = entries.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const accounts = new Set(entries.map(({ accountId }) => accountId));
  const fault =
    (owner !== tenantId && "it is another tenant's") ||
    (entries.length < 2 && "it has fewer than two entries") ||
    (accounts.size < entries.length && "it names an account twice") ||
    (entries.some(({ amountMinor }) => amountMinor === 0n) && "an entry is zero") ||
    (sum !== 0n && `its entries sum to ${sum}`);
  if (fault !== false)
    throw new RangeError(`Cannot post the transfer as ${fault}: key is "${idempotencyKey}"`);
}

// The sum is a statement of its own, after the lock: within one statement it would be of the moment before the wait.
async function assertFunds(
  connection: Connection,
  tenantId: string,
  transfers: readonly Transfer[],
): Promise<void> {
  const debits = debitsOf(transfers);
  if (debits.size === 0) return;
  const bounded = await lockDebitedAccounts(connection, [...debits.keys()]);
  if (bounded.length === 0) return;
  const balances = await selectBalances(connection, tenantId, bounded);
  for (const accountId of bounded) {
    const neededMinor = debits.get(accountId) ?? 0n;
    const balanceMinor = balances.get(accountId) ?? 0n;
    if (balanceMinor < neededMinor)
      throw new InsufficientFundsError({ accountId, balanceMinor, neededMinor });
  }
}

/** What each account gives, credits of the same batch not counted. Pure. */
export function debitsOf(transfers: readonly Transfer[]): Map<string, bigint> {
  const debits = new Map<string, bigint>();
  for (const { accountId, amountMinor } of transfers.flatMap(({ entries }) => entries)) {
    if (amountMinor < 0n) debits.set(accountId, (debits.get(accountId) ?? 0n) - amountMinor);
  }
  return debits;
}
