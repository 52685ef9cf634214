import { join } from "node:path";
import { type App, type AppEvent, type AppOptions, buildApp } from "../../src/app.ts";
import { createProbes } from "../../src/health/mod.ts";
import { type HttpServer, readDocsAssets, serve } from "../../src/http/mod.ts";
import { openPool, type Pool } from "../../src/pool/mod.ts";
import { createReads, type Reads } from "../../src/reads/mod.ts";
import { type Clock, systemClock } from "../../src/resilience/mod.ts";
import { type DirectoryEvent, openTenantDirectory, type TenantDirectory } from "../../src/tenants/mod.ts";
import {
  type FaultProxy,
  openDatabase,
  openFaultProxy,
  seededRandom,
  type TestDatabase,
} from "../harness/mod.ts";
import { TEST_PLAYERS } from "./players.ts";
import { arrangeTenant, type TenantWanted } from "./tenants.ts";

export interface StageOptions {
  readonly brandingFreshMs?: number;
  readonly baseDomain?: string;
  readonly directoryRefreshMs?: number;
  readonly priceAgeMaxMs?: number;
  readonly streams?: AppOptions["streams"];
  /** Those of every test by default; `null` for a deployment without keys. */
  readonly players?: AppOptions["players"] | null;
  readonly money?: AppOptions["money"];
  readonly isMoneyChecked?: () => boolean;
  readonly isDraining?: () => boolean;
  /** Business time; the machine's by default. */
  readonly epochMs?: () => number;
  /** What is in the database before the application starts. */
  readonly arrange?: (database: TestDatabase) => Promise<unknown>;
  /** The fault before the application starts; none by default. */
  readonly fault?: "refuse" | "blackhole";
  /** A snapshot file of an earlier stage, taken before anybody asks. */
  readonly snapshot?: string;
}

/** The whole public application, served on a free port, over a real Postgres behind a proxy that can fail. */
export interface Stage extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly postgres: FaultProxy;
  readonly pool: Pool;
  readonly writes: Pool;
  readonly reads: Reads;
  readonly app: App;
  readonly server: HttpServer;
  readonly directory: TenantDirectory;
  readonly events: (AppEvent | DirectoryEvent)[];
  /** A GET, by path and headers. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Any request; a body is sent as JSON. */
  ask(method: string, path: string, asked?: Asked): Promise<Response>;
  tenant(wanted: TenantWanted): Promise<string>;
  /** Lets this much time pass for the application at once. */
  skip(ms: number): void;
  /** Waits until the directory has been loaded once more. */
  directoryRefreshed(): Promise<void>;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** An access token or an operator's key. */
  readonly bearer?: string | undefined;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  await options.arrange?.(database);
  const upstream = new URL(database.url);
  const postgres = scope.use(
    await openFaultProxy({ hostname: upstream.hostname, port: Number(upstream.port) }),
  );
  if (options.fault !== undefined) await postgres.set(options.fault);
  const { epochMs = systemClock.epochMs } = options;
  let skippedMs = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + skippedMs,
    epochMs: () => epochMs() + skippedMs,
  };
  const random = seededRandom(5);
  const events: (AppEvent | DirectoryEvent)[] = [];
  const observe = (event: AppEvent | DirectoryEvent) => void events.push(event);
  const settings = {
    role: "linehold_read",
    applicationName: "linehold tests",
    max: 4,
    min: 1,
    connectTimeoutMs: 1000,
  };
  const pool = scope.use(openPool({ url: postgres.through(database.url), ...settings }, { clock, random }));
  const writing = { ...settings, role: "linehold_web", max: 8 };
  const writes = scope.use(openPool({ url: postgres.through(database.url), ...writing }, { clock, random }));
  const reads = scope.use(createReads({ pool, clock, random }));
  const { baseDomain, directoryRefreshMs = 50 } = options;
  const directory = scope.use(
    openTenantDirectory({ refreshMs: directoryRefreshMs, baseDomain }, { reads, clock, observe }),
  );
  const app = buildApp(
    {
      baseDomain,
      brandingFreshMs: options.brandingFreshMs ?? 60_000,
      priceAgeMaxMs: options.priceAgeMaxMs ?? 300_000,
      ...(options.streams && { streams: options.streams }),
      players: options.players === null ? undefined : (options.players ?? TEST_PLAYERS),
      ...(options.money && { money: options.money }),
    },
    {
      reads,
      writes,
      directory,
      probes: createProbes({ isDraining: () => false }),
      docs: readDocsAssets(join(import.meta.dir, "../../openapi")),
      clock,
      random,
      observe,
      ...(options.isDraining && { isDraining: options.isDraining }),
      ...(options.isMoneyChecked && { isMoneyChecked: options.isMoneyChecked }),
    },
  );
  if (options.snapshot !== undefined) {
    await reads.restore(options.snapshot);
    directory.refresh();
  }
  const { connections, hotRoutes: routes } = app;
  const listening = { hostname: "127.0.0.1", port: 0, drainMs: 500, routes, connections };
  const server = scope.use(serve(app.fetch, listening, { clock }));
  scope.use(app.streams);
  // A silent proxy would hold up the closing of what waits behind it.
  scope.defer(() => postgres.set("pass"));
  const directoryRefreshed = async () => {
    const before = directory.ageMs() ?? Number.POSITIVE_INFINITY;
    for (let waited = 0; waited < 5000; waited += 5) {
      await Bun.sleep(5);
      const age = directory.ageMs();
      if (age !== undefined && age < Math.min(before, waited + 5)) return;
    }
    throw new RangeError("The directory was not refreshed within 5 s");
  };
  return {
    database,
    postgres,
    pool,
    writes,
    reads,
    app,
    server,
    directory,
    events,
    get: (path, headers = {}) => fetch(`${server.url}${path}`, { headers }),
    ask: (method, path, { headers = {}, body, bearer } = {}) =>
      fetch(`${server.url}${path}`, {
        method,
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async tenant(wanted) {
      const tenantId = await arrangeTenant(database, wanted);
      await directoryRefreshed();
      return tenantId;
    },
    skip(ms) {
      skippedMs += ms;
    },
    directoryRefreshed,
    [Symbol.asyncDispose]: () => scope.disposeAsync(),
  };
}
