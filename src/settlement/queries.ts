import type { EventOfTenant, OpenBet } from "../bets/mod.ts";
import type { Fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Grade } from "./graders/mod.ts";

/** A tenant's bets on an event that has a result: what a worker takes up. */
export interface Job extends EventOfTenant {
  readonly resultVersion: number;
}

const INSERT_JOBS = `
  insert into settlement_jobs (tenant_id, event_id, result_version, due_at)
  select job.tenant_id, job.event_id, job.result_version, $4
  from unnest($1::uuid[], $2::uuid[], $3::integer[]) as job (tenant_id, event_id, result_version)
  on conflict do nothing`;

/** Puts jobs in the queue, due at once. */
export async function insertJobs(connection: Connection, jobs: readonly Job[], at: Date): Promise<void> {
  await connection.execute(INSERT_JOBS, [
    jobs.map(({ tenantId }) => tenantId),
    jobs.map(({ eventId }) => eventId),
    jobs.map(({ resultVersion }) => resultVersion),
    at,
  ]);
}

const SELECT_DUE_JOBS = `
  select tenant_id as "tenantId", event_id as "eventId", result_version as "resultVersion"
  from settlement_jobs
  where due_at <= $1
  order by due_at, event_id, tenant_id
  limit $2`;

/** Jobs that are due, the oldest first; unclaimed, as the bets themselves are what is claimed. */
export function selectDueJobs(
  connection: Connection,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<Job[]> {
  return connection.query<Job>(SELECT_DUE_JOBS, [at, limit]);
}

const DELETE_JOB = `
  delete from settlement_jobs
  where tenant_id = $1 and event_id = $2 and result_version = $3`;

/** Ends a job. */
export async function deleteJob(connection: Connection, job: Job): Promise<void> {
  await connection.execute(DELETE_JOB, [job.tenantId, job.eventId, job.resultVersion]);
}

const POSTPONE_JOB = `
  update settlement_jobs
  set due_at = $4
  where tenant_id = $1 and event_id = $2 and result_version = $3`;

/** Lets a job wait, so that others get their turn. */
export async function postponeJob(connection: Connection, job: Job, dueAt: Date): Promise<void> {
  await connection.execute(POSTPONE_JOB, [job.tenantId, job.eventId, job.resultVersion, dueAt]);
}

/** A bet with everything that is to be paid and noted. Amounts in minor units. */
export interface Settled {
  readonly bet: OpenBet;
  readonly settlementVersion: number;
  readonly grade: Grade;
  readonly exact: Fraction;
  readonly returnMinor: bigint;
}

const INSERT_SETTLEMENTS = `
  insert into settlements (
    tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves,
    dead_heat_numerator, dead_heat_denominator, deduction_numerator, deduction_denominator, reason,
    return_numerator, return_denominator, return_minor, settled_at
  )
  select
    $1, graded.bet_id, graded.settlement_version, $2, $3, graded.result, graded.void_halves,
    graded.dead_heat_numerator, graded.dead_heat_denominator,
    graded.deduction_numerator, graded.deduction_denominator, graded.reason,
    graded.return_numerator, graded.return_denominator, graded.return_minor, $4
  from unnest(
    $5::uuid[], $6::integer[], $7::smallint[], $8::smallint[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::bigint[], $13::text[], $14::numeric[], $15::numeric[], $16::bigint[]
  ) as graded (
    bet_id, settlement_version, result, void_halves, dead_heat_numerator, dead_heat_denominator,
    deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator, return_minor
  )`;

/** Adds settlements; the primary key refuses a bet's version that was settled before. */
export async function insertSettlements(
  connection: Connection,
  rows: Job & { readonly settled: readonly Settled[]; readonly at: Date },
): Promise<void> {
  const { tenantId, eventId, resultVersion, settled, at } = rows;
  await connection.execute(INSERT_SETTLEMENTS, [
    tenantId,
    eventId,
    resultVersion,
    at,
    settled.map(({ bet }) => bet.betId),
    settled.map(({ settlementVersion }) => settlementVersion),
    settled.map(({ grade }) => grade.result),
    settled.map(({ grade }) => (2n * grade.voided.numerator) / grade.voided.denominator),
    settled.map(({ grade }) => grade.deadHeat.numerator),
    settled.map(({ grade }) => grade.deadHeat.denominator),
    settled.map(({ grade }) => grade.deduction.numerator),
    settled.map(({ grade }) => grade.deduction.denominator),
    settled.map(({ grade }) => grade.reason),
    settled.map(({ exact }) => exact.numerator),
    settled.map(({ exact }) => exact.denominator),
    settled.map(({ returnMinor }) => returnMinor),
  ]);
}

/** Marks a point to which what follows can be undone without losing the transaction, nor the bets it has claimed. */
export async function openSavepoint(connection: Connection): Promise<void> {
  await connection.execute("savepoint bets");
}

/** Keeps what was done since the savepoint. */
export async function releaseSavepoint(connection: Connection): Promise<void> {
  await connection.execute("release savepoint bets");
}

/** Undoes what was done since the savepoint, also after a statement that failed. */
export async function undoToSavepoint(connection: Connection): Promise<void> {
  await connection.execute("rollback to savepoint bets");
  await connection.execute("release savepoint bets");
}

/** Has the deferred constraints checked now: at the commit nobody could tell which bet broke one. */
export async function checkConstraints(connection: Connection): Promise<void> {
  await connection.execute("set constraints all immediate");
}
