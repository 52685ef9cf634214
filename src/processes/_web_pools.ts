import type { Config } from "../config.ts";
import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import { type GatedPool, gatePool, openPool, type Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { poolObserver } from "./_pool_log.ts";

export interface WebPoolsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly vitals: Pick<Vitals, "watchPool" | "observePool">;
  readonly scope: AsyncDisposableStack;
}

export interface WebPools {
  /** For what visitors see, behind a gate that an operator can shut. */
  readonly read: GatedPool;
  /** For what touches money. */
  readonly write: Pool;
  readonly settings: ReturnType<typeof poolSettings>;
}

/** Opens the two pools of `web`, each with a role of its own. */
export function openWebPools({ url, config }: { url: string; config: Config }, deps: WebPoolsDeps): WebPools {
  const { clock, random, scope, vitals } = deps;
  const settings = poolSettings(config);
  const open = (name: "read" | "write", role: string) => {
    const options = { url, role, applicationName: `linehold web ${name}`, ...settings[name] };
    const pool = openPool(options, { clock, random, observe: poolObserver(name, deps) });
    vitals.watchPool(name, pool);
    return scope.use(pool);
  };
  return { read: gatePool(open("read", "linehold_read")), write: open("write", "linehold_web"), settings };
}

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
