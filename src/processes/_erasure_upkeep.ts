import type { Log } from "../log.ts";
import { erasureStep } from "../players/mod.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type Loop, type LoopEvent, startLoop } from "../worker/mod.ts";

export interface ErasureUpkeepDeps {
  /** Of a role that may erase closed accounts. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** What is counted in days need not be done to the minute. */
const EVERY_MS = 3_600_000;

/** Forgets the persons behind accounts that were closed for as long as their tenants keep them. Any number of copies may run. */
export function startErasureUpkeep({ log, ...deps }: ErasureUpkeepDeps): Loop {
  return startLoop(
    { name: "erasure", restMs: EVERY_MS, step: erasureStep({ clock: deps.clock }) },
    { ...deps, observe: (event) => tell(log, event) },
  );
}

function tell(log: Log, event: LoopEvent): void {
  if (event.type === "step_failed") {
    log.warn("players.erasure_failed", "Could not forget closed accounts", { error: event.error });
    return;
  }
  const { erased = 0 } = event.report.counts ?? {};
  if (erased > 0)
    log.info("players.erased", `Forgot the persons behind ${erased} closed accounts`, { erased });
}
