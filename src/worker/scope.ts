import type { Lease, LeaseOptions, Pool } from "../pool/mod.ts";

/** What a step may hold: leases, counted, so that a rest can refuse to begin while one is out. */
export interface StepScope {
  /** Aborts when the process stops or the step is over its limit. */
  readonly signal: AbortSignal;
  /** As the pool's own `lease`, bound to the step's signal. */
  lease(options?: LeaseOptions): Promise<Lease>;
}

export interface CountedScope extends StepScope {
  readonly held: number;
}

export function openScope(pool: Pool, signal: AbortSignal): CountedScope {
  const held = new Set<Lease>();
  return {
    signal,
    get held() {
      return held.size;
    },
    async lease(options = {}) {
      // A rest begins with every transaction over on the server too, those that only read among them.
      const lease = await pool.lease({ signal, waitsForEnd: true, ...options });
      const counted: Lease = {
        connection: lease.connection,
        commit: () => lease.commit(),
        async [Symbol.asyncDispose]() {
          held.delete(counted);
          await lease[Symbol.asyncDispose]();
        },
      };
      held.add(counted);
      return counted;
    },
  };
}
