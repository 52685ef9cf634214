import { createCache } from "async-cache-dedupe";
import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { Cacheable } from "cacheable";
import { LRUCache } from "lru-cache";
import type { Connection, Pool } from "../../src/pool/mod.ts";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";

/** One way to read through a cache, driven alike with all the others. */
export interface Cache extends Disposable {
  /** Settles as the library settles it; `deadlineMs` is this caller's own, for those that know such a thing. */
  read(key: string, deadlineMs?: number): unknown;
}

/** Gets a value for a key: with a connection for those that lend one to their loads. */
export type Load = (key: string, connection?: Connection) => Promise<object>;

export interface CacheOptions {
  readonly load: Load;
  readonly freshMs: number;
  /** How long past its freshness a value may still be served, by those that can. */
  readonly staleMs: number;
  /** How long a reader waits for a fresh value with a stale one in hand. */
  readonly softMs: number;
}

export interface CacheKind {
  readonly name: string;
  /** A caller's own deadline is heeded. */
  readonly hasDeadline: boolean;
  /** A stale value is served while a load is under way. */
  readonly hasStale: boolean;
  open(options: CacheOptions): Cache;
}

const ENTRIES_MAX = 10_000;
const nothing = () => undefined;

/** What any shared load costs at least: a Map of promises, no freshness, no deadline, no memory of failures. */
export const PROMISE_SHARING: CacheKind = {
  name: "promise sharing",
  hasDeadline: false,
  hasStale: false,
  open({ load }) {
    const flights = new Map<string, Promise<object>>();
    return {
      read(key) {
        const known = flights.get(key);
        if (known !== undefined) return known;
        const flight = load(key);
        flights.set(key, flight);
        flight.catch(() => flights.delete(key));
        return flight;
      },
      [Symbol.dispose]: nothing,
    };
  },
};

/** The read pipeline of this checkout over a real pool, whose place each load takes. */
export function linehold(pool: Pool): CacheKind {
  return {
    name: "linehold read",
    hasDeadline: true,
    hasStale: true,
    open({ freshMs, load, softMs, staleMs }) {
      const reads = createReads({ pool, clock: systemClock, random: Math.random });
      const reader = reads.define<object>({
        name: "bench",
        freshMs,
        staleMs,
        softMs,
        entriesMax: ENTRIES_MAX,
        load,
      });
      return {
        read: (key, deadlineMs) =>
          deadlineMs === undefined ? reader.read(key) : reader.read(key, { deadlineMs }),
        [Symbol.dispose]: () => reads[Symbol.dispose](),
      };
    },
  };
}

const LRU_CACHE: CacheKind = {
  name: "lru-cache fetch",
  hasDeadline: true,
  hasStale: true,
  open({ freshMs, load }) {
    const cache = new LRUCache<object>({
      max: ENTRIES_MAX,
      ttl: freshMs,
      allowStale: true,
      fetchMethod: (key) => load(key),
    });
    return {
      read: (key, deadlineMs) =>
        deadlineMs === undefined
          ? cache.fetch(key)
          : cache.fetch(key, { signal: AbortSignal.timeout(deadlineMs) }),
      [Symbol.dispose]: nothing,
    };
  },
};

const ASYNC_CACHE_DEDUPE: CacheKind = {
  name: "async-cache-dedupe",
  hasDeadline: false,
  hasStale: true,
  open({ freshMs, load, staleMs }) {
    // Whole seconds are its unit.
    const ttl = Math.max(1, Math.round(freshMs / 1000));
    const stale = Math.min(86_400, Math.ceil(staleMs / 1000));
    const cache = createCache({
      ttl,
      stale,
      storage: { type: "memory", options: { size: ENTRIES_MAX } },
    }).define("value", (key) => load(key));
    return { read: (key) => cache.value(key), [Symbol.dispose]: nothing };
  },
};

const BENTOCACHE: CacheKind = {
  name: "bentocache getOrSet",
  hasDeadline: true,
  hasStale: true,
  open({ freshMs, load, softMs, staleMs }) {
    const memory = bentostore().useL1Layer(memoryDriver({ maxItems: ENTRIES_MAX, serialize: false }));
    const cache = new BentoCache({ default: "memory", stores: { memory } });
    const grace = Math.min(86_400_000, staleMs);
    return {
      read: (key, deadlineMs) =>
        cache.getOrSet({
          key,
          factory: () => load(key),
          ttl: freshMs,
          grace,
          timeout: softMs,
          ...(deadlineMs === undefined ? {} : { hardTimeout: deadlineMs }),
        }),
      [Symbol.dispose]: nothing,
    };
  },
};

const CACHEABLE: CacheKind = {
  name: "cacheable getOrSet",
  hasDeadline: false,
  hasStale: false,
  open({ freshMs, load }) {
    const cache = new Cacheable({ ttl: freshMs });
    return {
      read: (key) => cache.getOrSet(key, () => load(key), { ttl: freshMs }),
      [Symbol.dispose]: nothing,
    };
  },
};

export const PEERS: readonly CacheKind[] = [LRU_CACHE, ASYNC_CACHE_DEDUPE, BENTOCACHE, CACHEABLE];
