/** A result becomes a grade, a grade becomes ledger entries, exactly once. */
export {
  ResultMissingError,
  SettlementFencedError,
  UngradableLegError,
} from "./errors.ts";
export {
  GRADE_REASONS,
  type Grade,
  type Graded,
  type GradeReason,
  gradeLeg,
  gradePlacing,
  graderBy,
  type Leg,
  type LegTerms,
  type Placing,
  type UndecidedWhy,
} from "./graders/mod.ts";
export {
  type PublishedRules,
  type ReversalMade,
  type Settlement,
  selectPublishedRules,
  selectReversals,
  selectSettlements,
} from "./history_queries.ts";
export { type SettlementLag, selectSettlementLag } from "./lag_queries.ts";
export { settlementStep } from "./loop.ts";
export {
  accumulatorFactor,
  exactReturn,
  type Factors,
  type GradedLeg,
  isLostAlready,
  type Return,
  returnFactor,
  returnOf,
  returnSoFar,
  roundReturn,
} from "./payout.ts";
export {
  deductionOf,
  HOUSE_RULES_1,
  HOUSE_RULES_2,
  type HouseRules,
  HouseRulesInvalidError,
  houseRulesOf,
  readHouseRules,
} from "./rules/mod.ts";
export {
  SETTLEMENT_LIMITS,
  type SettlementDeps,
  type SettlementFailure,
  type SettlementLimits,
} from "./settle_batch.ts";
export { linesOf, SYSTEMS, type System, type SystemName, systemReturn } from "./systems.ts";
