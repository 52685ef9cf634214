import type { Clock } from "../resilience/mod.ts";

/** The reader's patience is over; the load goes on. */
export class Patience extends Error {
  override readonly name = "Patience";
  readonly code = "refreshing";
}

/** The outcome of a load, or `Patience` after `patienceMs`, or the reason of a signal that aborts before. */
export async function within<T>(
  outcome: Promise<T>,
  { patienceMs, clock, signal }: { patienceMs: number; clock: Clock; signal: AbortSignal | undefined },
): Promise<T> {
  if (patienceMs <= 0) throw new Patience("Cannot wait any longer for the load under way");
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = clock.after(patienceMs, () =>
    reject(new Patience("Cannot wait any longer for the load under way")),
  );
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([outcome, over]);
  } finally {
    timer[Symbol.dispose]();
    signal?.removeEventListener("abort", abort);
  }
}
