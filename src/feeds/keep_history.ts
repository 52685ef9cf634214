import type { Clock } from "../resilience/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { dropPriceHistory, makePriceHistory } from "./history_queries.ts";

export interface HistoryDeps {
  /** Business time is its `epochMs()`. */
  readonly clock: Clock;
  /** Whole days back from today for which changed prices are kept; with 0 nothing is kept at all. */
  readonly days: number;
}

/** Partitions are there this long before they are needed: so long may every worker be away, or an upkeep fail. */
const AHEAD_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * The step of a loop that keeps the history of prices as long as it is wanted: makes the partitions of the days to come and drops those
 * whose days are over, in transactions of their own, as a drop waits for those who read or write and gives up after 2 s. The history
 * is written while the day it belongs to has a partition, so that a setting of 0 days ends it by dropping all. Any number of copies
 * may run.
 */
export function historyStep({ clock, days }: HistoryDeps): (scope: StepScope) => Promise<StepReport> {
  return async (scope) => {
    const now = clock.epochMs();
    const made = days === 0 ? 0 : await makeAhead(scope, dayOf(now));
    const before = days === 0 ? dayOf(now + (AHEAD_DAYS + 1) * DAY_MS) : dayOf(now - days * DAY_MS);
    return { worked: false, counts: { made, dropped: await dropBefore(scope, before) } };
  };
}

async function makeAhead(scope: StepScope, day: string): Promise<number> {
  await using lease = await scope.lease({ access: "write", criticality: "report" });
  const made = await makePriceHistory(lease.connection, day, AHEAD_DAYS);
  await lease.commit();
  return made;
}

async function dropBefore(scope: StepScope, day: string): Promise<number> {
  await using lease = await scope.lease({ access: "write", criticality: "report" });
  const dropped = await dropPriceHistory(lease.connection, day);
  await lease.commit();
  return dropped;
}

/** A day of UTC, as the partitions are cut. */
function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}
