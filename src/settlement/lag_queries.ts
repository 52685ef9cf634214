import type { Connection } from "../pool/mod.ts";

/** What waits to be settled: facts of an event, for the bets that a tenant holds on it. */
export interface SettlementLag {
  /** Of the oldest, by the clock of the database. */
  readonly since: Date;
  readonly eventId: string;
  readonly tenantId: string;
  /** Pairs of an event and a tenant that wait, the oldest included. */
  readonly waiting: number;
}

interface LagRow extends Omit<SettlementLag, "waiting"> {
  readonly waiting: bigint;
}

// A job counts until its end, and so does a bet in it that is tried again: it is quarantined in the end, and the job is over.
const SELECT_LAG = `
  select since, event_id as "eventId", tenant_id as "tenantId", count(*) over () as waiting
  from (
    select behind_since as since, event_id, tenant_id
    from event_tenants
    where fact_version > result_version and behind_since is not null
    union all
    select waiting_since, event_id, tenant_id
    from settlement_jobs
  ) as behind
  order by since
  limit 1`;

/** How far settlement is behind what is known; `undefined` while nothing waits. Across tenants, from tables that name no bet. */
export async function selectSettlementLag(connection: Connection): Promise<SettlementLag | undefined> {
  const [row] = await connection.query<LagRow>(SELECT_LAG);
  return row === undefined ? undefined : { ...row, waiting: Number(row.waiting) };
}
