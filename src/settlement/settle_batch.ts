import {
  applyNegativeBalance,
  claimBets,
  type EventVersion,
  moveExposure,
  postponePlan,
  recordSettlementFailure,
} from "../bets/mod.ts";
import type { Connection, Lease } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { holdDebits } from "../wallets/mod.ts";
import type { StepScope } from "../worker/mod.ts";
import { deleteJob, holdJob, type Job, postponeJob } from "./job_queries.ts";
import { planOutcomes, readKnown } from "./plan_outcomes.ts";
import { failureOf, type Isolated, settleIsolated } from "./settle_isolated.ts";

/** How much a step takes on, and how patient it is. */
export interface SettlementLimits {
  /** Bets settled by one transaction. */
  readonly batchMax: number;
  /** Transactions of one step, so that a stop is never waited for long. */
  readonly batchesMax: number;
  /** Times a bet may fail before a person must look at it. */
  readonly attemptsMax: number;
  /** How long a bet that failed is left alone. */
  readonly retryMs: number;
  /** How long a job waits when all that is left of it is held by others or left alone. */
  readonly pauseMs: number;
  /** How long until outcomes are looked at again that time alone may decide. */
  readonly replanMs: number;
}

export const SETTLEMENT_LIMITS: SettlementLimits = {
  batchMax: 1000,
  batchesMax: 8,
  attemptsMax: 3,
  retryMs: 60_000,
  pauseMs: 2000,
  replanMs: 900_000,
};

/** A bet that could not be settled. */
export interface SettlementFailure extends EventVersion {
  readonly betId: string;
  /** An error's own stable code; of a refused statement its SQLSTATE and constraint. */
  readonly failure: string;
  /** It was one time too many: nobody tries again before a person has looked at it. */
  readonly quarantined: boolean;
}

export interface SettlementDeps {
  /** Its `epochMs` is the business time of what is written. */
  readonly clock: Pick<Clock, "epochMs">;
  readonly limits?: SettlementLimits;
  /** Ends a step between two transactions. */
  readonly stopping?: AbortSignal;
  /** Told of each bet that could not be settled. */
  readonly observe: (failure: SettlementFailure) => void;
}

/** What came of one batch. */
export interface Batch {
  /**
   * `more` may be open, the job is `finished` or was `postponed` in favour of others, or it is `taken`: others are at it, or at what came
   * after it.
   */
  readonly state: "more" | "finished" | "postponed" | "taken";
  /** As it was left. */
  readonly job: Job;
  readonly settled: number;
  readonly reversed: number;
  /** Bets of which no more than a leg was graded. */
  readonly graded: number;
  readonly failed: number;
}

/**
 * The next piece of a job, in one transaction of its tenant: its outcomes are graded, if they are not yet, and the next bets claimed of
 * which something else is made now. A bet that makes that impossible is found by halves, left alone for a while, and at last quarantined;
 * the others are paid.
 *
 * @throws {DatabaseUnavailableError} And whatever else speaks of the database, not of a bet; nothing is done then.
 */
export async function settleBatch(scope: StepScope, job: Job, deps: SettlementDeps): Promise<Batch> {
  const { clock, limits = SETTLEMENT_LIMITS, observe } = deps;
  const { tenantId } = job;
  await using lease = await scope.lease({ access: "write", tenantId });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const held = await holdJob(connection, job);
  if (held === undefined) return { state: "taken", job, settled: 0, reversed: 0, graded: 0, failed: 0 };
  const known = await readKnown(connection, held, limits);
  const options = { at, ...limits };
  const planned = held.planned ? undefined : await planOutcomes(connection, held, { known, options });
  const claim = { ...known.claiming, at, afterBetId: held.afterBetId, limit: limits.batchMax };
  const bets = planned?.bets === 0 ? [] : await claimBets(connection, claim);
  const done = await settleIsolated(connection, { job: held, bets, at }, scope);
  const failures = await recordFailures(connection, done.refused, { job: held, at, limits });
  const moved = await moveOn(connection, held, {
    at,
    limits,
    lastBetId: bets.length === limits.batchMax ? (bets.at(-1)?.betId ?? null) : null,
    isDone: async () =>
      bets.length === 0
        ? planned?.bets === 0
        : (await planOutcomes(connection, held, { known, options })).bets === 0,
  });
  if (planned?.replanAt !== undefined) await postponePlan(connection, { ...held, at: planned.replanAt });
  await holdDebtors(connection, done.debited, { tenantId, at });
  await commitReleasing(lease, { tenantId, ...done });
  for (const failure of failures) observe(failure);
  const { settled, reversed, changed } = done;
  return {
    ...moved,
    settled,
    reversed,
    graded: bets.length - failures.length - changed,
    failed: failures.length,
  };
}

async function recordFailures(
  connection: Connection,
  refused: Isolated["refused"],
  { job, at, limits }: { readonly job: Job; readonly at: Date; readonly limits: SettlementLimits },
): Promise<SettlementFailure[]> {
  const { tenantId, eventId, resultVersion } = job;
  const { attemptsMax, retryMs } = limits;
  const retryAt = new Date(at.getTime() + retryMs);
  const failures: SettlementFailure[] = [];
  for (const { betId, error } of refused) {
    const failure = failureOf(error);
    const noted = { tenantId, betId, failure, retryAt, attemptsMax };
    const quarantined = await recordSettlementFailure(connection, noted);
    failures.push({ tenantId, eventId, resultVersion, betId, failure, quarantined });
  }
  return failures;
}

/**
 * Says how far the job has come. Bets are claimed from one on until there are no more; then the outcomes are looked at once again, alone:
 * the job ends if nothing is left, and waits if it is held by others or left alone.
 */
async function moveOn(
  connection: Connection,
  job: Job,
  {
    at,
    limits,
    lastBetId,
    isDone,
  }: {
    readonly at: Date;
    readonly limits: SettlementLimits;
    /** Of a batch that was full. */
    readonly lastBetId: string | null;
    readonly isDone: () => Promise<boolean>;
  },
): Promise<Pick<Batch, "state" | "job">> {
  const left = { ...job, planned: lastBetId !== null, afterBetId: lastBetId };
  // To the end of the line, so that a few long jobs do not keep the short ones behind them for ever.
  if (left.planned || job.planned) {
    await postponeJob(connection, left, at);
    return { state: "more", job: left };
  }
  if (await isDone()) {
    await deleteJob(connection, job);
    return { state: "finished", job };
  }
  await postponeJob(connection, left, new Date(at.getTime() + limits.pauseMs));
  return { state: "postponed", job: left };
}

/** Players from whom a correction has taken money spend none of it before the commit; what is owed then is a matter of the tenant's policy. */
async function holdDebtors(
  connection: Connection,
  debited: Isolated["debited"],
  { tenantId, at }: { readonly tenantId: string; readonly at: Date },
): Promise<void> {
  if (debited.length === 0) return;
  await holdDebits(connection, [...new Set(debited.map(({ cashAccountId }) => cashAccountId))]);
  await applyNegativeBalance(connection, { tenantId, debited, by: "worker_settlement", at });
}

/** The exposure last, and sent together with the commit: placements wait for its rows, where the bets have legs on events to come. */
async function commitReleasing(
  lease: Lease,
  { tenantId, freed, taken }: Pick<Isolated, "freed" | "taken"> & { readonly tenantId: string },
): Promise<void> {
  if (freed.length + taken.length === 0) return lease.commit();
  const sent = [moveExposure(lease.connection, { tenantId, freed, taken }), lease.commit()];
  const ended = await Promise.allSettled(sent);
  const failure = ended.find((one) => one.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
