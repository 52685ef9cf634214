import {
  type BreakerState,
  type Clock,
  type Criticality,
  createBreaker,
  createPermits,
  PermitRefusedError,
  type Random,
} from "../resilience/mod.ts";
import {
  BreakerOpenError,
  type DatabaseUnavailableError,
  DatabaseUnreachableError,
  isUnavailable,
  PoolExhaustedError,
  type UnavailableCode,
} from "./errors.ts";
import { type Lease, type LeaseOptions, openLease } from "./lease.ts";
import { type SlotCounts, type SlotDeps, Slots } from "./slots.ts";
import { startUpkeep } from "./upkeep.ts";

/** Settings of one pool. Durations in milliseconds. */
export interface PoolOptions {
  /** `postgres://login:password@host:port/database`, direct or through PgBouncer in transaction mode. */
  readonly url: string;
  /** The NOLOGIN role that every transaction takes. */
  readonly role: string;
  readonly applicationName: string;
  /** Connections at most, abandoned statements included. */
  readonly max: number;
  /** Connections opened in the background and kept. */
  readonly min: number;
  /** Callers that may wait for a connection; more are refused at once. */
  readonly waitingMax: number;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** A connection is replaced after this long, less up to a tenth by chance. */
  readonly lifetimeMs: number;
  /** For a lease that names no deadline of its own. */
  readonly deadlineMs: number;
  /** A lease held longer is reported once, with the stack of its borrower. */
  readonly leakMs: number;
  /** A statement running longer than this counts against the database's health. */
  readonly overdueMs: number;
}

export type PoolEvent =
  | { readonly type: "connection_opened"; readonly tookMs: number }
  | { readonly type: "connection_failed"; readonly code: UnavailableCode }
  | { readonly type: "connection_closed"; readonly reason: string }
  /** A statement nobody waited for was ended on the server, and its connection kept. */
  | { readonly type: "statement_cancelled" }
  | { readonly type: "lease_taken"; readonly waitedMs: number }
  | {
      readonly type: "lease_refused";
      readonly code: UnavailableCode;
      readonly criticality: Criticality;
      readonly waitedMs: number;
    }
  | { readonly type: "lease_returned"; readonly heldMs: number }
  | { readonly type: "lease_overheld"; readonly heldMs: number; readonly borrower: string }
  | { readonly type: "breaker_opened"; readonly cause: string }
  | { readonly type: "breaker_closed"; readonly openMs: number };

export interface PoolDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Told what happens, as it happens; must not throw. */
  readonly observe?: (event: PoolEvent) => void;
  readonly parts?: Partial<PoolParts>;
}

/** What a pool is made of. Each part may be replaced by one of the same shape, as by a breaker shared among pools. */
export interface PoolParts {
  /** Decides whether the database is asked at all. */
  createBreaker: typeof createBreaker;
  /** Decides who is next in line for one of `max` places. */
  createPermits: typeof createPermits;
  /** Opens, keeps, cancels and ends the connections. */
  createSlots(options: PoolOptions, deps: SlotDeps): Slots;
}

const PARTS: PoolParts = {
  createBreaker,
  createPermits,
  createSlots: (options, deps) => new Slots(options, deps),
};

export interface PoolStats extends SlotCounts {
  readonly max: number;
  readonly breaker: BreakerState;
}

/** A bounded set of connections that fails fast. Closing waits for the leases that are out. */
export interface Pool extends AsyncDisposable {
  /**
   * A connection inside a transaction, for the scope of `await using`.
   *
   * @throws {DatabaseUnavailableError} `pool_exhausted`, `database_unreachable`, `database_refused` or
   *   `database_misconfigured`; at once while the breaker is open.
   */
  lease(options?: LeaseOptions): Promise<Lease>;
  /** Why nothing would be leased at this moment, if so. */
  refusal(): DatabaseUnavailableError | undefined;
  stats(): PoolStats;
  /**
   * Changes the bounds of a running pool, at once for what is new; connections above `max` end as they come back.
   *
   * @throws {RangeError} If they contradict each other.
   */
  resize(bounds: { readonly max: number; readonly min: number }): void;
  /** Replaces every connection, the leased ones as they come back: after a failover, or on an operator's word. */
  renew(): void;
}

export const POOL_DEFAULTS = {
  max: 10,
  min: 0,
  waitingMax: 1000,
  connectTimeoutMs: 5000,
  idleTimeoutMs: 60_000,
  // Below the 10 minutes after which Fly's own proxy may cut a connection.
  lifetimeMs: 570_000,
  deadlineMs: 5000,
  leakMs: 10_000,
  overdueMs: 500,
} as const;

/**
 * Of its time, a caller spends this much in line at most; the rest is for the work. Waiting to the last, whoever comes out of a
 * long line has no time left: its statement is begun, cancelled, and was for nothing, and the line grows.
 */
const LINE_SHARE = 0.5;

/** Settings that have no sensible default, and any of the others. */
export type PoolSettings = Pick<PoolOptions, "url" | "role" | "applicationName"> & Partial<PoolOptions>;

/**
 * Opens a pool. Returns at once: the minimum is opened in the background, and a database that is away is no reason not
 * to start.
 *
 * @throws {RangeError} If the settings contradict each other.
 */
export function openPool(
  settings: PoolSettings,
  { clock, random, observe = () => {}, parts }: PoolDeps,
): Pool {
  const options: PoolOptions = { ...POOL_DEFAULTS, ...settings };
  validate(options);
  const make: PoolParts = { ...PARTS, ...parts };
  const breaker = make.createBreaker(
    {
      failuresMax: 3,
      overdueMs: options.overdueMs,
      overdueMax: 2,
      overdueCause: "database_slow",
      probeEveryMs: [200, 1000],
      probeMs: Math.min(1000, options.connectTimeoutMs),
      probe: (signal) => probe(signal),
    },
    {
      clock,
      random,
      observe(event) {
        observe(event);
        // What idles was opened before the fault; who waits would wait for nothing.
        if (event.type === "breaker_opened") {
          slots.evictIdle("breaker_opened");
          slots.dropConnecting("breaker_opened");
          refuseWaiters(new BreakerOpenError(causeOf(event.cause)));
        }
      },
    },
  );
  const permits = make.createPermits(options, { clock });
  const slots = make.createSlots(options, {
    clock,
    random,
    observe,
    beginCall: () => breaker.begin(),
  });

  const upkeep = startUpkeep(options, {
    slots,
    clock,
    random,
    observe,
    mayConnect: () => breaker.state.kind === "closed",
  });

  /** First the right to one of `max` places, in fair order; then a connection, idle or being opened. */
  const takeSlot = async ({ tenantId, criticality = "catalogue", signal }: LeaseOptions, waitMs: number) => {
    const permit = await permits
      .acquire({ tenant: tenantId, criticality, waitMs: waitMs * LINE_SHARE, signal })
      .catch((error: unknown) => {
        if (!(error instanceof PermitRefusedError)) throw error;
        throw new PoolExhaustedError(`Cannot lease a connection as all ${permits.max} are taken`, {
          cause: error,
        });
      });
    const borrower = new Error("Leased here");
    try {
      return await slots.take({ permit, borrower, waitMs: Math.max(0, waitMs - permit.waitedMs), signal });
    } catch (error) {
      permit[Symbol.dispose]();
      throw error;
    }
  };
  const lease = async (asked: LeaseOptions, mayProbe: boolean): Promise<Lease> => {
    const { deadlineMs = options.deadlineMs, criticality = "catalogue" } = asked;
    const startedAt = clock.now();
    try {
      const refused = refusal();
      if (refused !== undefined && !mayProbe) throw refused;
      const slot = await takeSlot(asked, Math.min(deadlineMs, options.connectTimeoutMs));
      const takenAt = clock.now();
      observe({ type: "lease_taken", waitedMs: takenAt - startedAt });
      return openLease(slot, asked, {
        slots,
        clock,
        breaker,
        role: options.role,
        deadlineAt: startedAt + deadlineMs,
        onReturned: () => observe({ type: "lease_returned", heldMs: clock.now() - takenAt }),
      });
    } catch (error) {
      if (isUnavailable(error))
        observe({
          type: "lease_refused",
          code: error.code,
          criticality,
          waitedMs: clock.now() - startedAt,
        });
      throw error;
    }
  };
  const probe = async (signal: AbortSignal): Promise<void> => {
    try {
      await using probing = await lease({ deadlineMs: 1000, signal }, true);
      await probing.connection.query("select 1");
    } catch (error) {
      slots.dropConnecting("probe_failed");
      throw error;
    }
  };
  const refuseWaiters = (error: DatabaseUnavailableError) => {
    permits.refuseAll(error);
    slots.refuseWaiters(error);
  };
  const refusal = () =>
    breaker.state.kind === "open" ? new BreakerOpenError(causeOf(breaker.state.cause)) : undefined;

  return {
    lease: (asked = {}) => lease(asked, false),
    refusal,
    stats() {
      const { waiting, ...counts } = slots.counts();
      return { ...counts, waiting: waiting + permits.waiting, max: permits.max, breaker: breaker.state };
    },
    resize(bounds) {
      validate({ ...options, ...bounds });
      slots.resize(bounds);
      permits.resize(bounds.max);
    },
    renew: () => slots.renew(),
    async [Symbol.asyncDispose]() {
      upkeep[Symbol.dispose]();
      breaker[Symbol.dispose]();
      permits.refuseAll(new DatabaseUnreachableError("Cannot lease a connection as the pool is closed"));
      await slots.close();
    },
  };
}

function validate({ max, min, waitingMax }: PoolOptions): void {
  if (!Number.isInteger(max) || max < 1)
    throw new RangeError(`Cannot open a pool as max must be at least 1: it is ${max}`);
  if (min < 0 || min > max)
    throw new RangeError(`Cannot open a pool as min must be from 0 to ${max}: it is ${min}`);
  if (waitingMax < 0)
    throw new RangeError(`Cannot open a pool as waitingMax must not be negative: it is ${waitingMax}`);
}

const CAUSES: readonly UnavailableCode[] = [
  "pool_exhausted",
  "database_unreachable",
  "database_slow",
  "database_refused",
  "database_misconfigured",
];

function causeOf(cause: string): UnavailableCode {
  return CAUSES.find((known) => known === cause) ?? "database_unreachable";
}
