import { holdAwaiting, selectAwaiting, takeAwaiting } from "../bets/mod.ts";
import { CommitUnknownError, DatabaseSlowError, isUnavailable } from "../pool/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { dropEarlierJobs, insertJobs, type Job, postponeJob, selectDueJobs } from "./job_queries.ts";
import { type Batch, SETTLEMENT_LIMITS, type SettlementDeps, settleBatch } from "./settle_batch.ts";

/**
 * One step of settlement, for `startLoop`: results become jobs, and the bets of due jobs are paid in batches, a batch a
 * job in turn, so that no tenant waits for another's hundred thousand bets.
 *
 * Each batch is one transaction of one tenant, in which bets are claimed, graded, paid and closed. Any number of copies
 * may run at once: a bet is locked by one of them, and each of its settlement versions can be written once.
 */
export function settlementStep(deps: SettlementDeps): (scope: StepScope) => Promise<StepReport> {
  const { limits = SETTLEMENT_LIMITS, stopping } = deps;
  return async (scope) => {
    const { enqueued, jobs } = await enqueue(scope, deps);
    const counts = { enqueued, finished: 0, settled: 0, failed: 0 };
    const seldom = { graded: 0, reversed: 0 };
    const failures: unknown[] = [];
    const inTurn = [...jobs];
    for (
      let left = limits.batchesMax;
      left > 0 && !scope.signal.aborted && stopping?.aborted !== true;
      left--
    ) {
      const job = inTurn.shift();
      if (job === undefined) break;
      const batch = await tryBatch(scope, job, { ...deps, failures });
      if (batch?.state === "more") inTurn.push(batch.job);
      if (batch?.state === "finished") counts.finished += 1;
      counts.settled += batch?.settled ?? 0;
      counts.failed += batch?.failed ?? 0;
      seldom.graded += batch?.graded ?? 0;
      seldom.reversed += batch?.reversed ?? 0;
    }
    const told = Object.fromEntries(Object.entries(seldom).filter(([, count]) => count > 0));
    const all = { ...counts, ...told };
    const worked = Object.values(all).some((count) => count > 0);
    if (failures.length > 0 && !worked) throw failures[0];
    // Told where there are any: bets that wait for other results, and settlements that did not hold.
    return { worked, counts: all };
  };
}

/** A job that is too slow, or fails as a whole, waits: it must not keep the others from their turn. */
async function tryBatch(
  scope: StepScope,
  job: Job,
  deps: SettlementDeps & { readonly failures: unknown[] },
): Promise<Batch | undefined> {
  const { clock, limits = SETTLEMENT_LIMITS, failures } = deps;
  try {
    return await settleBatch(scope, job, deps);
  } catch (error) {
    const ofDatabase = isUnavailable(error) && !(error instanceof DatabaseSlowError);
    if (scope.signal.aborted || ofDatabase || error instanceof CommitUnknownError) throw error;
    failures.push(error);
    await using lease = await scope.lease({ access: "write" });
    await postponeJob(lease.connection, job, new Date(clock.epochMs() + limits.pauseMs));
    await lease.commit();
    return undefined;
  }
}

/** The most pairs of event and tenant that become jobs in one step. */
const ENQUEUED_MAX = 500;

/** What is newly known becomes jobs, one a tenant that holds bets on the event, in the place of earlier ones; then what is due is read. */
async function enqueue(
  scope: StepScope,
  { clock, limits = SETTLEMENT_LIMITS }: SettlementDeps,
): Promise<{ readonly enqueued: number; readonly jobs: readonly Job[] }> {
  await using lease = await scope.lease({ access: "write" });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const awaiting = await selectAwaiting(connection, { at, limit: ENQUEUED_MAX });
  const held = awaiting.length === 0 ? [] : await holdAwaiting(connection, { pairs: awaiting, at });
  const pairs = held.length === 0 ? [] : await dropEarlierJobs(connection, held);
  const taken = pairs.length === 0 ? [] : await takeAwaiting(connection, pairs);
  if (taken.length > 0) await insertJobs(connection, taken, at);
  const jobs = await selectDueJobs(connection, { at, limit: limits.batchesMax });
  await lease.commit();
  return { enqueued: taken.length, jobs };
}
