import type { Clock } from "../../src/resilience/mod.ts";

/** A clock that stands still until it is advanced. */
export interface ManualClock extends Clock {
  /** Moves time on, calling what falls due in order, each at its own moment, with all that follows from it settled in between. */
  advance(ms: number): Promise<void>;
  /** Timers that have not fallen due: a leaked one shows here. */
  pending(): number;
}

interface Timer {
  readonly dueAt: number;
  readonly callback: () => void;
}

const START = Date.UTC(2025, 8, 19, 12);

/** `now()` starts at 0, `epochMs()` at `startEpochMs` (19 September 2025, noon UTC, by default). */
export function manualClock(startEpochMs: number = START): ManualClock {
  let now = 0;
  const timers = new Set<Timer>();
  const next = (until: number) =>
    [...timers]
      .filter(({ dueAt }) => dueAt <= until)
      .reduce<Timer | undefined>(
        (first, timer) => (first && first.dueAt <= timer.dueAt ? first : timer),
        undefined,
      );
  return {
    now: () => now,
    epochMs: () => startEpochMs + now,
    pending: () => timers.size,
    after(ms, callback) {
      const timer = { dueAt: now + Math.max(0, ms), callback };
      timers.add(timer);
      return { [Symbol.dispose]: () => void timers.delete(timer) };
    },
    every(ms, callback) {
      let timer: Timer;
      const arm = () => {
        timer = {
          dueAt: now + ms,
          callback: () => {
            arm();
            callback();
          },
        };
        timers.add(timer);
      };
      arm();
      return { [Symbol.dispose]: () => void timers.delete(timer) };
    },
    async advance(ms) {
      const until = now + ms;
      await settled();
      for (let due = next(until); due !== undefined; due = next(until)) {
        timers.delete(due);
        now = Math.max(now, due.dueAt);
        due.callback();
        await settled();
      }
      now = until;
      await settled();
    },
  };
}

/** Lets promises that can go on do so; one turn of the event loop, so that it cannot be fooled by the length of a chain. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
