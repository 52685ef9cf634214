/** What the sources say: adapters, quarantine, events, prices and results, each snapshot in one transaction. */
export { EventNotFoundError, FeedUnreachableError, FeedUnreadableError } from "./errors.ts";
export { type Fetch, type FetchDeps, type FetchJsonOptions, fetchJson } from "./fetch.ts";
export { footballDataSource, readFootballData } from "./football_data.ts";
export { goalserveSource, readGoalserve } from "./goalserve.ts";
export { type GoalserveFeedOptions, goalserveFeed } from "./goalserve_feed.ts";
export { type FeedEvent, type FeedStepDeps, feedStep } from "./loop.ts";
export { type RecordedResult, type ResultToRecord, recordResult } from "./record_result.ts";
export {
  type ResultCursor,
  type ResultRow,
  selectLatestResults,
  selectResultsSince,
} from "./result_queries.ts";
export {
  SIMULATED_SOURCE,
  type SimulatedMoment,
  type SimulatedOptions,
  simulatedFeed,
  simulatedSnapshot,
} from "./simulated.ts";
export type {
  Feed,
  PollRequest,
  PriceTally,
  QuarantineItem,
  QuarantineReason,
  ReadAnswer,
  ReadContext,
  ResultFacts,
  Score,
  Snapshot,
  SnapshotEvent,
} from "./snapshot.ts";
export { readTheOddsApi, theOddsApiSource } from "./the_odds_api.ts";
export { readTheOddsApiScores } from "./the_odds_api_scores.ts";
export { readTheOddsApiSports, type TheOddsApiSport } from "./the_odds_api_sports.ts";
export { type WriteDeps, type WriteReport, writeSnapshot } from "./write_snapshot.ts";
