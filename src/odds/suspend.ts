import { marketTypeEntry, PERIODS, UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import { isUnavailable, type Pool } from "../pool/mod.ts";
import { SuspensionInvalidError, SuspensionNotFoundError, SuspensionScopeUnknownError } from "./errors.ts";
import {
  countCovered,
  insertSuspension,
  type SuspensionRecord,
  type SuspensionToLift,
  selectKnown,
  selectSameSuspension,
  selectSuspension,
  updateLifted,
  waitForPlacements,
} from "./suspension_queries.ts";
import type { SuspensionScope } from "./suspensions.ts";

export interface SuspensionToMake {
  /** `null`: for every tenant. */
  readonly tenantId: string | null;
  /** A source or an event at least; what is left out is any. */
  readonly scope: Partial<SuspensionScope>;
  /** Why, in a trader's words: 1 to 200 characters, never shown to players. */
  readonly reason: string;
  /** Who says so: 1 to 120 characters. */
  readonly actor: string;
}

export interface SuspendDeps {
  /** Of a role that may write suspensions. */
  readonly pool: Pick<Pool, "lease">;
  /** Business time. */
  readonly at: Date;
  /** For each of its two transactions; the pool's own by default. */
  readonly deadlineMs?: number;
}

export interface SuspensionMade {
  readonly suspension: SuspensionRecord;
  /** False when one of the very same scope was in force already: that one is given. */
  readonly changed: boolean;
  /** Stored prices that it covers at this moment. */
  readonly covered: number;
  /** False when a placement that had begun before could not be waited for: it may still be taken. */
  readonly placementsOver: boolean;
}

/** One of every column, so that a scope says what it leaves out. */
const ANY: SuspensionScope = {
  source: null,
  eventId: null,
  book: null,
  marketType: null,
  period: null,
  label: null,
  lineQuarters: null,
  outcome: null,
};

/**
 * Stops betting on an event, a source or a part of either, for one tenant or for all, until it is lifted.
 *
 * Committed first, so that no placement that begins from then on takes it; then those that had begun are waited for. Every
 * machine hears of it with the commit.
 *
 * @throws {SuspensionInvalidError} Naming the first fault; nothing is stopped.
 * @throws {SuspensionScopeUnknownError} If there is no such event or source.
 * @throws {DatabaseUnavailableError | CommitUnknownError} It is safe to ask again.
 */
export async function suspend(wanted: SuspensionToMake, deps: SuspendDeps): Promise<SuspensionMade> {
  const scope = { ...ANY, ...wanted.scope };
  assertScope(scope);
  assertWords("reason", wanted.reason, 200);
  assertWords("actor", wanted.actor, 120);
  const made = await store({ ...wanted, scope }, deps);
  return { ...made, placementsOver: await awaitPlacements(scope, deps) };
}

async function store(
  { tenantId, scope, reason, actor }: SuspensionToMake & { readonly scope: SuspensionScope },
  deps: SuspendDeps,
): Promise<Omit<SuspensionMade, "placementsOver">> {
  await using lease = await deps.pool.lease({ access: "write", ...frameOf(tenantId, deps) });
  const { connection } = lease;
  const known = await selectKnown(connection, scope);
  if (!known.eventKnown) throw new SuspensionScopeUnknownError("event", scope.eventId ?? "");
  if (!known.sourceKnown) throw new SuspensionScopeUnknownError("source", scope.source ?? "");
  const wanted = { tenantId, ...scope };
  const suspensionId = Bun.randomUUIDv7("hex", deps.at.getTime());
  const added = await insertSuspension(connection, { ...wanted, suspensionId, reason, actor, at: deps.at });
  const suspension = added ?? (await selectSameSuspension(connection, wanted));
  // Lifted between the two statements: whoever lifted it has had the last word.
  if (suspension === undefined) throw new SuspensionNotFoundError(suspensionId);
  const covered = await countCovered(connection, scope);
  await lease.commit();
  return { suspension, changed: added !== undefined, covered };
}

/** A suspension that stands must not be reported as failed because somebody's placement hangs. */
async function awaitPlacements(scope: SuspensionScope, deps: SuspendDeps): Promise<boolean> {
  try {
    await using lease = await deps.pool.lease({ access: "write", ...frameOf(null, deps) });
    await waitForPlacements(lease.connection, scope);
    return true;
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}

export interface SuspensionLifted {
  readonly suspension: SuspensionRecord;
  /** False when it was lifted before: by whom and when is told. */
  readonly changed: boolean;
}

/**
 * Ends a suspension: what it covered is bettable again as far as nothing else stops it.
 *
 * @throws {SuspensionInvalidError} If the actor has no name.
 * @throws {SuspensionNotFoundError} If the tenant, or all, have none of this id.
 */
export async function liftSuspension(
  { tenantId, suspensionId, actor }: Omit<SuspensionToLift, "at">,
  deps: SuspendDeps,
): Promise<SuspensionLifted> {
  assertWords("actor", actor, 120);
  await using lease = await deps.pool.lease({ access: "write", ...frameOf(tenantId, deps) });
  const { connection } = lease;
  const changed = (await updateLifted(connection, { tenantId, suspensionId, actor, at: deps.at })) > 0;
  const suspension = await selectSuspension(connection, { tenantId, suspensionId });
  if (suspension === undefined) throw new SuspensionNotFoundError(suspensionId);
  await lease.commit();
  return { suspension, changed };
}

/** Row-level security lets a tenant's frame write its own alone, and a frame without a tenant those for all alone. */
function frameOf(tenantId: string | null, { deadlineMs }: SuspendDeps) {
  return {
    criticality: "placement",
    ...(tenantId === null ? {} : { tenantId }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  } as const;
}

function assertScope({ source, eventId, marketType, period, ...details }: SuspensionScope): void {
  if (source === null && eventId === null) {
    throw new SuspensionInvalidError("it names neither an event nor a source");
  }
  if (marketType === null && [details.label, details.lineQuarters, details.outcome].some(isNamed)) {
    throw new SuspensionInvalidError(
      "a label, a line or an outcome is one of a market type, and it names none",
    );
  }
  if (
    marketType !== null &&
    marketType !== UNKNOWN_MARKET_TYPE &&
    marketTypeEntry(marketType) === undefined
  ) {
    throw new SuspensionInvalidError(`there is no market type "${marketType}"`);
  }
  if (period !== null && !PERIODS.some((known) => known === period)) {
    throw new SuspensionInvalidError(`there is no period "${period}"`);
  }
}

function isNamed(value: unknown): boolean {
  return value !== null;
}

function assertWords(what: string, words: string, lengthMax: number): void {
  if (words.trim() === "" || words.length > lengthMax) {
    throw new SuspensionInvalidError(`its ${what} is not 1 to ${lengthMax} characters`);
  }
}
