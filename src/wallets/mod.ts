/** Money: a double-entry ledger that only grows and always sums to zero. */
export {
  type AccountKind,
  type HouseAccountKind,
  openAccounts,
  type PlayerAccounts,
  readHouseAccount,
  readPlayerAccount,
  readPlayerAccounts,
  type WalletOwner,
} from "./accounts.ts";
export { type Balance, readBalance } from "./balance.ts";
export { depositDemo } from "./deposit.ts";
export {
  AccountMissingError,
  DepositRefusedError,
  InsufficientFundsError,
  TransferRepeatedError,
} from "./errors.ts";
export { type HeldFunds, holdFunds } from "./held_funds.ts";
export { formatMinor, minorExponent } from "./money.ts";
export {
  type Entry,
  holdDebits,
  postTransfers,
  type Transfer,
  type TransferKind,
  transfer,
} from "./transfer.ts";
