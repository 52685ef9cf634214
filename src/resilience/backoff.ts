import type { Random } from "./clock.ts";

/** A growing, jittered pause: doubles from `fromMs` up to `toMs`, each time drawn from the upper half of its range. */
export interface Backoff {
  /** The next pause in milliseconds; each call makes the one after it longer. */
  next(): number;
  /** Begins again at `fromMs`, after a success. */
  reset(): void;
}

export interface BackoffOptions {
  readonly fromMs: number;
  readonly toMs: number;
}

export function createBackoff({ fromMs, toMs }: BackoffOptions, { random }: { random: Random }): Backoff {
  let step = 0;
  return {
    next() {
      const ceiling = Math.min(toMs, fromMs * 2 ** step);
      step = Math.min(step + 1, 30);
      return ceiling * (0.5 + random() / 2);
    },
    reset() {
      step = 0;
    },
  };
}
