import type { Clock, Flight } from "../resilience/mod.ts";

/** The reader's patience is over; the load goes on. */
export class Patience extends Error {
  override readonly name = "Patience";
  readonly code = "refreshing";

  constructor() {
    super("Cannot wait any longer for the load under way");
  }
}

/** The outcome of a load, or `Patience` after `patienceMs`, or the reason of a signal that aborts before. */
export async function within<T>(
  outcome: Promise<T>,
  { patienceMs, clock, signal }: { patienceMs: number; clock: Clock; signal?: AbortSignal | undefined },
): Promise<T> {
  signal?.throwIfAborted();
  if (patienceMs <= 0) throw new Patience();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = Number.isFinite(patienceMs)
    ? clock.after(patienceMs, () => reject(new Patience()))
    : undefined;
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([outcome, over]);
  } finally {
    timer?.[Symbol.dispose]();
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * One timer a flight and length of patience, however many wait: ten thousand timers and races of their own made the
 * readers of one cold key wait four times as long as the load took.
 */
export class SharedPatience<T> {
  readonly #patienceMs: number;
  readonly #clock: Clock;
  readonly #waits = new WeakMap<Flight<T>, Promise<T>>();

  constructor(patienceMs: number, { clock }: { clock: Clock }) {
    this.#patienceMs = patienceMs;
    this.#clock = clock;
  }

  /** The flight's outcome, or `Patience` this long after it began. */
  with(flight: Flight<T>): Promise<T> {
    const known = this.#waits.get(flight);
    if (known !== undefined) return known;
    const patienceMs = this.#patienceMs - (this.#clock.now() - flight.startedAt);
    const wait = within(flight.outcome, { patienceMs, clock: this.#clock });
    wait.catch(() => {});
    this.#waits.set(flight, wait);
    return wait;
  }
}
