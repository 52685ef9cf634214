import { deleteChangesBefore } from "../changes/mod.ts";
import type { Log } from "../log.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type Loop, type LoopEvent, startLoop } from "../worker/mod.ts";

export interface ChangesUpkeepDeps {
  /** Of a role that may delete changes. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const EVERY_MS = 180_000;
/** Who was away for longer looks at everything anew. */
const KEPT_MS = 3_600_000;

/** Forgets changes that every machine has heard of long ago, so that the table stays small. Any number of copies may run. */
export function startChangesUpkeep({ log, ...deps }: ChangesUpkeepDeps): Loop {
  return startLoop(
    {
      name: "changes",
      restMs: EVERY_MS,
      async step(scope) {
        await using lease = await scope.lease({ access: "write", criticality: "report" });
        const deleted = await deleteChangesBefore(lease.connection, new Date(deps.clock.epochMs() - KEPT_MS));
        await lease.commit();
        return { worked: false, counts: { deleted } };
      },
    },
    { ...deps, observe: (event) => tell(log, event) },
  );
}

function tell(log: Log, event: LoopEvent): void {
  if (event.type === "step_failed")
    log.warn("changes.upkeep_failed", "Could not forget old changes", { error: event.error });
  else if ((event.report.counts?.["deleted"] ?? 0) > 0)
    log.info(
      "changes.forgotten",
      `Forgot ${event.report.counts?.["deleted"]} old changes`,
      event.report.counts,
    );
}
