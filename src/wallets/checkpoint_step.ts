import type { Clock } from "../resilience/mod.ts";
import { listTenants } from "../tenants/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { takeCheckpoints } from "./balance_queries.ts";

export interface CheckpointOptions {
  /** Its `epochMs` is noted in what is taken; nothing is decided by it. */
  readonly clock: Pick<Clock, "epochMs">;
  /** Accounts looked at by one transaction; 1000 by default. */
  readonly accountsMax?: number;
  /** Entries since the last checkpoint from which a new one is taken; 500 by default. */
  readonly entriesMin?: number;
}

/** The first checkpoint of a house account sums all it ever had: 200,000 entries took 60 ms. */
const DEADLINE_MS = 50_000;

/**
 * A worker's step that goes through all accounts, a page of one tenant in each transaction, and takes the checkpoints that are due. It says
 * that there is more to do until every account was looked at, and then begins anew. Any number of copies may run: two checkpoints of an
 * account are as good as one.
 */
export function checkpointStep({ clock, accountsMax = 1000, entriesMin = 500 }: CheckpointOptions) {
  let waiting: readonly string[] = [];
  let afterAccountId: string | null = null;
  return async (scope: StepScope): Promise<StepReport> => {
    if (waiting.length === 0) waiting = await allTenants(scope);
    const [tenantId, ...others] = waiting;
    if (tenantId === undefined) return { worked: false };
    const access = { access: "write", criticality: "report", tenantId, deadlineMs: DEADLINE_MS } as const;
    await using lease = await scope.lease(access);
    const page = { afterAccountId, accountsMax, entriesMin, at: new Date(clock.epochMs()) };
    const { nextAccountId, lookedAt, taken } = await takeCheckpoints(lease.connection, page);
    await lease.commit();
    afterAccountId = nextAccountId;
    if (nextAccountId === null) waiting = others;
    return { worked: waiting.length > 0, counts: { looked_at: lookedAt, taken } };
  };
}

/** Suspended ones too: their bets are still settled. */
async function allTenants(scope: StepScope): Promise<readonly string[]> {
  await using lease = await scope.lease({ criticality: "report" });
  return (await listTenants(lease.connection)).map(({ tenantId }) => tenantId);
}
