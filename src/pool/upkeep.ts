import { type Clock, createBackoff, type Random } from "../resilience/mod.ts";
import type { PoolEvent } from "./pool.ts";
import type { Slots } from "./slots.ts";

export interface UpkeepOptions {
  readonly leakMs: number;
}

export interface UpkeepDeps {
  readonly slots: Slots;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: PoolEvent) => void;
  /** Not while the breaker is open: its probe alone asks then. */
  readonly mayConnect: () => boolean;
}

const EVERY_MS = 500;
const REFILL_MS = { fromMs: 100, toMs: 2000 } as const;

/**
 * What a pool does without being asked: retires what is old or idle, really opens its minimum (with growing pauses while
 * that fails), and reports each lease held too long, once, with its borrower's stack.
 */
export function startUpkeep({ leakMs }: UpkeepOptions, deps: UpkeepDeps): Disposable {
  const { slots, clock, observe, mayConnect } = deps;
  const pause = createBackoff(REFILL_MS, deps);
  let timer: Disposable;
  const reportLeaks = (now: number) => {
    for (const slot of slots.leased()) {
      const heldMs = now - slot.leasedAt;
      if (slot.borrower === undefined || heldMs < leakMs) continue;
      observe({ type: "lease_overheld", heldMs, borrower: slot.borrower.stack ?? "" });
      slot.borrower = undefined;
    }
  };
  const tend = () => {
    const now = clock.now();
    slots.retire(now);
    reportLeaks(now);
    const missing = mayConnect() ? slots.refill() : 0;
    if (missing === 0) pause.reset();
    timer = clock.after(missing > 0 ? pause.next() : EVERY_MS, tend);
  };
  timer = clock.after(0, tend);
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}
