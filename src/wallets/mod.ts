/** Money: a double-entry ledger that only grows and always sums to zero. */
export {
  type AccountKind,
  accountsFor,
  type HouseAccountKind,
  openAccounts,
  type PlayerAccounts,
  readHouseAccount,
  readPlayerAccount,
  readPlayerAccounts,
  type WalletOwner,
} from "./accounts.ts";
export { walletAdminRoutes } from "./admin_routes.ts";
export { type Balance, readBalance, readWallet, type Wallet } from "./balance.ts";
export { type CheckpointsTaken, takeCheckpoints } from "./balance_queries.ts";
export { type BetTransfer, selectBetTransfers } from "./bet_transfer_queries.ts";
export { type CheckpointOptions, checkpointStep } from "./checkpoint_step.ts";
export { problems as walletProblems, schemas as walletSchemas } from "./contract.ts";
export { type CausedDebt, type Debt, readDebts, writeOffDebts } from "./debts.ts";
export { depositDemo } from "./deposit.ts";
export { type ListedEntry, readEntries } from "./entries.ts";
export type { Flows } from "./entry_queries.ts";
export {
  AccountMissingError,
  CurrencyMismatchError,
  DepositRefusedError,
  InsufficientFundsError,
  TransferRepeatedError,
} from "./errors.ts";
export { type LimitUse, readFlows, readLimitUse } from "./flows.ts";
export { type HeldFunds, holdFunds } from "./held_funds.ts";
export { type StakeAccounts, selectStakeAccounts } from "./held_queries.ts";
export { formatMinor, minorExponent } from "./money.ts";
export {
  type AdjustedPart,
  adjust,
  deposit,
  type MoneyMoved,
  type MoneyRequest,
  withdraw,
} from "./move_money.ts";
export { walletRoutes } from "./routes.ts";
export {
  type Entry,
  holdDebits,
  postTransfers,
  type Transfer,
  type TransferKind,
  transfer,
} from "./transfer.ts";
