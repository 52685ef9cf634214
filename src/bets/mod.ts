/** Placing a bet, and what settlement needs to know and to change of one. */

export { type BetsAdminRoutesDeps, betsAdminRoutes } from "./admin_routes.ts";
export {
  type BetLeg,
  type BetTerms,
  LEGS_MAX,
  type PlacedBet,
  type Placement,
  PRICE_CHANGES,
  type PriceChange,
} from "./bet.ts";
export { isBettable } from "./bettable.ts";
export {
  type BetView,
  betIdSchema,
  problems as betsProblems,
  schemas as betsSchemas,
  selectionFields,
} from "./contract.ts";
export {
  BetNotFoundError,
  BetNotOpenError,
  BetNotPlacedError,
  BetRefusedError,
  IdempotencyKeyReusedError,
  type LegJudgement,
  type LegRefusalCode,
  LimitsInvalidError,
  LimitsVersionConflictError,
  type RefusalCode,
  RequestInProgressError,
  RulesUnknownError,
  SettlementPolicyConflictError,
} from "./errors.ts";
export {
  type FrozenBet,
  type FrozenLeg,
  type LegGraded,
  selectFrozenBet,
  selectLegGrades,
} from "./explained_queries.ts";
export { releaseExposure } from "./exposure_queries.ts";
export { type GradedLeg, insertLegGrades, type LegGrade, selectGradedLegs } from "./leg_grade_queries.ts";
export { findLimitFaults, type LimitFault } from "./limit_faults.ts";
export { selectAllLimits } from "./limit_queries.ts";
export { type BettingLimit, LIMIT_SCOPES, type LimitScope, type TenantLimits } from "./limits.ts";
export { limitsOfDocument } from "./limits_body.ts";
export { applyNegativeBalance, type DebitedBet, type DebtApplied } from "./negative_balance.ts";
export { type PlaceBetDeps, placeBet } from "./place_bet.ts";
export { policySchemas } from "./policy_contract.ts";
export { settlementPolicyRoutes } from "./policy_routes.ts";
export { readBet, readBets } from "./read_bets.ts";
export type { PlaceBetRequest, RequestedLeg } from "./request.ts";
export { type BetsRoutesDeps, betsRoutes } from "./routes.ts";
export { type LimitsSaved, type LimitsToSave, type SaveLimitsDeps, saveLimits } from "./save_limits.ts";
export {
  NEGATIVE_BALANCES,
  type NegativeBalance,
  readSettlementPolicy,
  type SettlementChoice,
  type SettlementPolicy,
  saveSettlementPolicy,
} from "./settlement_policy.ts";
export {
  type AwaitingResult,
  claimOpenBets,
  type EventOfTenant,
  hasOpenBets,
  markBetsSettled,
  markLegsGraded,
  type OpenBet,
  recordSettlementFailure,
  selectAwaitingEvents,
  takeAwaiting,
} from "./settlement_queries.ts";
export { type BetToVoid, voidBet } from "./void_bet.ts";
