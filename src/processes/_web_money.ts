import { findUnlicensed, type Unlicensed } from "../branding/mod.ts";
import { type Config, ConfigError } from "../config.ts";
import type { Log } from "../log.ts";
import { isUnavailable, type Pool } from "../pool/mod.ts";
import { type Clock, sleep } from "../resilience/mod.ts";

export interface MoneyCheckDeps {
  /** Of a role that may read brands. */
  readonly pool: Pick<Pool, "lease">;
  readonly clock: Clock;
  readonly log: Log;
  readonly stopping: AbortSignal;
}

/** The listener waits this long at most for the first look. */
const FIRST_LOOK_MS = 1000;
const LOOK_AGAIN_MS = 1000;

/**
 * Whether every active brand was found licensed since the boot, which is asked where money is live.
 *
 * A boot that finds a brand without licence is refused. One that can look at none goes on without taking money, and looks again until it
 * can; what it then finds closes no listener, as visitors are being served: money stays refused until the brands are in order.
 *
 * @throws {ConfigError} Naming each brand and what it lacks.
 */
export async function openMoneyCheck(
  mode: Config["money"],
  deps: MoneyCheckDeps,
): Promise<{ readonly isChecked: () => boolean }> {
  if (mode === "demo") return { isChecked: () => true };
  const state = { isChecked: false };
  const first = await look(deps);
  if (first !== undefined && first.length > 0) throw new ConfigError(first.map(wordsFor));
  if (first === undefined) {
    deps.log.warn("money.unchecked", "Taking no money until the brands' licences can be looked at");
    void lookUntilChecked(state, deps);
  } else state.isChecked = true;
  return { isChecked: () => state.isChecked };
}

async function lookUntilChecked(state: { isChecked: boolean }, deps: MoneyCheckDeps): Promise<void> {
  const { clock, log, stopping } = deps;
  let told = "";
  while (!state.isChecked && !stopping.aborted) {
    await sleep(LOOK_AGAIN_MS, { clock, signal: stopping }).catch(() => undefined);
    const found = await look(deps);
    if (found === undefined) continue;
    state.isChecked = found.length === 0;
    const words = found.map(wordsFor).join("; ");
    if (state.isChecked) log.info("money.checked", "Every active brand may take money");
    else if (words !== told)
      log.error("money.unlicensed", `Taking no money: ${words}`, { unlicensed: found });
    told = words;
  }
}

/** The brands without licence; `undefined` when the database could not be asked. */
async function look({ pool }: MoneyCheckDeps): Promise<readonly Unlicensed[] | undefined> {
  try {
    await using lease = await pool.lease({ deadlineMs: FIRST_LOOK_MS });
    return await findUnlicensed(lease.connection);
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}

function wordsFor({ slug, lacks }: Unlicensed): string {
  return `the brand of ${slug} lacks compliance.${lacks.join(", compliance.")}, which MONEY=live asks of it`;
}
