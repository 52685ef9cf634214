/** Where a value came from: within its lifetime, past it, or the plan's own last resort. */
export type ReadState = "fresh" | "stale" | "default";

/** What one read gave, and how. */
export interface Outcome<T> {
  readonly value: T;
  readonly state: ReadState;
  /** Milliseconds since the load that last confirmed the value; 0 for a default. */
  readonly ageMs: number;
  /** Milliseconds of freshness left; negative when stale. */
  readonly ttlMs: number;
  /** Why it is not fresh, as in `pool_exhausted`; `refreshing` when the load was merely slower than the soft deadline. */
  readonly cause?: string;
  /** Tries of the load this reader waited for; 0 when it waited for none. */
  readonly attempts: number;
  readonly waitedMs: number;
  /** Whether another reader had begun the load. */
  readonly shared: boolean;
}
