/** What is known of an event: who says what, what was true when, when we knew, and what follows from it. */

export {
  CLAIMED_FACTS,
  type ClaimedFact,
  type ClaimWords,
  claimOfWords,
  valueInWords,
} from "./claim_words.ts";
export {
  ALL_GOALS,
  boutClaim,
  type CountClaim,
  cancelledClaim,
  countClaim,
  countClaims,
  type GoalClaim,
  goalClaim,
  goalClaims,
  pitcherClaim,
  playedClaim,
  playerClaim,
  retiredClaim,
  retraction,
  startClaim,
  statusClaim,
  winnerClaim,
  withdrawnClaim,
} from "./claims.ts";
export { problems as resultsProblems, schemas as resultsSchemas } from "./contract.ts";
export { CancellationNotFoundError, EventNotFoundError, FactClaimInvalidError } from "./errors.ts";
export {
  type Certainty,
  FACT_KINDS,
  type FactKind,
  type FactName,
  type FactRow,
  type KnownFact,
  keyOfFact,
  saysTheSame,
  wordsOf,
} from "./fact_rows.ts";
export {
  ANY_COUNT,
  type Bounds,
  differenceOf,
  exactly,
  narrowed,
  scaled,
  sumOf,
} from "./facts/bounds.ts";
export { type Counts, countsOf, isFactPeriod, isStatistic } from "./facts/counts.ts";
export {
  CANCELLATION_REASONS,
  type Cancellation,
  type CancellationReason,
  type CountFact,
  FACT_PERIODS,
  type FactPeriod,
  type FactStatus,
  type Facts,
  type GoalFact,
  type PlayerFact,
  type Provenance,
  type Side,
  STATISTICS,
  type Statistic,
  type WinnerFact,
} from "./facts/facts.ts";
export { isWithin, partsInOrder } from "./facts/periods.ts";
export {
  and,
  atLeast,
  atMost,
  equals,
  isMissing,
  isOdd,
  type Missing,
  not,
  or,
  type Quantity,
  type Truth,
} from "./facts/truth.ts";
export { type ClaimsContext, type Contradiction, type JudgedClaims, judgeClaims } from "./judge_claims.ts";
export { FACT_STATUSES, factsOf } from "./known_facts.ts";
export {
  type FactsScope,
  type FactVersion,
  selectStandingOfEvents,
  selectVersionKnownAt,
} from "./queries.ts";
export { type FactsAsOf, type ReadVersion, readFacts, readFactVersions } from "./read_facts.ts";
export { type RecordedFacts, recordFacts, type Statement } from "./record_facts.ts";
export {
  type PublicResult,
  type PublicScore,
  publicResultOf,
  resultClaims,
  scoredPeriodOf,
} from "./result_claims.ts";
export { type ResultsAdminRoutesDeps, resultsAdminRoutes } from "./routes.ts";
