/** Placing a bet, and what settlement needs to know and to change of one. */

export { type BetsAdminRoutesDeps, betsAdminRoutes } from "./admin_routes.ts";
export {
  type EventOfTenant,
  type EventVersion,
  holdAwaiting,
  postponePlan,
  selectAwaiting,
  takeAwaiting,
} from "./awaiting_queries.ts";
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
  SettlementMissingError,
  SettlementPolicyConflictError,
} from "./errors.ts";
export {
  type FrozenBet,
  type FrozenLeg,
  type LegGraded,
  selectFrozenBet,
  selectLegGrades,
} from "./explained_queries.ts";
export { moveExposure } from "./exposure_queries.ts";
export { type GradedLeg, insertLegGrades, type LegGrade, selectGradedLegs } from "./leg_grade_queries.ts";
export { findLimitFaults, type LimitFault } from "./limit_faults.ts";
export { selectAllLimits } from "./limit_queries.ts";
export { type BettingLimit, LIMIT_SCOPES, type LimitScope, type TenantLimits } from "./limits.ts";
export { limitsOfDocument } from "./limits_body.ts";
export { applyNegativeBalance, type DebitedBet, type DebtApplied } from "./negative_balance.ts";
export {
  type BettedOutcome,
  type OutcomeGrade,
  type StandingOutcome,
  saveOutcomeGrades,
  selectStandingOutcomes,
} from "./outcome_grade_queries.ts";
export { type PlaceBetDeps, placeBet } from "./place_bet.ts";
export { policySchemas } from "./policy_contract.ts";
export { settlementPolicyRoutes } from "./policy_routes.ts";
export { problems as betsProblems } from "./problems.ts";
export { readBet, readBets } from "./read_bets.ts";
export { readStuckBets } from "./read_stuck_bets.ts";
export type { PlaceBetRequest, RequestedLeg } from "./request.ts";
export { type StandingSettlement, selectStandingSettlements } from "./reversal_queries.ts";
export {
  REVERSAL_REASONS,
  type Reversal,
  type ReversalReason,
  reverseSettlements,
  type TakenBack,
} from "./reverse_settlements.ts";
export { type BetsRoutesDeps, betsRoutes } from "./routes.ts";
export { type LimitsSaved, type LimitsToSave, type SaveLimitsDeps, saveLimits } from "./save_limits.ts";
export {
  type MarkedBet,
  type MarkedLeg,
  markBets,
  markLegsGraded,
  recordSettlementFailure,
} from "./settlement_mark_queries.ts";
export {
  NEGATIVE_BALANCES,
  type NegativeBalance,
  readSettlementPolicy,
  type SettlementChoice,
  type SettlementPolicy,
  saveSettlementPolicy,
} from "./settlement_policy.ts";
export {
  type BettedGroup,
  type CancelledBets,
  type ClaimedBet,
  type Claiming,
  claimBets,
  selectBettedOutcomes,
} from "./settlement_queries.ts";
export { type StuckBetsView, stuckSchemas } from "./stuck_contract.ts";
export { stuckBetsRoutes } from "./stuck_routes.ts";
export { type BetToVoid, voidBet } from "./void_bet.ts";
