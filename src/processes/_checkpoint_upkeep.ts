import type { Log } from "../log.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { checkpointStep } from "../wallets/mod.ts";
import { type Loop, type LoopEvent, startLoop } from "../worker/mod.ts";

export interface CheckpointUpkeepDeps {
  /** Of a role that may have checkpoints taken. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Between two rounds over all accounts: what a balance reads grows by a few minutes' entries. */
const EVERY_MS = 300_000;

/** Keeps balances short to read: an account with many entries since its last checkpoint gets the next. Any number of copies may run. */
export function startCheckpointUpkeep({ log, ...deps }: CheckpointUpkeepDeps): Loop {
  return startLoop(
    { name: "checkpoints", restMs: EVERY_MS, step: checkpointStep(deps) },
    { ...deps, observe: (event) => tell(log, event) },
  );
}

function tell(log: Log, event: LoopEvent): void {
  if (event.type === "step_failed") {
    log.warn("checkpoints.upkeep_failed", "Could not take checkpoints of balances", { error: event.error });
    return;
  }
  const { taken = 0 } = event.report.counts ?? {};
  if (taken > 0) log.info("checkpoints.taken", `Took ${taken} checkpoints of balances`, { taken });
}
