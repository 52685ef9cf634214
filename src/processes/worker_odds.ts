import type { Config } from "../config.ts";
import { type Feed, type FetchDeps, feedStep, goalserveFeed, simulatedFeed } from "../feeds/mod.ts";
import { createVitals, servePrivate } from "../health/mod.ts";
import { openPool } from "../pool/mod.ts";
import { startLoop } from "../worker/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { createFeedLog } from "./_feed_log.ts";
import { poolObserver } from "./_pool_log.ts";
import { requireSetting, runProcess } from "./_process.ts";

/** A league that plays itself should move while one looks, however rarely a vendor may be asked. */
const SIMULATION_REST_MAX_MS = 2000;
/** A large snapshot is written in many statements of up to seconds each; that is no sign of a sick database. */
const OVERDUE_MS = 10_000;

/** Polls the feeds and writes what changed. Any number may run at once: one writes a source at a time. */
refuseArguments("worker:odds", "Polls the sources that FEEDS names and writes what changed.");
await runProcess("worker_odds", async ({ config, log, clock, random, scope, stopping, crash }) => {
  const url = requireSetting(config.database.workerOddsUrl, "DATABASE_URL").reveal();
  const { workerMax: max, connectTimeoutMs, idleTimeoutMs } = config.database;
  const settings = { max, min: 1, connectTimeoutMs, idleTimeoutMs, overdueMs: OVERDUE_MS };
  const vitals = createVitals({ process: "worker_odds", isDraining: () => stopping.aborted }, { clock });
  const pool = scope.use(
    openPool(
      { url, role: "linehold_odds", applicationName: "linehold worker_odds", ...settings },
      { clock, random, observe: poolObserver("odds", { log, vitals }) },
    ),
  );
  const feedLog = createFeedLog(log, clock);
  vitals.watchPool("odds", pool);
  vitals.watchGauge(
    "linehold_feed_age_seconds",
    "Seconds since the last good poll of the source that has waited longest",
    feedLog.oldestAgeSeconds,
  );
  scope.use(servePrivate({ hostname: config.http.hostname, port: config.ops.port }, { vitals, clock }));

  const groups = feedGroups(config, { fetch, clock });
  for (const { name, restMs, feeds } of groups) {
    const step = feedStep(feeds, { clock, observe: feedLog.observe, stopping });
    const observe = (event: { readonly type: string; readonly error?: unknown }) => {
      if (event.type === "step_failed") {
        log.error("feeds.step_failed", `A step of ${name} failed`, { loop: name, error: event.error });
      }
    };
    const loop = scope.use(startLoop({ name, restMs, step }, { pool, clock, random, observe }));
    vitals.watchLoop(name, loop);
    loop.finished.catch(crash);
  }
  const sources = groups.flatMap(({ feeds }) => feeds.map(({ source }) => source));
  const said = sources.length === 0 ? "No feed to poll: FEEDS is empty" : `Polling ${sources.join(", ")}`;
  log.info("worker_odds.started", said, { sources, metrics_port: config.ops.port, ...settings });
});

interface FeedGroup {
  readonly name: string;
  /** Between two polls of the group, whichever of its feeds they are for. */
  readonly restMs: number;
  readonly feeds: readonly Feed[];
}

/** A loop for each vendor: its limit of requests holds over all its sports, and a silent vendor holds up no other. */
function feedGroups({ feeds: settings }: Config, deps: FetchDeps): FeedGroup[] {
  const { sources, pollMs, goalserveUrl, goalserveKey, goalserveSports, simulationSeed } = settings;
  const groups: FeedGroup[] = [];
  if (sources.includes("simulated")) {
    const restMs = Math.min(pollMs, SIMULATION_REST_MAX_MS);
    groups.push({ name: "feeds_simulated", restMs, feeds: [simulatedFeed({ seed: simulationSeed })] });
  }
  if (sources.includes("goalserve") && goalserveUrl !== undefined) {
    const options = { urlTemplate: goalserveUrl, key: () => goalserveKey?.reveal() ?? "" };
    const feeds = goalserveSports.map((sport) => goalserveFeed({ sport, ...options }, deps));
    groups.push({ name: "feeds_goalserve", restMs: pollMs, feeds });
  }
  return groups;
}
