/**
 * What the bench uses of each peer. Declared here because the root's type check must not need the bench's own packages, which
 * `bun run bench` installs when it runs; the run itself tells whether a declaration is right.
 */

declare module "lru-cache" {
  export class LRUCache<V> {
    constructor(options: {
      max: number;
      ttl: number;
      allowStale?: boolean;
      fetchMethod(key: string): Promise<V>;
    });
    get(key: string): V | undefined;
    fetch(key: string, options?: { signal?: AbortSignal }): Promise<V | undefined>;
  }
}

declare module "async-cache-dedupe" {
  /** `ttl` and `stale` in seconds. */
  export function createCache(options: {
    ttl: number;
    stale?: number;
    storage: { type: "memory"; options?: { size: number } };
  }): {
    define<N extends string, V>(
      name: N,
      load: (key: string) => Promise<V>,
    ): { readonly [K in N]: (key: string) => Promise<V> };
  };
}

declare module "bentocache" {
  interface Store {
    useL1Layer(driver: import("bentocache/drivers/memory").MemoryDriver): Store;
  }
  export function bentostore(): Store;
  export class BentoCache {
    constructor(options: { default: "memory"; stores: { memory: Store } });
    get<V>(options: { key: string }): Promise<V | undefined>;
    /** Durations in milliseconds. */
    getOrSet<V>(options: {
      key: string;
      factory: () => Promise<V>;
      ttl: number;
      grace?: number;
      timeout?: number;
      hardTimeout?: number;
    }): Promise<V>;
  }
}

declare module "bentocache/drivers/memory" {
  export interface MemoryDriver {
    readonly driver: "memory";
  }
  export function memoryDriver(options: { maxItems: number; serialize: boolean }): MemoryDriver;
}

declare module "cacheable" {
  export class Cacheable {
    constructor(options: { ttl: number });
    get<V>(key: string): Promise<V | undefined>;
    getOrSet<V>(key: string, load: () => Promise<V>, options?: { ttl: number }): Promise<V | undefined>;
  }
  export class CacheableMemory {
    constructor(options: { ttl: number; useClone: boolean });
    get<V>(key: string): V | undefined;
    set<V>(key: string, value: V): void;
  }
}
