import { RequestInProgressError } from "./errors.ts";
import type { BetKey } from "./request.ts";

/** Which keys this process is answering: a client that repeats itself in haste takes no second connection of the pool. */
export interface KeysUnderWay {
  /** @throws {RequestInProgressError} If this process is answering the key already; other processes are met at the database's lock. */
  alone<T>(key: BetKey, work: () => Promise<T>): Promise<T>;
}

/** Holds a key for as long as its work lasts, so that it has as many as there are requests under way. */
export function createKeysUnderWay(): KeysUnderWay {
  const keys = new Set<string>();
  return {
    async alone({ tenantId, playerId, idempotencyKey }, work) {
      const name = `${tenantId}/${playerId}/${idempotencyKey}`;
      if (keys.has(name)) throw new RequestInProgressError();
      keys.add(name);
      try {
        return await work();
      } finally {
        keys.delete(name);
      }
    },
  };
}
