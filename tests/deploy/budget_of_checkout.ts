import { parseConfig } from "../../src/config.ts";
import type { Alias, Budget, Group } from "./connection_budget.ts";
import { parseFly, tableAt } from "./fly_document.ts";
import { parsePoolerFile, parseServerSettings } from "./pgbouncer_ini.ts";

/** The texts that together decide how many connections there are. */
export interface BudgetTexts {
  readonly fly: string;
  readonly pooler: string;
  readonly server: string;
  readonly readme: string;
}

const ALIASES: Readonly<Record<string, string>> = {
  web: "linehold_web",
  worker_odds: "linehold_odds",
  worker_settlement: "linehold_settlement",
};

/** The budget as the deployment's own files state it: counts from the README's `fly scale count`, sizes from `[env]`. */
export function budgetOf(texts: BudgetTexts): Budget {
  const env = Object.entries(tableAt(parseFly(texts.fly), "env"));
  const { database } = parseConfig(Object.fromEntries(env.map(([name, value]) => [name, String(value)])));
  const groups = Object.entries(scaleCounts(texts.readme)).map(
    ([name, machines]): Group => ({
      name,
      machines,
      alias: ALIASES[name] ?? name,
      max: name === "web" ? database.max : database.workerMax,
    }),
  );
  const server = parseServerSettings(texts.server);
  return {
    groups,
    pooler: poolerOf(texts.pooler),
    postgres: {
      maxConnections: server.get("max_connections") ?? 0,
      superuserReserved: server.get("superuser_reserved_connections") ?? Number.NaN,
    },
    direct: [
      { who: "migrate, should two run at once", connections: 2 },
      // A place for each web machine to hear of changes: NOTIFY never arrives through a pooler in transaction mode.
      { who: "a listener", connections: 1, each: "web" },
      { who: "a listener", connections: 1, each: "worker_settlement" },
      { who: "people and backups", connections: 4 },
    ],
    connectTimeoutMs: database.connectTimeoutMs,
  };
}

/** `fly scale count web=2 …` of a text, as counts by group. */
export function scaleCounts(text: string): Readonly<Record<string, number>> {
  const [, counts = ""] = /fly scale count ((?:[a-z_]+=\d+ ?)+)/.exec(text) ?? [];
  return Object.fromEntries(
    counts
      .trim()
      .split(" ")
      .map((part) => part.split("="))
      .map(([name = "", count]) => [name, Number(count)]),
  );
}

function poolerOf(text: string): Budget["pooler"] {
  const { aliases, settings } = parsePoolerFile(text);
  const number = (name: string) => Number(settings.get(name) ?? Number.NaN);
  return {
    mode: settings.get("pool_mode") ?? "session",
    clientsMax: number("max_client_conn"),
    serverMax: number("max_db_connections"),
    userMax: number("max_user_connections"),
    queryWaitMs: number("query_wait_timeout") * 1000,
    aliases: [...aliases].map(([name, given]): Alias => {
      const own = (key: string, general: number) => Number(given.get(key) ?? general);
      return {
        name,
        database: `${given.get("host")}:${given.get("port")}/${given.get("dbname")}`,
        poolSize: own("pool_size", number("default_pool_size")),
        reserve: own("reserve_pool", Number(settings.get("reserve_pool_size") ?? 0)),
        max: own("max_db_connections", number("max_db_connections")),
      };
    }),
  };
}
