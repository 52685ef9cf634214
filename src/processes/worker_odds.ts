import { lookup } from "node:dns/promises";
import { createVitals, servePrivate } from "../health/mod.ts";
import { openPool } from "../pool/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { createFeedLog } from "./_feed_log.ts";
import { startFeedLoops } from "./_feed_loops.ts";
import { configuredVendors } from "./_feed_vendors.ts";
import { startHistoryUpkeep } from "./_history_upkeep.ts";
import { poolObserver } from "./_pool_log.ts";
import { requireSetting, runProcess } from "./_process.ts";

/** A large snapshot is written in many statements of up to seconds each; that is no sign of a sick database. */
const OVERDUE_MS = 10_000;

/** Polls the feeds and writes what changed. Any number may run at once: each poll is claimed by one. */
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
  scope.use(servePrivate({ hostname: config.http.hostname, port: config.ops.port }, { vitals, clock }));

  const resolve = async (hostname: string) =>
    (await lookup(hostname, { all: true })).map(({ address }) => address);
  const privateHosts = new Set(config.feeds.privateHosts);
  const vendors = configuredVendors(config, { fetch, clock, resolve, privateHosts });
  const { leaseMs } = config.feeds;
  startFeedLoops({ vendors, leaseMs }, { pool, clock, random, log, vitals, feedLog, stopping, scope, crash });
  const upkeep = scope.use(startHistoryUpkeep(config.feeds.historyDays, { pool, clock, random, log }));
  upkeep.finished.catch(crash);
  const sources = vendors.flatMap(({ feeds }) => feeds.map(({ source }) => source));
  const said = sources.length === 0 ? "No feed to poll: FEEDS is empty" : `Polling ${sources.join(", ")}`;
  log.info("worker_odds.started", said, { sources, metrics_port: config.ops.port, ...settings });
});
