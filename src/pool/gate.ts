import { LeasesStoppedError } from "./errors.ts";
import type { Pool } from "./pool.ts";

/** A pool that can be told to lend nothing. */
export interface GatedPool extends Pool {
  /** Refuses every lease from now on, at once; those that are out are used to their end. */
  shut(): void;
  open(): void;
  readonly isShut: boolean;
}

/**
 * Puts a gate before a pool, open at first: a way to leave the database alone by hand, which needs nothing of the database.
 * Disposing closes the pool.
 */
export function gatePool(pool: Pool): GatedPool {
  let isShut = false;
  const refusal = () => (isShut ? new LeasesStoppedError() : pool.refusal());
  return {
    lease: async (options) => {
      if (isShut) throw new LeasesStoppedError();
      return await pool.lease(options);
    },
    refusal,
    stats: () => pool.stats(),
    resize: (bounds) => pool.resize(bounds),
    renew: () => pool.renew(),
    shut() {
      isShut = true;
    },
    open() {
      isShut = false;
    },
    get isShut() {
      return isShut;
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
