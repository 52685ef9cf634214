/** What the sources say: adapters, quarantine, events, prices and results, each snapshot in one transaction. */

export { FOOTBALL_DATA_BOOKS } from "./_football_data_columns.ts";
export {
  EventNotFoundError,
  type FeedFailure,
  FeedFrozenError,
  FeedMisconfiguredError,
  FeedUnreachableError,
  FeedUnreadableError,
  FenceLostError,
  QuarantineItemNotFoundError,
  QuarantineNotReleasableError,
} from "./errors.ts";
export type { Feed, FeedVendor, PollAnswer, PollRequest } from "./feed.ts";
export type { FeedEvent } from "./feed_event.ts";
export {
  type Fetch,
  type FetchDeps,
  type FetchedAnswer,
  type FetchOptions,
  fetchAnswer,
} from "./fetch.ts";
export { isPublicAddress, type Resolve } from "./fetch_address.ts";
export { footballDataSource, readFootballData, readFootballDataColumns } from "./football_data.ts";
export { footballDataFeed, footballDataVendor } from "./football_data_feed.ts";
export { goalserveSource, readGoalserve } from "./goalserve.ts";
export {
  type GoalserveFeedOptions,
  goalserveFeed,
  goalserveScoresFeed,
  goalserveVendor,
} from "./goalserve_feed.ts";
export { readGoalserveScores } from "./goalserve_scores.ts";
export { type PriceChangeRow, selectPriceHistory } from "./history_queries.ts";
export type { HttpLimits } from "./http_feed.ts";
export { type HistoryDeps, historyStep } from "./keep_history.ts";
export { type PollStepDeps, pollStep } from "./loop.ts";
export { type Decided, type Decision, discardQuarantined, releaseQuarantined } from "./quarantine.ts";
export {
  listQuarantine,
  type QuarantineCounter,
  type QuarantineFilter,
  type QuarantineRow,
  selectQuarantineCounters,
  selectQuarantined,
} from "./quarantine_desk_queries.ts";
export { QUARANTINE_MAX, type SetAside } from "./quarantine_queries.ts";
export { type EventFactsToRecord, type RecordedResult, recordEventFacts } from "./record_event_facts.ts";
export { type ResultToRecord, recordResult } from "./record_result.ts";
export {
  type ResultCursor,
  type ResultRow,
  selectEventSport,
  selectLatestResults,
  selectResultsSince,
} from "./result_queries.ts";
export { type Seeds, seedFeeds } from "./seed_feeds.ts";
export type { FeedSeed, QuotaSeed } from "./seed_queries.ts";
export {
  SIMULATED_SOURCE,
  type SimulatedMoment,
  type SimulatedOptions,
  simulatedFeed,
  simulatedSnapshot,
} from "./simulated.ts";
export { simulatedVendor } from "./simulated_feed.ts";
export {
  type HeldBack,
  type PriceTally,
  QUARANTINE_REASONS,
  type QuarantineItem,
  type QuarantineReason,
  type ReadAnswer,
  type ReadContext,
  type ResultFacts,
  type Score,
  type Snapshot,
  type SnapshotEvent,
} from "./snapshot.ts";
export { readTheOddsApi, theOddsApiSource } from "./the_odds_api.ts";
export { theOddsApiFeed, theOddsApiScoresFeed, theOddsApiVendor } from "./the_odds_api_feed.ts";
export { readTheOddsApiScores } from "./the_odds_api_scores.ts";
export { readTheOddsApiSports, type TheOddsApiSport } from "./the_odds_api_sports.ts";
export { type SilenceDeps, type SilentFeed, silenceStep } from "./watch_silence.ts";
export { type WriteDeps, type WriteReport, writeSnapshot } from "./write_snapshot.ts";
