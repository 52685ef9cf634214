import type { AnswerServed } from "../http/mod.ts";
import type { Clock } from "../resilience/mod.ts";

/** Told of keys that are served less than fresh. */
export interface DegradationWords {
  degraded(key: string, now: { readonly state: "stale" | "default"; readonly cause: string }): void;
  recovered(key: string): void;
  summary(counts: DegradationCounts): void;
}

export interface DegradationCounts {
  readonly stale: number;
  readonly default: number;
  readonly keys: number;
  readonly seconds: number;
  readonly causes: readonly string[];
}

export interface DegradationOptions {
  /** Time between two summaries while answers are degraded; 10 s by default. */
  readonly summaryEveryMs?: number;
  /** Keys that have their own lines at once; what goes beyond is only counted. 10,000 by default. */
  readonly keysMax?: number;
}

/** Says once per key and change of state that answers are degraded, and how many in a summary; closing ends the summaries. */
export interface DegradationReporter extends Disposable {
  served(event: Pick<AnswerServed, "key" | "state" | "cause" | "times">): void;
}

/**
 * Turns answers into few lines: an outage must not become a flood of them. A key is spoken of when its state changes and
 * when it is fresh again; in between, answers are counted and summed up every ten seconds. Fresh answers cost nothing.
 */
export function createDegradationReporter(
  { summaryEveryMs = 10_000, keysMax = 10_000 }: DegradationOptions,
  { clock, words }: { readonly clock: Clock; readonly words: DegradationWords },
): DegradationReporter {
  const states = new Map<string, string>();
  let counts = emptyWindow();
  let timer: Disposable | undefined;

  const summarise = (): void => {
    timer = undefined;
    if (counts.stale + counts.default === 0) return;
    words.summary({
      stale: counts.stale,
      default: counts.default,
      keys: counts.keys.size,
      seconds: summaryEveryMs / 1000,
      causes: [...counts.causes],
    });
    counts = emptyWindow();
    timer = clock.after(summaryEveryMs, summarise);
  };
  const count = (
    { key, times = 1 }: Pick<AnswerServed, "key" | "times">,
    state: "stale" | "default",
    cause: string,
  ): void => {
    counts[state] += times;
    if (counts.keys.size < keysMax) counts.keys.add(key);
    if (counts.causes.size < 16) counts.causes.add(cause);
    timer ??= clock.after(summaryEveryMs, summarise);
  };
  return {
    served({ key, state, cause = "unknown", times }) {
      if (state === "fresh") {
        if (states.size > 0 && states.delete(key)) words.recovered(key);
        return;
      }
      if (state === "refused") return;
      count({ key, times }, state, cause);
      // A slow refresh that turns out to be an outage is news: it is the cause that whoever is on call searches for.
      const now = cause === "refreshing" ? "refreshing" : state;
      const before = states.get(key);
      const worse = before !== now && !(before === "stale" && now === "refreshing");
      if (!worse || (before === undefined && states.size >= keysMax)) return;
      states.set(key, now);
      words.degraded(key, { state, cause });
    },
    [Symbol.dispose]() {
      timer?.[Symbol.dispose]();
    },
  };
}

function emptyWindow() {
  return { stale: 0, default: 0, keys: new Set<string>(), causes: new Set<string>() };
}
