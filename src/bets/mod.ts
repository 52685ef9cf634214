/** Placing a bet, and what settlement needs to know and to change of one. */
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
  BetNotFoundError,
  BetNotOpenError,
  BetNotPlacedError,
  BetRefusedError,
  IdempotencyKeyReusedError,
  type LegJudgement,
  type LegRefusalCode,
  type RefusalCode,
  RequestInProgressError,
} from "./errors.ts";
export { releaseExposure, selectExposureFaults } from "./exposure_queries.ts";
export { type GradedLeg, insertLegGrades, type LegGrade, selectGradedLegs } from "./leg_grade_queries.ts";
export { type PlaceBetDeps, placeBet } from "./place_bet.ts";
export type { PlaceBetRequest, RequestedLeg } from "./request.ts";
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
