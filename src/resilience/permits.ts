import type { Clock } from "./clock.ts";

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
  readonly arrivedAt: number;
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
  const usedBy = new Map<string, number>();
  const line: Waiter[] = [];

  /** What one tenant is sure of while this many others are at work or in line. */
  const share = (): number => {
    const active = new Set(usedBy.keys());
    for (const { tenant } of line) active.add(tenant);
    return Math.max(1, Math.floor(max / Math.max(1, active.size)));
  };
  const mayHave = (tenant: string, sure: number): boolean => {
    const free = max - inUse;
    if (free <= 0) return false;
    return (usedBy.get(tenant) ?? 0) < sure || free > Math.max(2, Math.floor(max / 8));
  };
  const take = (tenant: string): void => {
    inUse += 1;
    usedBy.set(tenant, (usedBy.get(tenant) ?? 0) + 1);
  };
  const giveBack = (tenant: string): void => {
    inUse -= 1;
    const left = (usedBy.get(tenant) ?? 1) - 1;
    if (left === 0) usedBy.delete(tenant);
    else usedBy.set(tenant, left);
    serve();
  };
  /** Whoever is next: the most critical; of those the tenant with the least in hand; of those the first to come. */
  const nextInLine = (): Waiter | undefined => {
    const sure = share();
    let best: Waiter | undefined;
    for (const waiter of line) {
      if (!mayHave(waiter.tenant, sure)) continue;
      if (best === undefined || comesBefore(waiter, best)) best = waiter;
    }
    return best;
  };
  const comesBefore = (a: Waiter, b: Waiter): boolean => {
    if (a.rank !== b.rank) return a.rank < b.rank;
    return (usedBy.get(a.tenant) ?? 0) < (usedBy.get(b.tenant) ?? 0);
  };
  const serve = (): void => {
    for (let next = nextInLine(); next !== undefined; next = nextInLine()) {
      leave(next);
      take(next.tenant);
      next.give();
    }
  };
  const leave = (waiter: Waiter): boolean => {
    const at = line.indexOf(waiter);
    if (at >= 0) line.splice(at, 1);
    return at >= 0;
  };
  /** Makes room in a full line, if anybody in it matters less than the newcomer. */
  const victim = (newcomer: Waiter): Waiter => {
    const lined = new Map<string, number>();
    const candidates = [...line, newcomer];
    const lowest = Math.max(...candidates.map(({ rank }) => rank));
    const lowly = candidates.filter(({ rank }) => rank === lowest);
    for (const { tenant } of lowly) lined.set(tenant, (lined.get(tenant) ?? 0) + 1);
    const most = Math.max(...lined.values());
    return lowly.findLast(({ tenant }) => lined.get(tenant) === most) ?? newcomer;
  };

  return {
    async acquire({ tenant = "", criticality, waitMs, signal }) {
      signal?.throwIfAborted();
      const startedAt = clock.now();
      const rank = CRITICALITIES.indexOf(criticality);
      const ahead = line.some((waiter) => waiter.rank <= rank && mayHave(waiter.tenant, share()));
      if (!ahead && mayHave(tenant, share())) take(tenant);
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
      for (const waiter of line.splice(0)) waiter.refuse(error);
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
    const waiter: Waiter = { tenant, rank, arrivedAt: clock.now(), give, refuse };
    if (line.length >= options.waitingMax) {
      const unlucky = victim(waiter);
      unlucky.refuse(new PermitRefusedError("overload", line.length));
      if (unlucky === waiter) return promise;
      leave(unlucky);
    }
    line.push(waiter);
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
