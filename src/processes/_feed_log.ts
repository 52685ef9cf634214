import type { FeedEvent } from "../feeds/mod.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../resilience/mod.ts";

/** What becomes of each source's polls, as log lines at each change of state and as numbers for the metrics. */
export interface FeedLog {
  observe(event: FeedEvent): void;
  /** Seconds since this worker's last good poll of the source that has waited longest; `undefined` before the first. */
  oldestAgeSeconds(): number | undefined;
  readonly counts: Readonly<FeedCounts>;
}

export interface FeedCounts {
  good: number;
  unchanged: number;
  failed: number;
  withheld: number;
  lost: number;
  silences: number;
}

interface SourceState {
  failures: number;
  outcome: string;
  withheld: boolean;
  goodAt: number | undefined;
}

type EventOf<T extends FeedEvent["type"]> = Extract<FeedEvent, { readonly type: T }>;

/** A source that fails or falls silent is told once, and again when it is back: one line a poll would be a flood. */
export function createFeedLog(log: Log, clock: Clock): FeedLog {
  const states = new Map<string, SourceState>();
  const unclaimable = new Set<string>();
  const counts: FeedCounts = { good: 0, unchanged: 0, failed: 0, withheld: 0, lost: 0, silences: 0 };
  const stateOf = (source: string): SourceState => {
    const state = states.get(source) ?? { failures: 0, outcome: "", withheld: false, goodAt: undefined };
    states.set(source, state);
    return state;
  };
  const heard = (source: string): SourceState => {
    const state = stateOf(source);
    if (state.failures > 0) {
      log.info("feeds.poll_recovered", `Polling ${source} works again`, { source, failures: state.failures });
    }
    state.failures = 0;
    state.withheld = false;
    return state;
  };

  const failed = ({ source, error, failure, cooldownMs }: EventOf<"feed_failed">): void => {
    const state = stateOf(source);
    counts.failed += 1;
    state.failures += 1;
    if (state.failures > 1) return;
    const fields = { source, failure, cooldown_ms: cooldownMs, error };
    log.warn("feeds.poll_failed", `Polling ${source} fails. Its prices grow old`, fields);
  };
  const taken = ({ source, counts: read, report }: EventOf<"feed_taken">): void => {
    const { outcome, changed } = report;
    const before = stateOf(source);
    const isOther = outcome !== before.outcome;
    const state = heard(source);
    const fields = { source, outcome, changed, events: read.events, open: read.open };
    if (!isOther) log.debug("feeds.polled", `Polled ${source}`, fields);
    else if (outcome === "written") log.info("feeds.polled", `Polled ${source}`, fields);
    else log.warn("feeds.nothing_taken", `${source} answered with ${WORDS[outcome]}`, fields);
    state.outcome = outcome;
    if (outcome === "written") good(state);
  };
  const good = (state: SourceState): void => {
    counts.good += 1;
    state.goodAt = clock.now();
  };
  const unchanged = ({ source }: EventOf<"feed_unchanged">): void => {
    counts.unchanged += 1;
    good(heard(source));
    log.debug("feeds.unchanged", `${source} says it has nothing new`, { source });
  };
  const withheld = ({ source, vendor, until }: EventOf<"feed_withheld">): void => {
    const state = stateOf(source);
    counts.withheld += 1;
    if (state.withheld) return;
    state.withheld = true;
    const said = `${source} is not asked as the units of ${vendor} are spent until ${until.toISOString()}`;
    log.warn("feeds.quota_spent", said, { source, vendor, until: until.toISOString() });
  };
  const silent = ({ source, lastGoodAt, limitMs }: EventOf<"feed_silent">): void => {
    counts.silences += 1;
    const fields = { source, last_good_at: lastGoodAt?.toISOString(), limit_ms: limitMs };
    log.warn(
      "feeds.silent",
      `${source} is silent. What it priced is suspended until it is heard again`,
      fields,
    );
  };
  const lost = ({ source }: EventOf<"feed_lost">): void => {
    counts.lost += 1;
    const said = `The claim on ${source} was lost, and nothing of the poll was written`;
    log.warn("feeds.claim_lost", said, { source });
  };
  return {
    counts,
    oldestAgeSeconds() {
      const times = [...states.values()].flatMap(({ goodAt }) => goodAt ?? []);
      return times.length === 0 ? undefined : (clock.now() - Math.min(...times)) / 1000;
    },
    observe(event) {
      if (event.type === "feed_taken") taken(event);
      else if (event.type === "feed_unchanged") unchanged(event);
      else if (event.type === "feed_failed") failed(event);
      else if (event.type === "feed_withheld") withheld(event);
      else if (event.type === "feed_silent") silent(event);
      else if (event.type === "feed_lost") lost(event);
      else if (event.type === "feed_heard") {
        const { source, silentSince } = event;
        const fields = { source, silent_since: silentSince.toISOString() };
        log.info("feeds.heard_again", `${source} is heard again. What it prices is offered again`, fields);
      } else if (event.type === "claims_failed") {
        const { vendor, error } = event;
        if (unclaimable.has(vendor)) return;
        unclaimable.add(vendor);
        log.warn("feeds.claims_failed", `No feed of ${vendor} can be claimed. Prices grow old`, {
          vendor,
          error,
        });
      } else if (unclaimable.delete(event.vendor)) {
        log.info("feeds.claims_work", `Feeds of ${event.vendor} can be claimed again`, {
          vendor: event.vendor,
        });
      }
    },
  };
}

const WORDS = { older: "an older state than the one stored", nothing: "no data" } as const;
