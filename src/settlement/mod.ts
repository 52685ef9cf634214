/** A result becomes a grade, a grade becomes ledger entries, exactly once. */
export { ResultMissingError, SettlementFencedError, UngradableLegError } from "./errors.ts";
export { type FinalFacts, type Grade, type GradeReason, gradeLeg, type ResultFacts } from "./grade.ts";
export { settlementStep } from "./loop.ts";
export { exactReturn, returnFactor, roundReturn } from "./payout.ts";
export {
  SETTLEMENT_LIMITS,
  type SettlementDeps,
  type SettlementFailure,
  type SettlementLimits,
} from "./settle_batch.ts";
