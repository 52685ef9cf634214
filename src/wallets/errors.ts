/** The debit would leave a player's account below zero; nothing was moved. Amounts in minor units. */
export class InsufficientFundsError extends Error {
  override readonly name = "InsufficientFundsError";
  readonly code = "insufficient_funds";
  readonly accountId: string;
  readonly balanceMinor: bigint;
  readonly neededMinor: bigint;

  constructor(facts: {
    readonly accountId: string;
    readonly balanceMinor: bigint;
    readonly neededMinor: bigint;
  }) {
    super(
      `Cannot debit ${facts.neededMinor} as the account holds less: balance is ${facts.balanceMinor}, account is "${facts.accountId}"`,
    );
    this.accountId = facts.accountId;
    this.balanceMinor = facts.balanceMinor;
    this.neededMinor = facts.neededMinor;
  }
}

/** The ledger already holds a transfer under that key. The transaction can go on, or read what the first one did. */
export class TransferRepeatedError extends Error {
  override readonly name = "TransferRepeatedError";
  readonly code = "transfer_repeated";
  readonly idempotencyKeys: readonly string[];

  constructor(idempotencyKeys: readonly string[]) {
    super(
      `Cannot make ${idempotencyKeys.length} transfer(s) twice: the first key is "${idempotencyKeys[0]}"`,
    );
    this.idempotencyKeys = idempotencyKeys;
  }
}

/** The owner, a player's id or the kind of one of the tenant's own accounts, has no account in that currency. */
export class AccountMissingError extends Error {
  override readonly name = "AccountMissingError";
  readonly code = "account_missing";

  constructor({ owner, currency }: { readonly owner: string; readonly currency: string }) {
    super(`Cannot find the account: owner is "${owner}", currency is "${currency}"`);
  }
}

/** A deposit was refused; nothing was moved. */
export class DepositRefusedError extends Error {
  override readonly name = "DepositRefusedError";
  readonly code: "player_not_verified" | "idempotency_key_reused";

  constructor(code: "player_not_verified" | "idempotency_key_reused") {
    super(`Cannot deposit: cause is "${code}"`);
    this.code = code;
  }
}

/** The amount is in another currency than the player's wallet. */
export class CurrencyMismatchError extends Error {
  override readonly name = "CurrencyMismatchError";
  readonly code = "currency_mismatch";
  /** The wallet's own, ISO 4217. */
  readonly currency: string;

  constructor({ wallet, asked }: { readonly wallet: string; readonly asked: string }) {
    super(
      `Cannot move the amount as the wallet is in another currency: wallet has "${wallet}", asked for "${asked}"`,
    );
    this.currency = wallet;
  }
}
