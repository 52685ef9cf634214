import { selectAwaitingEvents, takeAwaiting } from "../bets/mod.ts";
import { selectLatestResults } from "../feeds/mod.ts";
import { DatabaseSlowError } from "../pool/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { insertJobs, type Job, selectDueJobs } from "./queries.ts";
import { type Batch, SETTLEMENT_LIMITS, type SettlementDeps, settleBatch } from "./settle_batch.ts";

/**
 * One step of settlement, for `startLoop`: results become jobs, and the bets of due jobs are paid in batches.
 *
 * Each batch is one transaction of one tenant, in which bets are claimed, graded, paid and closed. Any number of copies
 * may run at once: a bet is locked by one of them, and each of its settlement versions can be written once.
 */
export function settlementStep(deps: SettlementDeps): (scope: StepScope) => Promise<StepReport> {
  const { limits = SETTLEMENT_LIMITS, stopping } = deps;
  return async (scope) => {
    const ends = () => scope.signal.aborted || stopping?.aborted === true;
    const { enqueued, jobs } = await enqueue(scope, deps);
    const counts = { enqueued, finished: 0, settled: 0, failed: 0 };
    let left = limits.batchesMax;
    let slow: DatabaseSlowError | undefined;
    for (const job of jobs) {
      let state: Batch["state"] = "more";
      while (state === "more" && left > 0 && !ends()) {
        left -= 1;
        const batch = await settleBatch(scope, job, deps).catch((error: unknown) => {
          // One tenant's job that is too slow must not keep the others from their turn.
          if (!(error instanceof DatabaseSlowError) || scope.signal.aborted) throw error;
          slow = error;
          return undefined;
        });
        if (batch === undefined) break;
        state = batch.state;
        counts.settled += batch.settled;
        counts.failed += batch.failed;
      }
      if (state === "finished") counts.finished += 1;
    }
    const worked = Object.values(counts).some((count) => count > 0);
    if (slow !== undefined && !worked) throw slow;
    return { worked, counts };
  };
}

/** New results become jobs, one a tenant that holds bets on the event; then what is due is read. */
async function enqueue(
  scope: StepScope,
  { clock, limits = SETTLEMENT_LIMITS }: SettlementDeps,
): Promise<{ readonly enqueued: number; readonly jobs: readonly Job[] }> {
  await using lease = await scope.lease({ access: "write" });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const awaiting = await selectAwaitingEvents(connection);
  const results = awaiting.length === 0 ? [] : await selectLatestResults(connection, awaiting);
  const due = results.map(({ event_id: eventId, version: resultVersion }) => ({ eventId, resultVersion }));
  const taken = due.length === 0 ? [] : await takeAwaiting(connection, due);
  if (taken.length > 0) await insertJobs(connection, taken, at);
  const jobs = await selectDueJobs(connection, { at, limit: limits.batchesMax });
  await lease.commit();
  return { enqueued: taken.length, jobs };
}
