/** Time as a parameter, so that tests advance it by hand. */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary start: for durations, deadlines and ages. */
  now(): number;
  /** Milliseconds since 1970: for business time and log lines, never for durations. */
  epochMs(): number;
  /** Calls `callback` once after `ms` milliseconds unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}

/** A number in [0, 1), as `Math.random` gives. */
export type Random = () => number;

/** The machine's own time. Its timers keep a process alive only as long as something else does. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};

/**
 * Waits `ms` milliseconds.
 *
 * @throws The signal's reason, at once, when it aborts.
 */
export function sleep(ms: number, { clock, signal }: { clock: Clock; signal?: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = clock.after(ms, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    const abort = () => {
      timer[Symbol.dispose]();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}
