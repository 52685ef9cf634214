import {
  assertMayDeposit,
  assertNotFrozen,
  assertWithinLimit,
  type Player,
  readPlayer,
  readPlayerLimits,
} from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { accountsFor, ensureAccount, readHouseAccount } from "./accounts.ts";
import { readWallet, type Wallet } from "./balance.ts";
import { CurrencyMismatchError } from "./errors.ts";
import { readLimitUse } from "./flows.ts";
import { type Entry, holdDebits, type TransferKind, transfer } from "./transfer.ts";

/** Money that an operator moves. */
export interface MoneyRequest {
  readonly tenantId: string;
  readonly playerId: string;
  /** In minor units: above zero for deposits and withdrawals, either way but not zero for adjustments. */
  readonly amountMinor: bigint;
  /** ISO 4217; it must be that of the player's wallet. */
  readonly currency: string;
  /** The caller's own name for it: the same again moves nothing. */
  readonly idempotencyKey: string;
  /** Business time. */
  readonly at: Date;
}

/** What was moved, and the wallet after it. */
export interface MoneyMoved {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly playerId: string;
  readonly amountMinor: bigint;
  readonly occurredAt: Date;
  readonly wallet: Wallet;
}

// No currency's player moves ten billion of its hundredths at once; it keeps every sum far within a bigint column.
const AMOUNT_MAX_MINOR = 1_000_000_000_000n;

/** What decides whether a brand may take money at all; it throws when it may not. */
export interface DepositGate {
  assertOpen(
    connection: Connection,
    player: { readonly tenantId: string; readonly country: string | null },
  ): Promise<void>;
}

/**
 * Pays money in: from the tenant's clearing account to a player's cash. Opens the wallet with the first of it. Needs a write lease.
 *
 * @throws {RangeError} If the amount is out of bounds.
 * @throws {PlayerNotFoundError | PlayerNotVerifiedError | PlayerCoolingOffError | PlayerExcludedError | PlayerClosedError}
 * @throws {CurrencyMismatchError}
 * @throws What the gate throws, if the brand may take no money from the player.
 * @throws {PlayerLimitExceededError} `deposit_limit_exceeded`. A limit that cannot be read is an error: nothing is moved without it.
 * @throws {TransferRepeatedError} If the key moved money before.
 */
export async function deposit(
  connection: Connection,
  request: MoneyRequest,
  { gate }: { readonly gate: DepositGate },
): Promise<MoneyMoved> {
  assertAmount(request);
  const { tenantId, amountMinor, at } = request;
  const player = await readPlayer(connection, { ...request, held: true });
  assertMayDeposit(player, { at });
  await gate.assertOpen(connection, player);
  assertCurrency(player, request);
  const owner = { tenantId, playerId: player.playerId, currency: player.currency, at };
  const { cashAccountId } = await accountsFor(connection, owner);
  // A credit needs no lock; a limit does: of two deposits at once the second must count the first.
  await holdDebits(connection, [cashAccountId]);
  const limits = await readPlayerLimits(connection, owner);
  const { deposit: used } = await readLimitUse(connection, owner);
  assertWithinLimit(limits, { kind: "deposit", used, amountMinor });
  const clearing = await readHouseAccount(connection, { ...owner, kind: "clearing" });
  return post(connection, request, {
    kind: "deposit",
    accountId: cashAccountId,
    against: clearing,
    amountMinor,
  });
}

/**
 * Pays money out: from a player's cash to the tenant's clearing account. In every state of the player: whoever may not bet any more may
 * still have what is theirs, but for a frozen one, who owes. Needs a write lease.
 *
 * @throws {RangeError} If the amount is out of bounds.
 * @throws {PlayerNotFoundError}
 * @throws {CurrencyMismatchError}
 * @throws {PlayerFrozenError}
 * @throws {InsufficientFundsError}
 * @throws {TransferRepeatedError} If the key moved money before.
 */
export async function withdraw(connection: Connection, request: MoneyRequest): Promise<MoneyMoved> {
  assertAmount(request);
  const { tenantId, amountMinor, at } = request;
  const player = await readPlayer(connection, request);
  assertCurrency(player, request);
  const owner = { tenantId, playerId: player.playerId, currency: player.currency, at };
  const { cashAccountId } = await accountsFor(connection, owner);
  await holdDebits(connection, [cashAccountId]);
  await assertNotFrozen(connection, player);
  const clearing = await readHouseAccount(connection, { ...owner, kind: "clearing" });
  return post(connection, request, {
    kind: "withdrawal",
    accountId: cashAccountId,
    against: clearing,
    amountMinor: -amountMinor,
  });
}

/** Which part of a wallet an adjustment is of. */
export type AdjustedPart = "cash" | "bonus";

/**
 * Puts a wallet right: from or to the tenant's `adjustments`, so that every correction is seen in one account. Needs a write lease.
 *
 * @throws {RangeError} If the amount is zero or out of bounds.
 * @throws {PlayerNotFoundError}
 * @throws {CurrencyMismatchError}
 * @throws {InsufficientFundsError} If cash or bonus would fall below zero.
 * @throws {TransferRepeatedError} If the key moved money before.
 */
export async function adjust(
  connection: Connection,
  request: MoneyRequest & { readonly part: AdjustedPart },
): Promise<MoneyMoved> {
  const { tenantId, amountMinor, at, part } = request;
  assertAmount({ amountMinor: amountMinor < 0n ? -amountMinor : amountMinor });
  const player = await readPlayer(connection, request);
  assertCurrency(player, request);
  const owner = { tenantId, playerId: player.playerId, currency: player.currency, at };
  const { cashAccountId } = await accountsFor(connection, owner);
  const accountId =
    part === "cash" ? cashAccountId : await ensureAccount(connection, { ...owner, kind: "bonus" });
  const adjustments = { ...owner, kind: "adjustments", playerId: null } as const;
  const against = await ensureAccount(connection, adjustments);
  return post(connection, request, { kind: "adjustment", accountId, against, amountMinor });
}

interface Posting {
  readonly kind: "deposit" | "withdrawal" | "adjustment";
  readonly accountId: string;
  readonly against: string;
  /** As the player's account has it. */
  readonly amountMinor: bigint;
}

async function post(
  connection: Connection,
  { tenantId, playerId, currency, idempotencyKey, at }: MoneyRequest,
  { kind, accountId, against, amountMinor }: Posting,
): Promise<MoneyMoved> {
  const entries: readonly Entry[] = [
    { accountId, amountMinor },
    { accountId: against, amountMinor: -amountMinor },
  ];
  const moved = {
    tenantId,
    idempotencyKey: `${kind}/${playerId}/${idempotencyKey}`,
    kind,
    currency,
    entries,
  };
  const transferId = await transfer(connection, { ...moved, occurredAt: at });
  const wallet = await readWallet(connection, { tenantId, playerId, currency });
  return { transferId, kind, playerId, amountMinor, occurredAt: at, wallet };
}

function assertAmount({ amountMinor }: { readonly amountMinor: bigint }): void {
  if (amountMinor < 1n || amountMinor > AMOUNT_MAX_MINOR)
    throw new RangeError(`Cannot move the amount as it is not from 1 to ${AMOUNT_MAX_MINOR}: ${amountMinor}`);
}

function assertCurrency(player: Player, { currency }: MoneyRequest): void {
  if (player.currency !== currency)
    throw new CurrencyMismatchError({ wallet: player.currency, asked: currency });
}
