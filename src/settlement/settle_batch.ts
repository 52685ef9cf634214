import { claimOpenBets, hasOpenBets, recordSettlementFailure } from "../bets/mod.ts";
import { type Connection, isUnavailable, StatementError } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { StepScope } from "../worker/mod.ts";
import {
  checkConstraints,
  deleteJob,
  type Job,
  openSavepoint,
  postponeJob,
  releaseSavepoint,
  undoToSavepoint,
} from "./queries.ts";
import { readResult, type Settling, settleBets } from "./settle_bets.ts";

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
  /** Bets that wait for the results of other legs. */
  readonly graded: number;
  readonly failed: number;
}

/**
 * Settles the next bets of a job, in one transaction of its tenant. A bet that makes that impossible is found by halves,
 * left alone for a while, and at last quarantined; the others are paid.
 *
 * @throws {DatabaseUnavailableError} And whatever else speaks of the database, not of a bet; nothing is done then.
 */
export async function settleBatch(scope: StepScope, job: Job, deps: SettlementDeps): Promise<Batch> {
  const { clock, limits = SETTLEMENT_LIMITS, observe } = deps;
  const { tenantId } = job;
  await using lease = await scope.lease({ access: "write", tenantId });
  const { connection } = lease;
  const at = new Date(clock.epochMs());
  const bets = await claimOpenBets(connection, { ...job, at, limit: limits.batchMax });
  const failures: SettlementFailure[] = [];
  let settled = 0;
  if (bets.length > 0) {
    const settling = { tenantId, bets, result: await readResult(connection, job), at };
    const isolated = await settleIsolated(connection, settling, scope);
    settled = isolated.settled;
    for (const { betId, error } of isolated.refused) {
      const failure = failureOf(error);
      const retryAt = new Date(at.getTime() + limits.retryMs);
      const noted = { tenantId, betId, failure, retryAt, attemptsMax: limits.attemptsMax };
      const quarantined = await recordSettlementFailure(connection, noted);
      failures.push({ ...job, betId, failure, quarantined });
    }
  }
  const state = bets.length < limits.batchMax ? await close(connection, job, { at, limits }) : "more";
  // To the end of the line, so that a few long jobs do not keep the short ones behind them for ever.
  if (state === "more") await postponeJob(connection, job, at);
  await lease.commit();
  for (const failure of failures) observe(failure);
  const graded = bets.length - failures.length - settled;
  return { state, settled, graded, failed: failures.length };
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

interface Isolated {
  readonly settled: number;
  readonly refused: readonly { readonly betId: string; readonly error: unknown }[];
}

/** Settles what can be settled and says what could not. One bad bet among n costs about 2 · log2(n) attempts more. */
async function settleIsolated(
  connection: Connection,
  settling: Settling,
  scope: StepScope,
): Promise<Isolated> {
  const { bets } = settling;
  const [first] = bets;
  if (first === undefined) return { settled: 0, refused: [] };
  await openSavepoint(connection);
  try {
    const settled = await settleBets(connection, settling);
    await checkConstraints(connection);
    await releaseSavepoint(connection);
    return { settled, refused: [] };
  } catch (error) {
    if (!isTheBets(error, scope)) throw error;
    await undoToSavepoint(connection);
    if (bets.length === 1) return { settled: 0, refused: [{ betId: first.betId, error }] };
  }
  const middle = Math.ceil(bets.length / 2);
  const one = await settleIsolated(connection, { ...settling, bets: bets.slice(0, middle) }, scope);
  const other = await settleIsolated(connection, { ...settling, bets: bets.slice(middle) }, scope);
  return { settled: one.settled + other.settled, refused: [...one.refused, ...other.refused] };
}

/** Whether the failure is a bet's own: what speaks of the database, of a conflict or of a stop says nothing about it. */
function isTheBets(error: unknown, { signal }: StepScope): boolean {
  if (signal.aborted || isUnavailable(error)) return false;
  return !(error instanceof StatementError && error.isConflict);
}

function failureOf(error: unknown): string {
  if (error instanceof StatementError)
    return `${error.sqlState} ${error.constraint ?? ""}`.trim().slice(0, 120);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return String(code ?? (error instanceof Error ? error.name : "unknown")).slice(0, 120);
}
