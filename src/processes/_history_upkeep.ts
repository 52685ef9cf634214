import { historyStep } from "../feeds/mod.ts";
import type { Log } from "../log.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type Loop, type LoopEvent, startLoop } from "../worker/mod.ts";

export interface HistoryUpkeepDeps {
  /** Of the role that writes prices. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Partitions are made days ahead, so that many a failure in a row costs nothing. */
const EVERY_MS = 3_600_000;

/** Keeps changed prices for so many days, and the tables ready for the days to come. Any number of copies may run. */
export function startHistoryUpkeep(days: number, { log, ...deps }: HistoryUpkeepDeps): Loop {
  return startLoop(
    { name: "price_history", restMs: EVERY_MS, step: historyStep({ clock: deps.clock, days }) },
    { ...deps, observe: (event) => tell(log, event) },
  );
}

function tell(log: Log, event: LoopEvent): void {
  if (event.type === "step_failed") {
    log.warn("price_history.upkeep_failed", "Could not look after the history of prices", {
      error: event.error,
    });
    return;
  }
  const { made = 0, dropped = 0 } = event.report.counts ?? {};
  if (made + dropped > 0)
    log.info("price_history.kept", `Made ${made} days of price history and dropped ${dropped}`, {
      made,
      dropped,
    });
}
