import type { Connection, DatabaseUnavailableError, LeaseOptions, Pool } from "../../src/pool/mod.ts";

export interface IdlePool extends Pool {
  refuse(error: DatabaseUnavailableError | undefined): void;
  /** What was asked for, lease by lease. */
  readonly lent: readonly LeaseOptions[];
}

/** A pool that lends connections nobody queries: what a load does is decided by each test. */
export function idlePool(): IdlePool {
  let refused: DatabaseUnavailableError | undefined;
  const connection: Connection = {
    query: () => Promise.resolve([]),
    execute: () => Promise.resolve(0),
    copyIn: () => Promise.resolve(0),
  };
  const lent: LeaseOptions[] = [];
  return {
    lent,
    refuse(error: DatabaseUnavailableError | undefined) {
      refused = error;
    },
    refusal: () => refused,
    lease(options: LeaseOptions = {}) {
      lent.push(options);
      return Promise.resolve({
        connection,
        commit: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    stats: () => {
      throw new TypeError("Cannot count the places of a pool that has none");
    },
    resize: () => {},
    renew: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
