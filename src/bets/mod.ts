/** Placing a bet, and what settlement needs to know and to change of one. */
export type { BetLeg, BetTerms, PlacedBet } from "./bet.ts";
export { isBettable } from "./bettable.ts";
export {
  BetNotPlacedError,
  BetRefusedError,
  IdempotencyKeyReusedError,
  type RefusalCode,
} from "./errors.ts";
export { type PlaceBetDeps, placeBet } from "./place_bet.ts";
export type { PlaceBetRequest, RequestedLeg } from "./request.ts";
export {
  type AwaitingResult,
  claimOpenBets,
  type EventOfTenant,
  hasOpenBets,
  markBetsSettled,
  type OpenBet,
  recordSettlementFailure,
  selectAwaitingEvents,
  takeAwaiting,
} from "./settlement_queries.ts";
