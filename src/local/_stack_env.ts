import { join } from "node:path";
import type { Config } from "../config.ts";
import type { LocalKeys } from "./_keys_file.ts";
import type { StackPorts } from "./_stack_ports.ts";
import type { ChildSpec } from "./children.ts";

export interface DatabaseUrls {
  readonly loginUrl: string;
  readonly ownerUrl: string;
  /** Whether the server is ours. */
  readonly embedded: boolean;
}

export interface StackOptions {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
  readonly ports: StackPorts;
  readonly opsToken: string;
  readonly loginUrl: string;
  /** Of the data directory, for those that the environment does not set. */
  readonly keys: Pick<LocalKeys, "playerTokenKeys" | "identityKey">;
  /** What this run keeps, as a path that holds in every process. */
  readonly dataDir: string;
}

// Below the 5 s after which a child is killed, and with what follows below the 10 s in which all must have ended.
const DRAIN_SECONDS_MAX = 4;

/** The three processes, each with an environment of its own: what the launcher was given, and what it decided. */
export function childSpecs(options: StackOptions): ChildSpec[] {
  const { config, dataDir, env, keys, loginUrl, opsToken, ports, root } = options;
  const shared: Record<string, string | undefined> = {
    ...env,
    DATABASE_URL: loginUrl,
    DIRECT_DATABASE_URL: undefined, // the owner's: for migrations alone, which are done
    // Behind a pooler it hears nothing, and changes are found by looking.
    LISTEN_DATABASE_URL: config.database.listenUrl?.reveal() ?? loginUrl,
    SNAPSHOT_DIR: config.snapshot.dir ?? join(dataDir, "snapshot"),
    OPS_TOKEN: opsToken,
    DRAIN_TIMEOUT: `${Math.min(DRAIN_SECONDS_MAX, config.http.drainMs / 1000)}`,
    ...(config.feeds.sources.length > 0 ? {} : { FEEDS: "simulated" }),
  };
  // A worker has no use for these, and does not get those of the data directory.
  const ofPlayers = {
    PLAYER_TOKEN_KEYS: env["PLAYER_TOKEN_KEYS"] || keys.playerTokenKeys,
    IDENTITY_KEY: env["IDENTITY_KEY"] || keys.identityKey,
  };
  const child = (
    name: string,
    ports: { PORT: number; METRICS_PORT: number },
    own: Readonly<Record<string, string>> = {},
  ): ChildSpec => ({
    name,
    argv: [process.execPath, join(root, "src/processes", `${name}.ts`)],
    env: { ...shared, ...own, PORT: `${ports.PORT}`, METRICS_PORT: `${ports.METRICS_PORT}` },
  });
  return [
    child("web", { PORT: ports.web, METRICS_PORT: ports.webOps }, ofPlayers),
    child("worker_odds", { PORT: ports.web, METRICS_PORT: ports.oddsOps }),
    child("worker_settlement", { PORT: ports.web, METRICS_PORT: ports.settlementOps }),
  ];
}
