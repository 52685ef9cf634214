import { type Environment, type Reader, readerOf, type Secret } from "./environment.ts";
import { LOG_LEVELS, type LogLevel } from "./log.ts";

export { type Secret, secret } from "./environment.ts";

/** Everything the environment decides, read once by a process. Durations in milliseconds whatever their unit outside. */
export interface Config {
  readonly http: {
    readonly hostname: string;
    readonly port: number;
    /** Tenants answer at `<slug>.<baseDomain>` when it is set. */
    readonly baseDomain: string | undefined;
    /** How long a stopping process lets requests finish. */
    readonly drainMs: number;
    /** What a trusted proxy writes the client's address in; the peer's address counts unless set. */
    readonly clientAddressHeader: string | undefined;
  };
  /** Open streams of prices at once: of one `web`, and of one client's address. */
  readonly streams: { readonly max: number; readonly perAddressMax: number };
  /** The private listener: metrics, status, the worker's own health. */
  readonly ops: { readonly port: number; readonly token: Secret | undefined };
  readonly database: {
    /** The application's login; possibly a pooler in transaction mode. */
    readonly url: Secret | undefined;
    /** The same for one process each, where a pooler keeps them apart by alias; `url` unless set. */
    readonly webUrl: Secret | undefined;
    readonly workerOddsUrl: Secret | undefined;
    readonly workerSettlementUrl: Secret | undefined;
    /** The owner, straight to Postgres: migrations only. */
    readonly directUrl: Secret | undefined;
    /** The application's login, straight to Postgres: to hear of changes at once. Without it they are found by looking. */
    readonly listenUrl: Secret | undefined;
    readonly max: number;
    readonly min: number;
    /** Of `max`, those kept for writes in `web`, so that a storm of theme loads cannot starve a bet, nor the reverse. */
    readonly writeMax: number;
    readonly workerMax: number;
    readonly connectTimeoutMs: number;
    readonly idleTimeoutMs: number;
  };
  readonly branding: { readonly freshMs: number };
  readonly snapshot: {
    /** Where `web` keeps what it last served, for a boot without the database; nowhere unless set. */
    readonly dir: string | undefined;
    /** Between two writes, as long as something was loaded. */
    readonly everyMs: number;
  };
  readonly feeds: {
    readonly sources: readonly ("simulated" | "goalserve" | "the_odds_api" | "football_data")[];
    readonly pollMs: number;
    /** Whole days for which every written change of a price is kept; with 0 none is. */
    readonly historyDays: number;
    /** For one whole answer of a vendor. */
    readonly deadlineMs: number;
    /** For how long nobody else polls what one worker has claimed. */
    readonly leaseMs: number;
    /** A source whose state stays the same for longer is taken for stuck. */
    readonly frozenMs: number;
    /** Host names that may lead to addresses which are not public. */
    readonly privateHosts: readonly string[];
    readonly goalserveUrl: string | undefined;
    readonly goalserveScoresUrl: string | undefined;
    readonly goalserveKey: Secret | undefined;
    readonly goalserveSports: readonly string[];
    readonly theOddsApi: {
      readonly url: string;
      readonly key: Secret | undefined;
      readonly sports: readonly string[];
      readonly regions: readonly string[];
      readonly markets: readonly string[];
      /** Units a month, which begins on the day of the month that follows. */
      readonly budget: number;
      readonly renewsOn: number;
    };
    readonly footballData: {
      readonly url: string;
      readonly divisions: readonly string[];
      readonly pollMs: number;
    };
    readonly simulationSeed: number;
    /** Prices whose source had no good poll for this long are shown suspended and cannot be bet on. */
    readonly priceAgeMaxMs: number;
  };
  readonly settlement: { readonly pollMs: number };
  /** Without either, no players are served, and visitors as ever. */
  readonly players: {
    /** The first signs, all verify. */
    readonly tokenKeys: readonly { readonly kid: string; readonly secret: Secret }[] | undefined;
    readonly identityKey: Secret | undefined;
  };
  readonly local: { readonly dataDir: string };
  /** `live` takes money for brands that name their licence, and for no other. */
  readonly money: "demo" | "live";
  readonly logLevel: LogLevel;
}

/** Names every fault of the environment at once; a process ends with 78 (EX_CONFIG of sysexits.h). */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "config_invalid";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `Cannot start as ${faults.length} setting(s) are wrong:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
    this.faults = faults;
  }
}

/**
 * The environment as a frozen, typed value. Bare numbers of durations are seconds.
 *
 * @throws {ConfigError} Naming every setting that is unreadable, out of range or at odds with another.
 */
export function parseConfig(env: Environment): Config {
  const read = readerOf(env);
  const url = read.databaseUrl("DATABASE_URL");
  const config: Config = {
    http: {
      hostname: read.text("HOST", "0.0.0.0"),
      port: read.integer("PORT", { fallback: 8080, from: 0, to: 65_535 }),
      baseDomain: read.domain("BASE_DOMAIN"),
      drainMs: read.seconds("DRAIN_TIMEOUT", { fallback: 8, from: 0, to: 240 }),
      clientAddressHeader: read.headerName("CLIENT_ADDRESS_HEADER"),
    },
    streams: {
      max: read.integer("STREAMS_MAX", { fallback: 5000, from: 0, to: 100_000 }),
      perAddressMax: read.integer("STREAMS_PER_ADDRESS", { fallback: 100, from: 1, to: 100_000 }),
    },
    ops: {
      port: read.integer("METRICS_PORT", { fallback: 9091, from: 0, to: 65_535 }),
      token: read.secret("OPS_TOKEN"),
    },
    database: {
      url,
      webUrl: read.databaseUrl("WEB_DATABASE_URL") ?? url,
      workerOddsUrl: read.databaseUrl("WORKER_ODDS_DATABASE_URL") ?? url,
      workerSettlementUrl: read.databaseUrl("WORKER_SETTLEMENT_DATABASE_URL") ?? url,
      directUrl: read.databaseUrl("DIRECT_DATABASE_URL"),
      listenUrl: read.databaseUrl("LISTEN_DATABASE_URL"),
      max: read.integer("DB_MAX_CONN", { fallback: 30, from: 2, to: 1000 }),
      min: read.integer("DB_MIN_CONN", { fallback: 5, from: 0, to: 1000 }),
      writeMax: read.integer("DB_WRITE_CONN", { fallback: thirdOf(env["DB_MAX_CONN"]), from: 1, to: 999 }),
      workerMax: read.integer("WORKER_DB_MAX_CONN", { fallback: 5, from: 1, to: 1000 }),
      connectTimeoutMs: read.seconds("DB_CONN_TIMEOUT", { fallback: 5, from: 0.05, to: 60 }),
      idleTimeoutMs: read.seconds("DB_IDLE_TIMEOUT", { fallback: 60, from: 1, to: 3600 }),
    },
    branding: { freshMs: read.seconds("BRANDING_CACHE_TTL", { fallback: 60, from: 0.1, to: 86_400 }) },
    snapshot: {
      dir: read.path("SNAPSHOT_DIR"),
      everyMs: read.seconds("SNAPSHOT_INTERVAL", { fallback: 30, from: 1, to: 3600 }),
    },
    feeds: readFeeds(read),
    settlement: { pollMs: read.seconds("SETTLEMENT_POLL_INTERVAL", { fallback: 1, from: 0.05, to: 3600 }) },
    players: { tokenKeys: read.namedKeys("PLAYER_TOKEN_KEYS"), identityKey: read.key("IDENTITY_KEY") },
    local: { dataDir: read.text("DATA_DIR", ".data") },
    money: read.oneOf("MONEY", ["demo", "live"] as const, "demo"),
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
  };
  const faults = [...read.faults, ...disagreements(config)];
  if (faults.length > 0) throw new ConfigError(faults);
  return deepFreeze(config);
}

/** Settings that are each in range and still cannot hold together. */
function disagreements({ database, feeds, http, money, ops, players }: Config): string[] {
  const faults: string[] = [];
  if (money === "live") {
    if (players.tokenKeys === undefined) faults.push("PLAYER_TOKEN_KEYS must be set as MONEY is live");
    if (players.identityKey === undefined) faults.push("IDENTITY_KEY must be set as MONEY is live");
  }
  if (database.min > database.max) {
    faults.push(`DB_MIN_CONN is ${database.min}, above DB_MAX_CONN, which is ${database.max}`);
  }
  if (database.writeMax >= database.max) {
    faults.push(
      `DB_WRITE_CONN is ${database.writeMax}, and must leave reads a connection of DB_MAX_CONN, which is ${database.max}`,
    );
  }
  faults.push(...feedDisagreements(feeds));
  if (http.port !== 0 && http.port === ops.port)
    faults.push(`METRICS_PORT must differ from PORT, which is ${http.port}`);
  return faults;
}

function feedDisagreements(feeds: Config["feeds"]): string[] {
  const faults: string[] = [];
  const asksGoalserve = feeds.sources.includes("goalserve");
  const needed: readonly (readonly [string, unknown])[] = [
    ...(asksGoalserve ? [["GOALSERVE_URL", feeds.goalserveUrl] as const] : []),
    ...(feeds.sources.includes("the_odds_api") ? [["THE_ODDS_API_KEY", feeds.theOddsApi.key] as const] : []),
  ];
  for (const [name, value] of needed) {
    if (value === undefined) faults.push(`${name} must be set as FEEDS names its vendor`);
  }
  const asked = feeds.goalserveSports.length * (feeds.goalserveScoresUrl === undefined ? 1 : 2);
  const cycleMs = feeds.pollMs * asked;
  if (asksGoalserve && cycleMs >= feeds.priceAgeMaxMs) {
    faults.push(
      `PRICE_MAX_AGE must exceed ${cycleMs / 1000}: that long passes between two polls of one of the ${asked} feeds of GOALSERVE_SPORTS`,
    );
  }
  if (feeds.leaseMs <= feeds.deadlineMs) {
    faults.push(
      `FEED_CLAIM_LEASE is ${feeds.leaseMs / 1000}, and must exceed FEED_DEADLINE, which is ${feeds.deadlineMs / 1000}`,
    );
  }
  return faults;
}

function thirdOf(max: string | undefined): number {
  const total = Number(max ?? 30);
  return Number.isFinite(total) ? Math.max(1, Math.floor(total / 3)) : 10;
}

function readFeeds(read: Reader): Config["feeds"] {
  return {
    sources: read.list("FEEDS", ["simulated", "goalserve", "the_odds_api", "football_data"] as const, []),
    pollMs: read.seconds("FEED_POLL_INTERVAL", { fallback: 60, from: 0.1, to: 3600 }),
    deadlineMs: read.seconds("FEED_DEADLINE", { fallback: 30, from: 0.1, to: 240 }),
    leaseMs: read.seconds("FEED_CLAIM_LEASE", { fallback: 120, from: 1, to: 600 }),
    frozenMs: read.seconds("FEED_FROZEN_LIMIT", { fallback: 3600, from: 1, to: 604_800 }),
    privateHosts: read.words("FEED_ALLOW_PRIVATE_HOSTS", []),
    historyDays: read.integer("PRICE_HISTORY_DAYS", { fallback: 30, from: 0, to: 3650 }),
    goalserveUrl: read.webUrl("GOALSERVE_URL"),
    goalserveScoresUrl: read.webUrl("GOALSERVE_SCORES_URL"),
    goalserveKey: read.secret("GOALSERVE_KEY"),
    goalserveSports: read.words("GOALSERVE_SPORTS", ["soccer"]),
    theOddsApi: {
      url: read.webUrl("THE_ODDS_API_URL") ?? "https://api.the-odds-api.com",
      key: read.secret("THE_ODDS_API_KEY"),
      sports: read.words("THE_ODDS_API_SPORTS", ["soccer_epl"]),
      regions: read.words("THE_ODDS_API_REGIONS", ["eu"]),
      markets: read.words("THE_ODDS_API_MARKETS", ["h2h", "spreads", "totals"]),
      budget: read.integer("THE_ODDS_API_BUDGET", { fallback: 500, from: 0, to: 100_000_000 }),
      renewsOn: read.integer("THE_ODDS_API_RENEWS_ON", { fallback: 1, from: 1, to: 28 }),
    },
    footballData: {
      url: read.webUrl("FOOTBALL_DATA_URL") ?? FOOTBALL_DATA_URL,
      divisions: read.words("FOOTBALL_DATA_DIVISIONS", ["E0"]),
      pollMs: read.seconds("FOOTBALL_DATA_POLL_INTERVAL", { fallback: 3600, from: 0.1, to: 86_400 }),
    },
    simulationSeed: read.integer("SIMULATION_SEED", { fallback: 1, from: 0, to: 2 ** 31 - 1 }),
    priceAgeMaxMs: read.seconds("PRICE_MAX_AGE", { fallback: 300, from: 1, to: 86_400 }),
  };
}

const FOOTBALL_DATA_URL = "https://www.football-data.co.uk/mmz4281/{season}/{division}.csv";

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
