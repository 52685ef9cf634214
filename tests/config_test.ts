import { expect, test } from "bun:test";
import { ConfigError, parseConfig } from "../src/config.ts";

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test("parseConfig has a default for every setting", () => {
  const { http, ops, database, branding, local } = parseConfig({});

  expect(http).toMatchObject({ port: 8080 });
  expect(ops.port).toBe(9091);
  expect(database).toMatchObject({
    max: 30,
    min: 5,
    writeMax: 10,
    workerMax: 5,
    connectTimeoutMs: 5000,
    idleTimeoutMs: 60_000,
    url: undefined,
  });
  expect(branding.freshMs).toBe(60_000);
  expect(local.dataDir).toBe(".data");
});

test("parseConfig reads bare numbers as seconds, and fractions of them", () => {
  const { database, branding } = parseConfig({
    DB_CONN_TIMEOUT: "2",
    BRANDING_CACHE_TTL: "0.5",
    DB_IDLE_TIMEOUT: "120",
  });

  expect(database).toMatchObject({ connectTimeoutMs: 2000, idleTimeoutMs: 120_000 });
  expect(branding.freshMs).toBe(500);
});

test("parseConfig names every fault at once, and none of them repeats a secret", () => {
  const faults = faultsOf({
    PORT: "eighty",
    DB_MAX_CONN: "-3",
    DB_CONN_TIMEOUT: "5s",
    DATABASE_URL: "mysql://root:hunter2@db/linehold",
    BASE_DOMAIN: "https://example.com",
    LOG_LEVEL: "loud",
    FEEDS: "simulated,crystal_ball",
    MONEY: "real",
    PLAYER_TOKEN_KEYS: "k1:hunter2",
    IDENTITY_KEY: "hunter2",
  });

  const named = [
    "PORT",
    "DB_MAX_CONN",
    "DB_CONN_TIMEOUT",
    "DATABASE_URL",
    "BASE_DOMAIN",
    "LOG_LEVEL",
    "FEEDS",
    "MONEY",
    "PLAYER_TOKEN_KEYS",
    "IDENTITY_KEY",
  ];
  for (const name of named) expect(faults.filter((fault) => fault.startsWith(`${name} `))).toHaveLength(1);
  expect(faults.join("\n")).not.toContain("hunter2");
});

test("parseConfig checks settings that must agree", () => {
  expect(faultsOf({ DB_MAX_CONN: "4", DB_MIN_CONN: "5" })).toEqual([
    "DB_MIN_CONN is 5, above DB_MAX_CONN, which is 4",
  ]);
  expect(faultsOf({ DB_MAX_CONN: "4", DB_MIN_CONN: "1", DB_WRITE_CONN: "4" })[0]).toStartWith(
    "DB_WRITE_CONN is 4",
  );
  expect(faultsOf({ PORT: "9091" })[0]).toStartWith("METRICS_PORT must differ");
  expect(faultsOf({ FEEDS: "goalserve" })[0]).toStartWith("GOALSERVE_URL must be set");
  expect(faultsOf({ FEEDS: "the_odds_api" })[0]).toStartWith("THE_ODDS_API_KEY must be set");
  expect(faultsOf({ FEED_DEADLINE: "60", FEED_CLAIM_LEASE: "60" })[0]).toStartWith("FEED_CLAIM_LEASE is 60");
  const goalserve = {
    FEEDS: "goalserve",
    GOALSERVE_URL: "https://feeds.example.org/{key}",
    PRICE_MAX_AGE: "130",
  };
  expect(faultsOf({ ...goalserve, GOALSERVE_SPORTS: "soccer,tennis" })).toEqual([]);
  const scores = { GOALSERVE_SCORES_URL: "https://feeds.example.org/{key}/{sport}" };
  expect(faultsOf({ ...goalserve, ...scores, GOALSERVE_SPORTS: "soccer,tennis" })[0]).toStartWith(
    "PRICE_MAX_AGE must exceed 240",
  );
});

const key = (byte: string) => Buffer.from(byte.repeat(32)).toString("base64");

test("MONEY=live needs the keys of players", () => {
  expect(faultsOf({ MONEY: "live" })).toEqual([
    "PLAYER_TOKEN_KEYS must be set as MONEY is live",
    "IDENTITY_KEY must be set as MONEY is live",
  ]);
  expect(faultsOf({ MONEY: "live", PLAYER_TOKEN_KEYS: `k1:${key("a")}`, IDENTITY_KEY: key("b") })).toEqual(
    [],
  );
});

test("PLAYER_TOKEN_KEYS lists named keys in their order, of 32 bytes or more, and prints none", () => {
  const { players } = parseConfig({ PLAYER_TOKEN_KEYS: ` k2:${key("a")} , k1:${key("b")}` });

  expect(players.tokenKeys?.map(({ kid, secret }) => [kid, secret.reveal()])).toEqual([
    ["k2", key("a")],
    ["k1", key("b")],
  ]);
  expect(JSON.stringify(players)).not.toContain(key("a"));
  for (const wrong of [key("a"), `:${key("a")}`, `k1:${key("a")},k1:${key("b")}`, "k1:c2hvcnQ=", "k1:", ","])
    expect(faultsOf({ PLAYER_TOKEN_KEYS: wrong })).toHaveLength(1);
});

test("the configuration is frozen to the ground, and its secrets do not print", () => {
  const config = parseConfig({
    DATABASE_URL: "postgres://linehold:hunter2@db:5432/linehold",
    OPS_TOKEN: "opensesame",
  });

  expect(Object.isFrozen(config.database)).toBe(true);
  expect(`${config.database.url} ${config.ops.token} ${JSON.stringify(config)}`).not.toMatch(
    /hunter2|opensesame/,
  );
  expect(config.database.url?.reveal()).toContain("hunter2");
});

test("the snapshot is kept nowhere unless a folder is named, and changes are listened for only where it is said", () => {
  const bare = parseConfig({});
  const set = parseConfig({
    SNAPSHOT_DIR: "/data",
    SNAPSHOT_INTERVAL: "5",
    LISTEN_DATABASE_URL: "postgres://linehold:hunter2@db/linehold",
  });

  expect([bare.snapshot, bare.database.listenUrl]).toEqual([{ dir: undefined, everyMs: 30_000 }, undefined]);
  expect(set.snapshot).toEqual({ dir: "/data", everyMs: 5000 });
  expect([set.database.listenUrl?.reveal(), JSON.stringify(set.database.listenUrl)]).toEqual([
    "postgres://linehold:hunter2@db/linehold",
    '"***"',
  ]);
  expect(faultsOf({ SNAPSHOT_INTERVAL: "0" })).toHaveLength(1);
});
