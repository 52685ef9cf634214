import { claimOpenBets, hasOpenBets, recordSettlementFailure } from "../bets/mod.ts";
import { CommitUnknownError, type Connection, isUnavailable, StatementError } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { StepScope } from "../worker/mod.ts";
import { deleteJob, type Job, postponeJob } from "./queries.ts";
import { readResult, settleBets } from "./settle_bets.ts";

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
  /** How long a job waits when all its open bets are held by others or left alone. */
  readonly pauseMs: number;
}

export const SETTLEMENT_LIMITS: SettlementLimits = {
  batchMax: 250,
  batchesMax: 8,
  attemptsMax: 3,
  retryMs: 60_000,
  pauseMs: 2000,
};

/** A bet that could not be settled. */
export interface SettlementFailure extends Job {
  readonly betId: string;
  /** An error's own stable code; of a refused statement its SQLSTATE and constraint. */
  readonly failure: string;
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

/** What came of one batch: `more` may be open, the job is `finished`, or it was `postponed` in favour of others. */
export interface Batch {
  readonly state: "more" | "finished" | "postponed";
  readonly settled: number;
  readonly failed: number;
}

/**
 * Settles the next bets of a job in one transaction. If a bet makes that impossible, each of them is settled in a
 * transaction of its own, and the one that fails is left alone for a while, at last quarantined.
 *
 * @throws {DatabaseUnavailableError} And whatever else speaks of the database's health; nothing is half done then.
 */
export async function settleBatch(scope: StepScope, job: Job, deps: SettlementDeps): Promise<Batch> {
  try {
    return await settleTogether(scope, job, deps);
  } catch (error) {
    if (!isTheBets(error, scope)) throw error;
    return await settleOneByOne(scope, job, deps);
  }
}

async function settleTogether(scope: StepScope, job: Job, deps: SettlementDeps): Promise<Batch> {
  const { clock, limits = SETTLEMENT_LIMITS } = deps;
  await using lease = await scope.lease({ access: "write", tenantId: job.tenantId });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const bets = await claimOpenBets(connection, { ...job, at, limit: limits.batchMax });
  if (bets.length > 0) {
    await settleBets(connection, {
      tenantId: job.tenantId,
      bets,
      result: await readResult(connection, job),
      at,
    });
  }
  const state = bets.length < limits.batchMax ? await close(connection, job, { at, limits }) : "more";
  await lease.commit();
  return { state, settled: bets.length, failed: 0 };
}

/** Ends the job if the tenant has no open bet on the event any more, else lets it wait. */
async function close(
  connection: Connection,
  job: Job,
  { at, limits }: { readonly at: Date; readonly limits: SettlementLimits },
): Promise<"finished" | "postponed"> {
  if (await hasOpenBets(connection, job)) {
    await postponeJob(connection, job, new Date(at.getTime() + limits.pauseMs));
    return "postponed";
  }
  await deleteJob(connection, job);
  return "finished";
}

async function settleOneByOne(scope: StepScope, job: Job, deps: SettlementDeps): Promise<Batch> {
  let settled = 0;
  let failed = 0;
  for (const betId of await openBetIds(scope, job, deps)) {
    if (scope.signal.aborted) break;
    try {
      if (await settleAlone(scope, job, { ...deps, betId })) settled += 1;
    } catch (error) {
      if (!isTheBets(error, scope)) throw error;
      await leaveAlone(scope, job, { ...deps, betId, failure: failureOf(error) });
      failed += 1;
    }
  }
  return { state: "more", settled, failed };
}

async function openBetIds(scope: StepScope, job: Job, deps: SettlementDeps): Promise<string[]> {
  const { clock, limits = SETTLEMENT_LIMITS } = deps;
  await using lease = await scope.lease({ access: "write", tenantId: job.tenantId });
  const at = new Date(clock.epochMs());
  const bets = await claimOpenBets(lease.connection, { ...job, at, limit: limits.batchMax });
  return bets.map(({ betId }) => betId);
}

/** `false` if another copy holds the bet or has settled it meanwhile. */
async function settleAlone(
  scope: StepScope,
  job: Job,
  { clock, betId }: SettlementDeps & { readonly betId: string },
): Promise<boolean> {
  await using lease = await scope.lease({ access: "write", tenantId: job.tenantId });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const bets = await claimOpenBets(connection, { ...job, at, betId, limit: 1 });
  await settleBets(connection, {
    tenantId: job.tenantId,
    bets,
    result: await readResult(connection, job),
    at,
  });
  await lease.commit();
  return bets.length === 1;
}

async function leaveAlone(
  scope: StepScope,
  job: Job,
  deps: SettlementDeps & { readonly betId: string; readonly failure: string },
): Promise<void> {
  const { clock, limits = SETTLEMENT_LIMITS, observe, betId, failure } = deps;
  await using lease = await scope.lease({ access: "write", tenantId: job.tenantId });
  const quarantined = await recordSettlementFailure(lease.connection, {
    tenantId: job.tenantId,
    betId,
    failure,
    retryAt: new Date(clock.epochMs() + limits.retryMs),
    attemptsMax: limits.attemptsMax,
  });
  await lease.commit();
  observe({ ...job, betId, failure, quarantined });
}

/** Whether the failure is the bets' own: what speaks of the database, of a conflict or of a stop says nothing about them. */
function isTheBets(error: unknown, scope: StepScope): boolean {
  if (scope.signal.aborted || isUnavailable(error) || error instanceof CommitUnknownError) return false;
  return !(error instanceof StatementError && error.isConflict);
}

function failureOf(error: unknown): string {
  if (error instanceof StatementError)
    return `${error.sqlState} ${error.constraint ?? ""}`.trim().slice(0, 120);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return String(code ?? (error instanceof Error ? error.name : "unknown")).slice(0, 120);
}
