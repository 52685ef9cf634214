import { type Actor, recordAct } from "../operators/mod.ts";
import { type Connection, isUnavailable, type Pool } from "../pool/mod.ts";
import { LimitsInvalidError, LimitsVersionConflictError } from "./errors.ts";
import { findLimitFaults } from "./limit_faults.ts";
import { lockLimits, replaceLimits, selectAllLimits } from "./limit_queries.ts";
import type { BettingLimit, TenantLimits } from "./limits.ts";

export interface LimitsToSave {
  readonly tenantId: string;
  /** What to save, whole, made of what is saved now. */
  readonly change: (before: TenantLimits) => {
    readonly bettingOpen: boolean;
    readonly limits: readonly BettingLimit[];
  };
  /** The version this was made from, 0 when none was saved; without it, whichever is there now. */
  readonly expectedVersion?: number;
}

export interface SaveLimitsDeps {
  /** Of a role that may write limits. */
  readonly pool: Pick<Pool, "lease">;
  /** Who it is, found in the transaction that saves. */
  readonly actor: (connection: Connection) => Promise<Actor>;
  readonly at: Date;
  readonly deadlineMs?: number;
}

export interface LimitsSaved extends TenantLimits {
  /** False when a placement that had begun before could not be waited for: it may still be taken by the limits of before. */
  readonly placementsOver: boolean;
}

/**
 * Saves a tenant's limits and its switch in place of those before, with an audit row, under the next version.
 *
 * Committed first, so that no placement that begins from then on goes by the old ones; then those that had begun are waited for. What
 * may be lost on an event is shared anew by the first placement on it that reads another limit than its rows were made for.
 *
 * @throws {LimitsInvalidError} Naming every fault; nothing is saved.
 * @throws {LimitsVersionConflictError} If the version is another by now.
 * @throws {CommitUnknownError} If the answer was lost; read the version back.
 */
export async function saveLimits(wanted: LimitsToSave, deps: SaveLimitsDeps): Promise<LimitsSaved> {
  const saved = await store(wanted, deps);
  return { ...saved, placementsOver: await awaitPlacements(wanted, deps) };
}

async function store(
  { tenantId, change, expectedVersion }: LimitsToSave,
  deps: SaveLimitsDeps,
): Promise<TenantLimits> {
  await using lease = await deps.pool.lease(frameOf(tenantId, deps));
  const { connection } = lease;
  const actor = await deps.actor(connection);
  const before = await selectAllLimits(connection, tenantId);
  const expected = expectedVersion ?? before.version;
  if (before.version !== expected) throw new LimitsVersionConflictError({ expected, found: before.version });
  const { bettingOpen, limits } = change(before);
  const faults = findLimitFaults(limits);
  if (faults.length > 0) throw new LimitsInvalidError(faults);
  const { at } = deps;
  const isSaved = await replaceLimits(connection, { tenantId, expected, bettingOpen, limits, at });
  // Saved by somebody else since it was read.
  if (!isSaved) throw new LimitsVersionConflictError({ expected, found: expected + 1 });
  const saved = { version: expected + 1, bettingOpen, limits };
  await recordAct(connection, {
    actor,
    action: "limits.changed",
    subject: { kind: "tenant", id: tenantId },
    // The rows of each version stay: the number is enough to find what it was.
    facts: {
      version: `${saved.version}`,
      bettingOpen,
      wasOpen: before.bettingOpen,
      limits: `${limits.length}`,
    },
    at,
  });
  await lease.commit();
  return saved;
}

async function awaitPlacements({ tenantId }: LimitsToSave, deps: SaveLimitsDeps): Promise<boolean> {
  try {
    await using lease = await deps.pool.lease(frameOf(tenantId, deps));
    await lockLimits(lease.connection, tenantId);
    return true;
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}

function frameOf(tenantId: string, { deadlineMs }: SaveLimitsDeps) {
  return {
    access: "write",
    criticality: "placement",
    tenantId,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  } as const;
}
