import { systemClock } from "../../src/resilience/mod.ts";

/** How one caller's wait ended. */
export interface Settled {
  readonly ending: "value" | "nothing" | "error" | "never";
  /** Since it asked. */
  readonly tookMs: number;
}

/** Follows one answer to its end, or to the end of the watching: some libraries leave a caller waiting for ever. */
export async function settle(ask: () => unknown, { watchMs }: { watchMs: number }): Promise<Settled> {
  const startedAt = systemClock.now();
  const took = () => systemClock.now() - startedAt;
  const { promise: over, resolve } = Promise.withResolvers<Settled>();
  using _watch = systemClock.after(watchMs, () => resolve({ ending: "never", tookMs: took() }));
  const answered = (async () => await ask())().then(
    (value): Settled => ({ ending: value === undefined ? "nothing" : "value", tookMs: took() }),
    (): Settled => ({ ending: "error", tookMs: took() }),
  );
  return await Promise.race([answered, over]);
}

export function countOf(settled: readonly Settled[], ending: Settled["ending"]): number {
  return settled.filter((one) => one.ending === ending).length;
}

/** The longest wait of those that ended by themselves; `NaN` when none did. */
export function longestMs(settled: readonly Settled[]): number {
  const ended = settled.filter(({ ending }) => ending !== "never").map(({ tookMs }) => tookMs);
  return ended.length === 0 ? Number.NaN : Math.max(...ended);
}
