import type { FeedEvent } from "../feeds/mod.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../resilience/mod.ts";

/** What becomes of each source's polls, as log lines at each change of state and as an age for the metrics. */
export interface FeedLog {
  observe(event: FeedEvent): void;
  /** Seconds since the last good poll of the source that has waited longest; `undefined` before the first. */
  oldestAgeSeconds(): number | undefined;
}

interface SourceState {
  failures: number;
  outcome: string;
  goodAt: number | undefined;
}

/** A source that fails or falls silent is told once, and again when it is back: one line a poll would be a flood. */
export function createFeedLog(log: Log, clock: Clock): FeedLog {
  const states = new Map<string, SourceState>();
  const stateOf = (source: string): SourceState => {
    const state = states.get(source) ?? { failures: 0, outcome: "", goodAt: undefined };
    states.set(source, state);
    return state;
  };

  const failed = (source: string, error: unknown): void => {
    const state = stateOf(source);
    state.failures += 1;
    if (state.failures > 1) return;
    log.warn("feeds.poll_failed", `Polling ${source} fails. Its prices grow old`, { source, error });
  };
  const taken = ({ source, counts, report }: Extract<FeedEvent, { type: "feed_taken" }>): void => {
    const state = stateOf(source);
    const { outcome, changed } = report;
    const fields = {
      source,
      outcome,
      changed,
      events: counts.events,
      open: counts.open,
      failures: state.failures,
    };
    if (state.failures > 0) log.info("feeds.poll_recovered", `Polling ${source} works again`, fields);
    else if (outcome === state.outcome) log.debug("feeds.polled", `Polled ${source}`, fields);
    else if (outcome === "written") log.info("feeds.polled", `Polled ${source}`, fields);
    else log.warn("feeds.nothing_taken", `${source} answered with ${WORDS[outcome]}`, fields);
    state.failures = 0;
    state.outcome = outcome;
    if (outcome === "written") state.goodAt = clock.now();
  };
  return {
    observe: (event) => (event.type === "feed_taken" ? taken(event) : failed(event.source, event.error)),
    oldestAgeSeconds() {
      const times = [...states.values()].flatMap(({ goodAt }) => goodAt ?? []);
      return times.length === 0 ? undefined : (clock.now() - Math.min(...times)) / 1000;
    },
  };
}

const WORDS = { older: "an older state than the one stored", nothing: "no data" } as const;
