/** What is known of an event at a moment, and what follows from it. Pure. */
export {
  ANY_COUNT,
  type Bounds,
  differenceOf,
  exactly,
  narrowed,
  scaled,
  sumOf,
} from "./bounds.ts";
export { type Counts, countsOf, isFactPeriod, isStatistic } from "./counts.ts";
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
} from "./facts.ts";
export { isWithin, partsInOrder } from "./periods.ts";
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
} from "./truth.ts";
