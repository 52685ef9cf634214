import type { Clock } from "./clock.ts";
import { createLine } from "./line.ts";

/** How much harm a refusal does, worst first: nobody below is served while somebody above waits. */
export const CRITICALITIES = ["placement", "live", "catalogue", "report"] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** Why no permit was given: the line is full (`overload`), or it did not move in time (`timeout`). */
export class PermitRefusedError extends Error {
  override readonly name = "PermitRefusedError";
  readonly code = "permit_refused";
  readonly reason: "overload" | "timeout";

  constructor(reason: "overload" | "timeout", waiting: number) {
    super(
      `Cannot give a permit as ${reason === "overload" ? "the line is full" : "none became free in time"}: ${waiting} wait`,
    );
    this.reason = reason;
  }
}

export interface PermitRequest {
  /** Who asks, for the fair share; all that name nobody are one. */
  readonly tenant?: string | undefined;
  readonly criticality: Criticality;
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The right to be one of `max`. Disposing twice frees it once. */
export interface Permit extends Disposable {
  readonly waitedMs: number;
}

/**
 * A bulkhead in which nobody can take what others need. With `n` tenants at work each is sure of `max ÷ n` permits (at
 * least 1) and may borrow idle ones, but the last `max(2, max ÷ 8)` are not lent. The line is bounded: when it is full
 * the newest of the least critical, and of them of the tenant that waits the most, is refused at once.
 */
export interface Permits {
  /**
   * @throws {PermitRefusedError} If the line is full or `waitMs` passes.
   * @throws The signal's reason when it aborts.
   */
  acquire(request: PermitRequest): Promise<Permit>;
  /** Refuses everyone in line, as when there is nothing to wait for. */
  refuseAll(error: Error): void;
  /** Takes hold at once; permits above a lowered bound are missed as they come back. */
  resize(max: number): void;
  readonly inUse: number;
  readonly waiting: number;
  readonly max: number;
}

interface Waiter {
  readonly tenant: string;
  readonly rank: number;
  readonly give: () => void;
  readonly refuse: (error: unknown) => void;
}

export interface PermitsOptions {
  readonly max: number;
  readonly waitingMax: number;
}

export function createPermits(options: PermitsOptions, { clock }: { clock: Clock }): Permits {
  let { max } = options;
  let inUse = 0;
  /** Every tenant at work or in line. */
  const tenants = new Map<string, { used: number; waiting: number }>();
  const line = createLine<Waiter>(CRITICALITIES.length);

  const usedBy = (tenant: string): number => tenants.get(tenant)?.used ?? 0;
  const count = (tenant: string, { used = 0, waiting = 0 }: { used?: number; waiting?: number }): void => {
    const known = tenants.get(tenant) ?? { used: 0, waiting: 0 };
    known.used += used;
    known.waiting += waiting;
    if (known.used === 0 && known.waiting === 0) tenants.delete(tenant);
    else tenants.set(tenant, known);
  };
  /** Whether a tenant may have one more while this many are free: what it is sure of, else one that can be lent. */
  const mayHave = (tenant: string): boolean => {
    const free = max - inUse;
    const share = Math.max(1, Math.floor(max / Math.max(1, tenants.size)));
    return free > 0 && (usedBy(tenant) < share || free > Math.max(2, Math.floor(max / 8)));
  };
  const take = (tenant: string): void => {
    inUse += 1;
    count(tenant, { used: 1 });
  };
  const giveBack = (tenant: string): void => {
    inUse -= 1;
    count(tenant, { used: -1 });
    serve();
  };
  const serve = (): void => {
    while (line.length > 0 && inUse < max) {
      const next = line.next(mayHave, usedBy);
      if (next === undefined) return;
      leave(next);
      take(next.tenant);
      next.give();
    }
  };
  const leave = (waiter: Waiter): boolean => {
    const wasInLine = line.leave(waiter);
    if (wasInLine) count(waiter.tenant, { waiting: -1 });
    return wasInLine;
  };

  return {
    async acquire({ tenant = "", criticality, waitMs, signal }) {
      signal?.throwIfAborted();
      const startedAt = clock.now();
      const rank = CRITICALITIES.indexOf(criticality);
      if (mayHave(tenant) && !line.anyone(mayHave, rank)) take(tenant);
      else await wait({ tenant, rank, waitMs, signal });
      let returned = false;
      return {
        waitedMs: clock.now() - startedAt,
        [Symbol.dispose]() {
          if (returned) return;
          returned = true;
          giveBack(tenant);
        },
      };
    },
    refuseAll(error) {
      for (const waiter of line.clear()) {
        count(waiter.tenant, { waiting: -1 });
        waiter.refuse(error);
      }
    },
    resize(next) {
      max = next;
      serve();
    },
    get inUse() {
      return inUse;
    },
    get waiting() {
      return line.length;
    },
    get max() {
      return max;
    },
  };

  function wait(request: {
    tenant: string;
    rank: number;
    waitMs: number;
    signal: AbortSignal | undefined;
  }): Promise<void> {
    const { tenant, rank, waitMs, signal } = request;
    const { promise, resolve: give, reject: refuse } = Promise.withResolvers<void>();
    const waiter: Waiter = { tenant, rank, give, refuse };
    // In a full line, room is made if anybody in it matters less than the newcomer.
    if (line.length >= options.waitingMax) {
      const unlucky = line.leastMissed(waiter);
      unlucky.refuse(new PermitRefusedError("overload", line.length));
      if (unlucky === waiter) return promise;
      leave(unlucky);
    }
    line.join(waiter);
    count(tenant, { waiting: 1 });
    const goAway = (error: unknown) => {
      if (leave(waiter)) refuse(error);
    };
    const timer = clock.after(waitMs, () => goAway(new PermitRefusedError("timeout", line.length)));
    const abort = () => goAway(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    return promise.finally(() => {
      timer[Symbol.dispose]();
      signal?.removeEventListener("abort", abort);
    });
  }
}
