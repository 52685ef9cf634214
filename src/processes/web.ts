import { join } from "node:path";
import { buildApp } from "../app.ts";
import { prewarmBranding } from "../branding/mod.ts";
import type { Config } from "../config.ts";
import { createProbes, createVitals, servePrivate } from "../health/mod.ts";
import { readDocsAssets, serve } from "../http/mod.ts";
import { openPool } from "../pool/mod.ts";
import { createReads } from "../reads/mod.ts";
import { sleep } from "../resilience/mod.ts";
import { openTenantDirectory } from "../tenants/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { requireSetting, runProcess } from "./_process.ts";
import { createWebLog } from "./_web_log.ts";

const OPENAPI = join(import.meta.dir, "../../openapi");
const DIRECTORY_REFRESH_MS = 2000;

/** Serves visitors. Listens within milliseconds, whether or not the database is there. */
refuseArguments("web", "Serves visitors on PORT, and its own state on METRICS_PORT.");
await runProcess("web", async ({ config, log, clock, random, scope, stopping }) => {
  const url = requireSetting(config.database.webUrl, "DATABASE_URL").reveal();
  const isDraining = () => stopping.aborted;
  const vitals = createVitals({ process: "web", isDraining }, { clock });
  const webLog = scope.use(createWebLog({ log, clock, vitals }));
  const settings = poolSettings(config);
  const open = (name: "read" | "write", role: string) => {
    const pool = openPool(
      { url, role, applicationName: `linehold web ${name}`, ...settings[name] },
      { clock, random, observe: webLog.observePool(name) },
    );
    vitals.watchPool(name, pool);
    return scope.use(pool);
  };
  const pool = open("read", "linehold_read");
  open("write", "linehold_web");
  const reads = scope.use(createReads({ pool, clock, random }));
  const { observe } = webLog;
  const { baseDomain, hostname, drainMs } = config.http;
  const directory = scope.use(
    openTenantDirectory({ refreshMs: DIRECTORY_REFRESH_MS, baseDomain }, { reads, clock, observe }),
  );
  vitals.watchGauge(
    "linehold_directory_age_seconds",
    "Seconds since the tenant directory was last loaded",
    () => {
      const ageMs = directory.ageMs();
      return ageMs === undefined ? undefined : ageMs / 1000;
    },
  );
  const app = buildApp(
    { baseDomain, brandingFreshMs: config.branding.freshMs, priceAgeMaxMs: config.feeds.priceAgeMaxMs },
    {
      reads,
      directory,
      probes: createProbes({ isDraining }),
      docs: readDocsAssets(OPENAPI),
      clock,
      random,
      observe,
    },
  );
  const ops = scope.use(servePrivate({ hostname, port: config.ops.port }, { vitals, clock }));
  const listening = { hostname, port: config.http.port, drainMs, routes: app.hotRoutes };
  const server = scope.use(serve(app.fetch, listening, { clock }));
  // Before the listener closes: time in which whoever routes traffic sees /readyz refuse and sends no more.
  scope.defer(() => sleep(Math.min(500, drainMs / 4), { clock }));
  log.info("web.started", `Serving at ${server.url}`, {
    port: server.port,
    metrics_port: ops.port,
    base_domain: baseDomain,
    branding_fresh_ms: config.branding.freshMs,
    pools: settings,
  });
  void prewarmBranding({ branding: app.branding, directory, clock, observe, signal: stopping });
});

/** Reads and writes share DB_MAX_CONN and DB_MIN_CONN, so that neither can starve the other. */
function poolSettings({ database }: Config) {
  const { max, min, writeMax, connectTimeoutMs, idleTimeoutMs } = database;
  const writeMin = Math.min(writeMax, Math.floor((min * writeMax) / max));
  const shared = { connectTimeoutMs, idleTimeoutMs };
  return {
    read: { max: max - writeMax, min: Math.min(max - writeMax, min - writeMin), ...shared },
    write: { max: writeMax, min: writeMin, ...shared },
  };
}
