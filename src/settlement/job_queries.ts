import type { EventOfTenant, EventVersion } from "../bets/mod.ts";
import type { Connection } from "../pool/mod.ts";

/** A tenant's bets on an event of which a version of what is known tells something: what a worker takes up. */
export interface Job extends EventVersion {
  /** The outcomes were graded by this version, and what is left is to claim bets; else that comes first. */
  readonly planned: boolean;
  /** Bets up to this one were claimed since. */
  readonly afterBetId: string | null;
}

// Whose job is worked on at this moment keeps it, and the newer version waits: it is found again by the next step.
const DROP_EARLIER_JOBS = `
  with earlier as (
    select jobs.tenant_id, jobs.event_id, jobs.result_version
    from settlement_jobs as jobs
    join unnest($1::uuid[], $2::uuid[]) as wanted (event_id, tenant_id)
      on wanted.event_id = jobs.event_id and wanted.tenant_id = jobs.tenant_id
    order by jobs.event_id, jobs.tenant_id, jobs.result_version
    for update of jobs skip locked
  )
  delete from settlement_jobs as jobs
  using earlier
  where jobs.tenant_id = earlier.tenant_id
    and jobs.event_id = earlier.event_id
    and jobs.result_version = earlier.result_version`;

const SELECT_PAIRS_WITH_JOBS = `
  select distinct jobs.event_id as "eventId", jobs.tenant_id as "tenantId"
  from settlement_jobs as jobs
  join unnest($1::uuid[], $2::uuid[]) as wanted (event_id, tenant_id)
    on wanted.event_id = jobs.event_id and wanted.tenant_id = jobs.tenant_id`;

/** Ends the jobs that newer ones of these pairs are to replace; the pairs that have none any more. */
export async function dropEarlierJobs(
  connection: Connection,
  pairs: readonly EventOfTenant[],
): Promise<EventOfTenant[]> {
  const values = [pairs.map(({ eventId }) => eventId), pairs.map(({ tenantId }) => tenantId)];
  await connection.execute(DROP_EARLIER_JOBS, values);
  const held = await connection.query<EventOfTenant>(SELECT_PAIRS_WITH_JOBS, values);
  const worked = new Set(held.map(({ eventId, tenantId }) => `${eventId}/${tenantId}`));
  return pairs.filter(({ eventId, tenantId }) => !worked.has(`${eventId}/${tenantId}`));
}

const INSERT_JOBS = `
  insert into settlement_jobs (tenant_id, event_id, result_version, due_at)
  select job.tenant_id, job.event_id, job.result_version, $4
  from unnest($1::uuid[], $2::uuid[], $3::integer[]) as job (tenant_id, event_id, result_version)
  on conflict do nothing`;

/** Puts jobs in the queue, due at once. */
export async function insertJobs(
  connection: Connection,
  jobs: readonly EventVersion[],
  at: Date,
): Promise<void> {
  await connection.execute(INSERT_JOBS, [
    jobs.map(({ tenantId }) => tenantId),
    jobs.map(({ eventId }) => eventId),
    jobs.map(({ resultVersion }) => resultVersion),
    at,
  ]);
}

const SELECT_DUE_JOBS = `
  select
    tenant_id as "tenantId",
    event_id as "eventId",
    result_version as "resultVersion",
    planned,
    after_bet_id as "afterBetId"
  from settlement_jobs
  where due_at <= $1
  order by due_at, event_id, tenant_id
  limit $2`;

/** Jobs that are due, the oldest first; unclaimed, each is held when its turn comes. */
export function selectDueJobs(
  connection: Connection,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<Job[]> {
  return connection.query<Job>(SELECT_DUE_JOBS, [at, limit]);
}

const HELD_JOB = `
  select jobs.planned, jobs.after_bet_id as "afterBetId"
  from settlement_jobs as jobs
  where jobs.tenant_id = $1
    and jobs.event_id = $2
    and jobs.result_version = $3
    and not exists (
      select
      from event_tenants
      where event_tenants.event_id = jobs.event_id
        and event_tenants.tenant_id = jobs.tenant_id
        and event_tenants.fact_version > jobs.result_version)`;
const HOLD_JOB_ALONE = `${HELD_JOB}
  for update of jobs skip locked`;
const HOLD_JOB_TOGETHER = `${HELD_JOB}
  for key share of jobs skip locked`;

/**
 * Holds a job until the transaction ends, so that no newer version takes its place meanwhile: alone while it is to be planned, and with
 * others while bets are claimed.
 *
 * @returns How far it has come; `undefined` if it has ended, if more is known by now, or if others hold it.
 */
export async function holdJob(connection: Connection, job: Job): Promise<Job | undefined> {
  const hold = job.planned ? HOLD_JOB_TOGETHER : HOLD_JOB_ALONE;
  const values = [job.tenantId, job.eventId, job.resultVersion];
  const [row] = await connection.query<Pick<Job, "planned" | "afterBetId">>(hold, values);
  // One that was looked at in between by others is to be held otherwise.
  return row?.planned === job.planned ? { ...job, ...row } : undefined;
}

const DELETE_JOB = `
  delete from settlement_jobs
  where tenant_id = $1 and event_id = $2 and result_version = $3`;

/** Ends a job that is held alone. */
export async function deleteJob(connection: Connection, job: Job): Promise<void> {
  await connection.execute(DELETE_JOB, [job.tenantId, job.eventId, job.resultVersion]);
}

const POSTPONE_JOB = `
  update settlement_jobs
  set due_at = $4, planned = $5, after_bet_id = $6
  where tenant_id = $1 and event_id = $2 and result_version = $3`;

/** Notes how far a job has come and lets it wait, so that others get their turn. */
export async function postponeJob(connection: Connection, job: Job, dueAt: Date): Promise<void> {
  const { tenantId, eventId, resultVersion, planned, afterBetId } = job;
  await connection.execute(POSTPONE_JOB, [tenantId, eventId, resultVersion, dueAt, planned, afterBetId]);
}
