import type { RetryBudget } from "./budget.ts";
import { type Clock, type Random, sleep } from "./clock.ts";

export interface RetryOptions {
  /** How often the work is tried in all; 1 is no retry. */
  readonly attempts: number;
  /** The pause between attempts is drawn evenly from this range, so that callers do not return in step. */
  readonly jitterMs: readonly [from: number, to: number];
  /** Only what a second try can mend; decided in one place, by the caller. */
  readonly isTransient: (error: unknown) => boolean;
  /** Shared by all callers of a dependency; without one every transient failure is tried again. */
  readonly budget?: RetryBudget;
  /** On `clock.now()`: no attempt begins after it. */
  readonly deadlineAt: number;
  readonly signal?: AbortSignal;
}

/**
 * Tries `work` again after a transient failure. Nothing may be held between attempts: whatever an attempt opens, it closes.
 *
 * For reads only: a write whose answer was lost may have happened.
 *
 * @throws What the last attempt threw, or the signal's reason.
 */
export async function retry<T>(
  work: (attempt: number) => Promise<T>,
  options: RetryOptions,
  { clock, random }: { clock: Clock; random: Random },
): Promise<T> {
  const { attempts, budget, deadlineAt, isTransient, signal } = options;
  const [from, to] = options.jitterMs;
  budget?.deposit();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const pauseMs = from + random() * (to - from);
      const hopeless = attempt >= attempts || !isTransient(error) || clock.now() + pauseMs >= deadlineAt;
      if (hopeless || budget?.withdraw() === false) throw error;
      await sleep(pauseMs, signal ? { clock, signal } : { clock });
    }
  }
}
