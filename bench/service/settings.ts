/** What a service of the bench is told: a pool of this size, and statements that take this long. */
export interface ServiceSettings {
  readonly databaseUrl: string;
  readonly poolMax: number;
  readonly sleepMs: number;
  /** Whether loads name their tenant to the pool; unnamed, all share one line. */
  readonly namesTenants: boolean;
}

export function readServiceSettings(env: Readonly<Record<string, string | undefined>>): ServiceSettings {
  return {
    databaseUrl: env["DATABASE_URL"] ?? "",
    poolMax: Number(env["POOL_MAX"]),
    sleepMs: Number(env["SLEEP_MS"]),
    namesTenants: env["NAMES_TENANTS"] === "yes",
  };
}

export function serviceEnvironment(settings: ServiceSettings): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    POOL_MAX: String(settings.poolMax),
    SLEEP_MS: String(settings.sleepMs),
    NAMES_TENANTS: settings.namesTenants ? "yes" : "no",
  };
}

/**
 * The statement of a load: it holds its connection and costs the machine nothing, so that processors are not the bottleneck. It
 * looks into a table, as a backend reports its transactions only along with what it did to tables.
 */
export const HOLD = "select pg_sleep($1) from (select from pg_catalog.pg_am limit 1) as one";
