import { type FeedEvent, pollStep, type SilentFeed, seedFeeds, silenceStep } from "../feeds/mod.ts";
import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import { isUnavailable, type Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type LoopOptions, type StepScope, startLoop } from "../worker/mod.ts";
import type { FeedLog } from "./_feed_log.ts";
import type { ConfiguredVendor } from "./_feed_vendors.ts";
import { createQuarantineLog } from "./_quarantine_log.ts";

export interface FeedLoopsOptions {
  readonly vendors: readonly ConfiguredVendor[];
  readonly leaseMs: number;
}

export interface FeedLoopsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly vitals: Pick<Vitals, "watchLoop" | "watchGauge" | "watchCounter" | "watchCounters" | "watchPart">;
  readonly feedLog: FeedLog;
  readonly stopping: AbortSignal;
  readonly scope: AsyncDisposableStack;
  crash(error: unknown): void;
}

/** Feeds of one vendor that one process polls at once: with more, an 80 MB answer each would not fit its memory. */
const LANES_MAX = 4;
/** How often each looks for a feed that is due, and all for feeds that are silent. */
const LOOK_MS = 1000;
const LOOK_MIN_MS = 25;
/** What a claimed poll may still take to write beyond its claim before its loop is taken for wedged. */
const WRITING_MS = 120_000;

/** A few loops for each vendor, so that one slow feed holds up no other, and one that looks for feeds gone silent. */
export function startFeedLoops({ vendors, leaseMs }: FeedLoopsOptions, deps: FeedLoopsDeps): void {
  const { clock, random, feedLog, stopping, log, vitals } = deps;
  const quarantineLog = createQuarantineLog(log, vitals);
  const observe = (event: FeedEvent) => {
    feedLog.observe(event);
    quarantineLog.observe(event);
  };
  for (const { vendor, feeds } of vendors) {
    const pollMs = Math.min(...feeds.map((feed) => feed.pollMs));
    const restMs = Math.max(LOOK_MIN_MS, Math.min(LOOK_MS, pollMs / 4));
    for (let lane = 1; lane <= Math.min(LANES_MAX, feeds.length); lane += 1) {
      const claimant = Bun.randomUUIDv7();
      const step = pollStep(vendor, { clock, random, observe, stopping, claimant, leaseMs });
      start({ name: `feeds_${vendor.name}_${lane}`, restMs, step, stepLimitMs: leaseMs + WRITING_MS }, deps);
    }
  }
  start({ name: "feeds_upkeep", restMs: LOOK_MS, step: upkeepStep(vendors, deps) }, deps);
}

/** Writes what the environment wants to the tables, once the database lets it, and then looks for silence. */
function upkeepStep(vendors: readonly ConfiguredVendor[], { clock, feedLog, vitals }: FeedLoopsDeps) {
  let silent: readonly SilentFeed[] | undefined;
  watch(() => silent, { feedLog, vitals });
  const look = silenceStep({ clock, observe: feedLog.observe, told: (found) => (silent = found) });
  let seeded = false;
  return async (scope: StepScope) => {
    if (!seeded) {
      const feeds = vendors.flatMap((vendor) => vendor.feeds);
      const quotas = vendors.map(({ quota }) => quota);
      const at = new Date(clock.epochMs());
      await seedFeeds({ feeds, quotas }, { lease: (options) => scope.lease(options), at });
      seeded = true;
    }
    return await look(scope);
  };
}

function start(options: LoopOptions, deps: FeedLoopsDeps): void {
  const { log, scope, vitals, crash, pool, clock, random } = deps;
  const { name } = options;
  let failing = false;
  const loop = scope.use(
    startLoop(options, {
      pool,
      clock,
      random,
      observe(event) {
        if (event.type === "step_failed" && !failing) {
          const level = isUnavailable(event.error) ? "warn" : "error";
          log[level]("feeds.step_failed", `A step of ${name} failed`, { loop: name, error: event.error });
        }
        failing = event.type === "step_failed";
      },
    }),
  );
  vitals.watchLoop(name, loop);
  loop.finished.catch(crash);
}

function watch(
  silent: () => readonly SilentFeed[] | undefined,
  { feedLog, vitals }: Pick<FeedLoopsDeps, "feedLog" | "vitals">,
): void {
  const { counts } = feedLog;
  vitals.watchGauge(
    "linehold_feed_age_seconds",
    "Seconds since this worker's last good poll of the source that has waited longest",
    feedLog.oldestAgeSeconds,
  );
  vitals.watchGauge(
    "linehold_feeds_silent",
    "Feeds without a good poll within their limits",
    () => silent()?.length,
  );
  const count = (name: string, help: string, key: keyof typeof counts) =>
    vitals.watchCounter(`linehold_feed_${name}_total`, help, () => counts[key]);
  count("polls_good", "Polls whose state was taken or confirmed", "good");
  count("polls_unchanged", "Of these, those the source itself said had nothing new", "unchanged");
  count("polls_failed", "Polls that brought nothing, whoever was to blame", "failed");
  count(
    "polls_withheld",
    "Looks at a feed that was due and not asked, as its vendor's units are spent",
    "withheld",
  );
  count("claims_lost", "Polls whose answer was not written, as the claim on the feed was lost", "lost");
  count("silences", "Feeds that this worker found fallen silent", "silences");
  vitals.watchPart("feeds", () => {
    const words = (silent() ?? []).map(
      ({ source, since }) =>
        `Feed ${source} is silent since ${since.toISOString()}: what it priced is suspended.`,
    );
    return { detail: { silent: silent() ?? null }, words };
  });
}
