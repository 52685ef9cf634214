/** What a build's process is told by the replay. */
export interface BuildSettings {
  readonly databaseUrl: string;
  readonly poolMax: number;
  readonly ttlMs: number;
  /** Requests the web process serves at once; the rest wait in line. */
  readonly slots: number;
}

/** Reads what `buildEnvironment` wrote. */
export function readBuildSettings(env: Readonly<Record<string, string | undefined>>): BuildSettings {
  return {
    databaseUrl: env["DATABASE_URL"] ?? "",
    poolMax: Number(env["DB_MAX_CONN"]),
    ttlMs: Number(env["BRANDING_CACHE_TTL"]) * 1000,
    slots: Number(env["REQUEST_SLOTS"]),
  };
}

export function buildEnvironment({
  databaseUrl,
  poolMax,
  slots,
  ttlMs,
}: BuildSettings): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DB_MAX_CONN: String(poolMax),
    BRANDING_CACHE_TTL: String(ttlMs / 1000),
    REQUEST_SLOTS: String(slots),
  };
}
