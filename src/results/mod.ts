/** What is known of an event: who says what, what was true when, when we knew, and what follows from it. */
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
