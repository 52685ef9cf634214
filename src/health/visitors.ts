import type { AnswerServed } from "../http/mod.ts";

/** How good the answers of the last minute were. */
export interface VisitorsReport {
  readonly windowSeconds: number;
  readonly answers: Readonly<Record<AnswerServed["state"], number>>;
  /** Parts of one; all 0 when nobody came. */
  readonly shares: Readonly<Record<AnswerServed["state"], number>>;
  /** The age of the oldest stale answer among them. */
  readonly oldestMs: number | undefined;
  /** Milliseconds since answers began to be less than fresh; `undefined` while they are fresh. */
  readonly degradedForMs: number | undefined;
  /** Why, most frequent first. */
  readonly causes: readonly string[];
}

/** Counts answers in a rolling minute. Its memory is constant. */
export interface Visitors {
  served(event: Pick<AnswerServed, "state" | "cause" | "ageMs" | "times">): void;
  report(): VisitorsReport;
}

type Counts = Record<AnswerServed["state"], number>;

const WINDOW_SECONDS = 60;
/** After this long without a degraded answer, degradation is over. */
const OVER_AFTER_MS = 10_000;
/** Causes are codes of ours, few; a bound all the same. */
const CAUSES_MAX = 32;

/** An empty count. */
export function createVisitors({ clock }: { readonly clock: { now(): number } }): Visitors {
  const buckets = Array.from({ length: WINDOW_SECONDS }, () => ({
    second: -1,
    counts: emptyCounts(),
    oldestMs: Number.NEGATIVE_INFINITY,
  }));
  const causes = new Map<string, number>();
  let degradedSince: number | undefined;
  let lastDegradedAt = Number.NEGATIVE_INFINITY;

  const noteDegraded = (now: number, cause: string, times: number): void => {
    if (degradedSince === undefined || now - lastDegradedAt > OVER_AFTER_MS) {
      degradedSince = now;
      causes.clear();
    }
    lastDegradedAt = now;
    if (causes.has(cause) || causes.size < CAUSES_MAX) causes.set(cause, (causes.get(cause) ?? 0) + times);
  };
  return {
    served({ state, cause, ageMs, times = 1 }) {
      const now = clock.now();
      const second = Math.floor(now / 1000);
      const bucket = buckets[second % WINDOW_SECONDS];
      if (bucket === undefined) return;
      if (bucket.second !== second) {
        bucket.second = second;
        bucket.counts = emptyCounts();
        bucket.oldestMs = Number.NEGATIVE_INFINITY;
      }
      bucket.counts[state] += times;
      if (state === "fresh") return;
      noteDegraded(now, cause ?? "unknown", times);
      if (state === "stale" && ageMs !== undefined) bucket.oldestMs = Math.max(bucket.oldestMs, ageMs);
    },
    report() {
      const now = clock.now();
      const oldest = Math.floor(now / 1000) - WINDOW_SECONDS;
      const answers = emptyCounts();
      let oldestMs = Number.NEGATIVE_INFINITY;
      for (const { second, counts, oldestMs: ageMs } of buckets) {
        if (second <= oldest) continue;
        for (const state of STATES) answers[state] += counts[state];
        oldestMs = Math.max(oldestMs, ageMs);
      }
      const over = degradedSince === undefined || now - lastDegradedAt > OVER_AFTER_MS;
      return {
        windowSeconds: WINDOW_SECONDS,
        answers,
        shares: sharesOf(answers),
        oldestMs: oldestMs < 0 ? undefined : oldestMs,
        degradedForMs: over || degradedSince === undefined ? undefined : now - degradedSince,
        causes: over ? [] : [...causes].sort(([, one], [, other]) => other - one).map(([cause]) => cause),
      };
    },
  };
}

const STATES = ["fresh", "stale", "default", "refused"] as const;

function emptyCounts(): Counts {
  return { fresh: 0, stale: 0, default: 0, refused: 0 };
}

function sharesOf(answers: Counts): Counts {
  const total = STATES.reduce((sum, state) => sum + answers[state], 0);
  const share = (state: AnswerServed["state"]) =>
    total === 0 ? 0 : Math.round((answers[state] / total) * 1000) / 1000;
  return {
    fresh: share("fresh"),
    stale: share("stale"),
    default: share("default"),
    refused: share("refused"),
  };
}
