/** Deadlines, retries, breakers and single flight over signals and a clock. Knows no database and no sport. */

export { type Backoff, createBackoff } from "./backoff.ts";
export {
  type Breaker,
  type BreakerCall,
  type BreakerDeps,
  type BreakerEvent,
  type BreakerOptions,
  type BreakerState,
  createBreaker,
} from "./breaker.ts";
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from "./budget.ts";
export {
  type Clock,
  type CoarseClock,
  createCoarseClock,
  type Random,
  sleep,
  systemClock,
} from "./clock.ts";
export { type Course, createFlights, type Flight, type Flights } from "./flight.ts";
export {
  CRITICALITIES,
  type Criticality,
  createPermits,
  type Permit,
  PermitRefusedError,
  type Permits,
  type PermitsOptions,
} from "./permits.ts";
export { type RetryOptions, retry } from "./retry.ts";
export { nextTurn } from "./turn.ts";
