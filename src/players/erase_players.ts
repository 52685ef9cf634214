import { recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { listTenants } from "../tenants/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { eraseClosedPlayers, selectRetention, upsertRetention } from "./policy_queries.ts";

/** Five years after the account was closed: what rules against money laundering commonly ask (Directive (EU) 2015/849, article 40). */
export const RETENTION_DAYS_DEFAULT = 1825;
export const RETENTION_DAYS_MAX = 36_500;

/** For how many days after it was closed the tenant keeps the person behind an account. */
export async function readRetention(connection: Connection, tenantId: string): Promise<number> {
  return (await selectRetention(connection, tenantId)) ?? RETENTION_DAYS_DEFAULT;
}

/**
 * Sets it. Needs a write lease of the tenant.
 *
 * @throws {RangeError} If the days are not whole, from 0 to 36,500.
 */
export async function setRetention(
  connection: Connection,
  { tenantId, days, at }: { readonly tenantId: string; readonly days: number; readonly at: Date },
): Promise<void> {
  if (!Number.isInteger(days) || days < 0 || days > RETENTION_DAYS_MAX)
    throw new RangeError(`Cannot keep closed accounts for so long: it is ${days} days`);
  await upsertRetention(connection, { tenantId, days, at });
}

export interface ErasureDeps {
  /** Business time is its `epochMs()`. */
  readonly clock: Pick<Clock, "epochMs">;
  /** Erased in one transaction; 200 by default. */
  readonly batchMax?: number;
}

/**
 * The step of a loop that forgets whoever is to be forgotten: tenant by tenant, a bounded batch a transaction, each with its audit row. Ids,
 * bets and entries stay, and exclusions with them. Any number of copies may run.
 */
export function erasureStep({
  clock,
  batchMax = 200,
}: ErasureDeps): (scope: StepScope) => Promise<StepReport> {
  return async (scope) => {
    let erased = 0;
    let isMore = false;
    for (const tenantId of await tenantIds(scope)) {
      const count = await eraseSome(scope, { tenantId, at: new Date(clock.epochMs()), max: batchMax });
      erased += count;
      isMore ||= count === batchMax;
    }
    return { worked: isMore, counts: { erased } };
  };
}

async function tenantIds(scope: StepScope): Promise<string[]> {
  await using lease = await scope.lease({ criticality: "report" });
  return (await listTenants(lease.connection)).map(({ tenantId }) => tenantId);
}

async function eraseSome(
  scope: StepScope,
  { tenantId, at, max }: { readonly tenantId: string; readonly at: Date; readonly max: number },
): Promise<number> {
  await using lease = await scope.lease({ access: "write", criticality: "report", tenantId });
  const erased = await eraseClosedPlayers(lease.connection, { at, max });
  if (erased === 0) return 0;
  await recordAct(lease.connection, {
    actor: { tenantId, system: "worker_settlement" },
    action: "players.erased",
    subject: { kind: "tenant", id: tenantId },
    facts: { players: erased },
    at,
  });
  await lease.commit();
  return erased;
}
