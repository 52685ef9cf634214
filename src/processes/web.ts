import { join } from "node:path";
import { buildApp } from "../app.ts";
import { prewarmBranding } from "../branding/mod.ts";
import { createProbes, createVitals, servePrivate } from "../health/mod.ts";
import { readDocsAssets, serve } from "../http/mod.ts";
import { createReads } from "../reads/mod.ts";
import { sleep } from "../resilience/mod.ts";
import { openTenantDirectory } from "../tenants/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { requireSetting, runProcess } from "./_process.ts";
import { followWebChanges } from "./_web_changes.ts";
import { openLevers } from "./_web_levers.ts";
import { createWebLog } from "./_web_log.ts";
import { openMoneyCheck } from "./_web_money.ts";
import { playersOf } from "./_web_players.ts";
import { openWebPools } from "./_web_pools.ts";
import { openSnapshot } from "./_web_snapshot.ts";
import { watchStreams } from "./_web_streams.ts";

const OPENAPI = join(import.meta.dir, "../../openapi");
const DIRECTORY_REFRESH_MS = 2000;
/** How long the pre-warm waits for it, in case changes cannot be looked at while brands can be loaded. */
const FIRST_LOOK_MS = 1000;

/** Serves visitors. Listens within milliseconds, whether or not the database is there. */
refuseArguments("web", "Serves visitors on PORT, and its own state on METRICS_PORT.");
await runProcess("web", async ({ config, log, clock, random, scope, stopping }) => {
  const url = requireSetting(config.database.webUrl, "DATABASE_URL").reveal();
  const { baseDomain, hostname, drainMs } = config.http;
  const isStopping = () => stopping.aborted;
  const isDraining = () => stopping.aborted || levers.drain.isOn;
  const vitals = createVitals({ process: "web", isDraining, isStopping }, { clock });
  const { observe } = scope.use(createWebLog({ log, clock, vitals }));
  const {
    read: pool,
    write,
    settings,
  } = openWebPools({ url, config }, { clock, random, log, vitals, scope });
  const pools = {
    read: { pool, bounds: settings.read },
    write: { pool: write, bounds: settings.write },
  };
  const levers = openLevers({ pools, gate: pool, clock }, { log });
  vitals.watchPart("levers", levers.part);
  const reads = scope.use(createReads({ pool, clock, random, observe: vitals.observeReads }));
  vitals.watchReads(reads);
  const directory = scope.use(
    openTenantDirectory({ refreshMs: DIRECTORY_REFRESH_MS, baseDomain }, { reads, clock, observe }),
  );
  vitals.watchGauge("linehold_directory_age_seconds", "Seconds since the directory was last loaded", () => {
    const ageMs = directory.ageMs();
    return ageMs === undefined ? undefined : ageMs / 1000;
  });
  const { isChecked: isMoneyChecked } = await openMoneyCheck(config.money, { pool, clock, log, stopping });
  const { branding, catalogue, houseRules, streams, ...app } = buildApp(
    {
      baseDomain,
      brandingFreshMs: config.branding.freshMs,
      priceAgeMaxMs: config.feeds.priceAgeMaxMs,
      clientAddressHeader: config.http.clientAddressHeader,
      streams: { readersMax: config.streams.max, readersPerAddressMax: config.streams.perAddressMax },
      players: playersOf(config, { log }),
      money: config.money,
    },
    {
      reads,
      writes: write,
      directory,
      probes: createProbes({ isDraining }),
      docs: readDocsAssets(OPENAPI),
      clock,
      random,
      isDraining,
      isMoneyChecked,
      observe,
    },
  );
  watchStreams(streams, vitals);
  const { port: opsPort, token } = config.ops;
  const ops = scope.use(servePrivate({ hostname, port: opsPort, token }, { vitals, clock, levers }));
  const { dir, everyMs } = config.snapshot;
  if (dir !== undefined) {
    scope.use(await openSnapshot({ dir, everyMs }, { reads, clock, log, vitals }));
    directory.refresh();
  }
  const listenUrl = config.database.listenUrl?.reveal();
  const { firstLooked } = scope.use(
    followWebChanges(
      { listenUrl },
      {
        ...{ pool, clock, random, log, vitals, directory, signal: stopping },
        ...{ branding, catalogue, houseRules, streams },
      },
    ),
  );
  const { connections, hotRoutes: routes } = app;
  const listening = { hostname, port: config.http.port, drainMs, routes, connections };
  const server = scope.use(serve(app.fetch, listening, { clock }));
  // Before the listener closes: time in which whoever routes traffic sees /readyz refuse and sends no more.
  scope.defer(() => sleep(Math.min(500, drainMs / 4), { clock }));
  // And before that: their readers have as long to come to another machine.
  scope.use(streams);
  log.info("web.started", `Serving at ${server.url}`, {
    port: server.port,
    metrics_port: ops.port,
    base_domain: baseDomain,
    branding_fresh_ms: config.branding.freshMs,
    snapshot_dir: dir,
    listens: listenUrl !== undefined,
    money: config.money,
    pools: settings,
  });
  // Loads in the air at the first look at the changes would land unseen, as the changes before it may have been missed.
  void directory.firstLoaded
    .then(() => Promise.race([firstLooked, sleep(FIRST_LOOK_MS, { clock, signal: stopping })]))
    .then(
      () => prewarmBranding({ branding, directory, clock, observe, signal: stopping }),
      () => undefined,
    );
});
