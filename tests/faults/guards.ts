import type { Connection, DatabaseUnavailableError, PoolParts } from "../../src/pool/mod.ts";
import type { Slot } from "../../src/pool/slot.ts";
import { type AbandonOptions, Slots } from "../../src/pool/slots.ts";
import type { ReadPlan, ReadsParts } from "../../src/reads/mod.ts";
import {
  createBreaker,
  createFlights,
  createPermits,
  type Flights,
  type Permits,
  type Random,
} from "../../src/resilience/mod.ts";
import type { Cell } from "./cells.ts";

/** One guard taken away: from outside, by a setting or by another part in its place. */
export interface Removal {
  readonly about: string;
  /** The cells that must turn red without it. */
  readonly cells: readonly Cell[];
  /** And by which rule, as the complaint begins. */
  readonly rule: string;
  readonly poolParts?: Partial<PoolParts>;
  readonly readsParts?: Partial<ReadsParts>;
  readonly plan?: Partial<Pick<ReadPlan<number>, "softMs" | "hardMs" | "staleMs">>;
  readonly random?: Random;
  /** Called on each connection before the plan's own statement. */
  readonly beforeLoad?: (connection: Connection) => Promise<unknown>;
  readonly withoutSnapshot?: boolean;
  readonly withoutFallback?: boolean;
}

const direct = (fault: Cell["fault"], state: Cell["state"]): Cell => ({ fault, state, route: "direct" });

const slots = (Kind: typeof Slots): Partial<PoolParts> => ({
  createSlots: (options, deps) => new Kind(options, deps),
});

/** A connection past its deadline is thrown away and forgotten, as every pool does that knows a client's timeout only. */
class ForgetfulSlots extends Slots {
  override abandon(slot: Slot): void {
    this.drop(slot, "abandoned");
  }
}

class UncancellingSlots extends Slots {
  override abandon(slot: Slot, options: AbandonOptions): void {
    super.abandon(slot, { ...options, cancel: false });
  }
}

class OneByOneSlots extends Slots {
  override evictIdle(reason: string): void {
    if (reason === "closed") super.evictIdle(reason);
  }
}

/** Who waits for a connection goes on waiting, and has another one begun, when none can be opened. */
class HopefulSlots extends Slots {
  #closing = false;

  override refuseWaiters(error: DatabaseUnavailableError): void {
    if (this.#closing) super.refuseWaiters(error);
  }

  override close(): Promise<void> {
    this.#closing = true;
    return super.close();
  }
}

/** Takes every idle connection for one that was used this moment. */
class TrustingSlots extends Slots {
  override giveBack(slot: Slot): void {
    super.giveBack(slot);
    slot.idleSince = Number.POSITIVE_INFINITY;
  }
}

/** Everyone may have a connection, first come, first served, in a line without an end. */
function unboundedPermits({ max }: { max: number }): Permits {
  let inUse = 0;
  return {
    acquire() {
      inUse += 1;
      return Promise.resolve({
        waitedMs: 0,
        [Symbol.dispose]() {
          inUse -= 1;
        },
      });
    },
    refuseAll: () => {},
    resize: () => {},
    get inUse() {
      return inUse;
    },
    waiting: 0,
    max,
  };
}

type PermitRequest = Parameters<Permits["acquire"]>[0];

/** The real permits, asked for something else than what the reader asked for. */
function permitsAsking(otherwise: Partial<PermitRequest>): Partial<PoolParts> {
  return {
    createPermits(options, deps) {
      const permits = createPermits(options, deps);
      return Object.create(permits, {
        acquire: { value: (request: PermitRequest) => permits.acquire({ ...request, ...otherwise }) },
      });
    },
  };
}

/** The switchboard: each guard, and what the service is without it. */
export const GUARDS = {
  "single flight": {
    about: "each reader loads for itself",
    cells: [direct("rejecting", "cold")],
    rule: "loads:",
    readsParts: {
      createFlights<T>(deps: { now: () => number }): Flights<T> {
        const flights = createFlights<T>(deps);
        let flown = 0;
        return {
          join: (key, start) => flights.join(`${key} ${flown++}`, start),
          get: () => undefined,
          detach: () => {},
          detachAll: () => {},
          get size() {
            return flights.size;
          },
        };
      },
    },
  },
  "soft deadline": {
    about: "with a stale value in hand a reader waits for the load",
    cells: [direct("frozen", "stale")],
    rule: "longest wait:",
    plan: { softMs: 30_000 },
  },
  "hard deadline": {
    about: "a load may take half a minute",
    cells: [direct("frozen", "cold")],
    rule: "longest wait:",
    plan: { hardMs: 30_000 },
  },
  "failure pause": {
    about: "a failed load is tried again by the next reader",
    cells: [direct("rejecting", "cold")],
    rule: "loads:",
    readsParts: { createPause: () => ({ next: () => 0, reset: () => {} }) },
  },
  "growing pause": {
    about: "the pause after a failed load is always the same",
    cells: [direct("rejecting", "cold")],
    rule: "loads:",
    readsParts: { createPause: () => ({ next: () => 150, reset: () => {} }) },
  },
  retry: {
    about: "a lost connection is the reader's trouble",
    cells: [direct("cut", "cold")],
    rule: "brand answered default (database_unreachable)",
    readsParts: { budget: { deposit: () => {}, withdraw: () => false } },
  },
  "retry budget": {
    about: "every transient failure is tried again",
    cells: [direct("slow", "cold")],
    rule: "attempts of loads:",
    readsParts: { budget: { deposit: () => {}, withdraw: () => true } },
  },
  "breaker: failures": {
    about: "failed connects do not open it",
    cells: [direct("down", "cold")],
    rule: "attempts to connect:",
    poolParts: {
      createBreaker: (options, deps) =>
        createBreaker({ ...options, failuresMax: Number.POSITIVE_INFINITY }, deps),
    },
  },
  "breaker: overdue in flight": {
    about: "only what has ended counts",
    cells: [direct("frozen", "cold")],
    rule: "longest wait once the fault is known:",
    poolParts: {
      createBreaker: (options, deps) =>
        createBreaker({ ...options, overdueMax: Number.POSITIVE_INFINITY }, deps),
    },
  },
  permits: {
    about: "one line without a bound, first come, first served",
    cells: [direct("slow", "cold")],
    rule: "line before the pool:",
    poolParts: { createPermits: unboundedPermits },
  },
  "guaranteed share": {
    about: "the permits know no tenants",
    cells: [direct("slow", "cold")],
    rule: "brand answered default (pool_exhausted",
    poolParts: permitsAsking({ tenant: "" }),
  },
  criticality: {
    about: "a report is worth as much as a visitor",
    cells: [direct("slow", "cold")],
    rule: "brand answered default (pool_exhausted",
    poolParts: permitsAsking({ criticality: "catalogue" }),
  },
  "refusal of the line": {
    about: "who waits for a connection waits on when none can be opened",
    cells: [direct("down", "cold")],
    rule: "attempts to connect:",
    poolParts: slots(HopefulSlots),
  },
  statement_timeout: {
    about: "the server does not know the deadline",
    cells: [direct("partitioned", "cold")],
    rule: "oldest statement on the server:",
    beforeLoad: (connection) => connection.query("select set_config('statement_timeout', '0', true)"),
  },
  CancelRequest: {
    about: "a statement that all have left runs on until its deadline",
    cells: [direct("stuck", "cold")],
    rule: "oldest statement that nobody waits for:",
    poolParts: slots(UncancellingSlots),
  },
  "abandoned statements count": {
    about: "a connection past its deadline is forgotten",
    cells: [direct("stuck", "cold")],
    rule: "connections on the server:",
    poolParts: slots(ForgetfulSlots),
  },
  "eviction together": {
    about: "dead connections are found one wait at a time",
    cells: [direct("half_open", "cold")],
    rule: "brand answered default (",
    poolParts: slots(OneByOneSlots),
  },
  "liveness check": {
    about: "an idle connection is lent unasked",
    cells: [direct("half_open", "cold")],
    rule: "brand answered default (",
    poolParts: slots(TrustingSlots),
  },
  generations: {
    about: "a load that began before a change is kept",
    cells: [direct("slow", "stale")],
    rule: "older than announced:",
    readsParts: {
      createFlights<T>(deps: { now: () => number }): Flights<T> {
        const flights = createFlights<T>(deps);
        return {
          join: (key, start) => flights.join(key, (course) => start({ ...course, isCurrent: () => true })),
          get: (key) => flights.get(key),
          detach: () => {},
          detachAll: () => {},
          get size() {
            return flights.size;
          },
        };
      },
    },
  },
  snapshot: {
    about: "nothing outlives the process",
    cells: [direct("down", "snapshot")],
    rule: "price answered error (",
    withoutSnapshot: true,
  },
  stale: {
    about: "what is not fresh is not served",
    cells: [direct("down", "stale")],
    rule: "price answered error (",
    plan: { staleMs: 0 },
  },
  default: {
    about: "there is no last resort",
    cells: [direct("down", "cold")],
    rule: "brand answered error (",
    withoutFallback: true,
  },
  "TTL jitter": {
    about: "what was loaded together expires together",
    cells: [direct("slow", "fresh")],
    rule: "keys expiring together:",
    random: () => 0.5,
  },
} as const satisfies Readonly<Record<string, Removal>>;

export type GuardName = keyof typeof GUARDS;

/** In the order of the switchboard. */
export const GUARD_NAMES = Object.keys(GUARDS) as GuardName[];
