/** The guarded pool: permit, lease, statement frame, error signatures, statistics. Depends on pg alone. */
export type { Connection } from "./connection.ts";
export {
  BreakerOpenError,
  CommitUnknownError,
  DatabaseMisconfiguredError,
  DatabaseRefusedError,
  DatabaseSlowError,
  DatabaseUnavailableError,
  DatabaseUnreachableError,
  isUnavailable,
  LeasesStoppedError,
  PoolExhaustedError,
  StatementError,
  type UnavailableCode,
} from "./errors.ts";
export { type GatedPool, gatePool } from "./gate.ts";
export type { Lease, LeaseOptions } from "./lease.ts";
export { type Listener, type ListenerDeps, type ListenerOptions, openListener } from "./listener.ts";
export {
  openPool,
  type Pool,
  type PoolDeps,
  type PoolEvent,
  type PoolOptions,
  type PoolParts,
  type PoolSettings,
  type PoolStats,
} from "./pool.ts";
export { openSession, type Session } from "./session.ts";
