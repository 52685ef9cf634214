import type { VisitOutcome } from "../service/visits.ts";

/** When what happened, in milliseconds since the load began. */
export interface Timeline {
  /** From here the service is measured as it was before. */
  readonly steadyFromMs: number;
  readonly faultFromMs: number;
  /** The trigger is gone. */
  readonly faultToMs: number;
  readonly endMs: number;
}

/** Visitors served in each second, by when their answer came: what a service is worth while it is asked for more than it can do. */
export function goodputBySecond(outcomes: readonly VisitOutcome[], seconds: number): readonly number[] {
  const served = Array.from({ length: seconds }, () => 0);
  for (const { atMs, isServed, tookMs } of outcomes) {
    const second = Math.floor((atMs + tookMs) / 1000);
    if (isServed && second < seconds) served[second] = (served[second] ?? 0) + 1;
  }
  return served;
}

/** Served a second on average between two moments, by when their answer came. */
export function goodputBetween(
  outcomes: readonly VisitOutcome[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): number {
  const within = outcomes.filter(
    ({ atMs, isServed, tookMs }) => isServed && atMs + tookMs >= fromMs && atMs + tookMs < toMs,
  );
  return (within.length / (toMs - fromMs)) * 1000;
}

/** Goodput is looked at in windows of this length: a second alone may be lucky. */
export const WINDOW_MS = 3000;
const STEP_MS = 250;

/**
 * How long after the trigger was gone the service was what it had been: until the beginning of the first window, 3 s long, whose
 * goodput reaches the share asked for.
 *
 * @returns `undefined` if it never was while the load lasted.
 */
export function recoveryMs(
  outcomes: readonly VisitOutcome[],
  { endMs, faultToMs, goal }: Pick<Timeline, "faultToMs" | "endMs"> & { goal: number },
): number | undefined {
  for (let fromMs = faultToMs; fromMs + WINDOW_MS <= endMs; fromMs += STEP_MS) {
    if (goodputBetween(outcomes, { fromMs, toMs: fromMs + WINDOW_MS }) >= goal) return fromMs - faultToMs;
  }
  return undefined;
}

const BARS = "▁▂▃▄▅▆▇█";

/** A second a character, full height what it was before. */
export function stripOf(goodput: readonly number[], before: number): string {
  return goodput
    .map((served) => (served === 0 ? "·" : (BARS[Math.min(7, Math.floor((served / before) * 7.5))] ?? "·")))
    .join("");
}
