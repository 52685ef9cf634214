import { percentile } from "../../tests/incident/report/percentile.ts";

/** The middle value; of an even number, the mean of the middle two. `NaN` for none, so that nothing measured cannot pass for something. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** A median with the middle half of what it stands for. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** Median and quartiles (nearest rank). */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: median(values),
    lower: percentile(sorted, 0.25),
    upper: percentile(sorted, 0.75),
    count: sorted.length,
  };
}

/**
 * How `ours` compares with `theirs`, from samples taken side by side: the ratio of each pair, then the median of these.
 * A neighbour that slows the machine down for a while slows both halves of a pair, and cancels out.
 *
 * @throws {RangeError} If the samples do not pair up: a ratio of different rounds would compare different weathers.
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): Spread {
  if (ours.length !== theirs.length)
    throw new RangeError(`Cannot pair samples as there are ${ours.length} and ${theirs.length}`);
  return spreadOf(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}
