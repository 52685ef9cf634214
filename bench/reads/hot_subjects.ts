import { createCache } from "async-cache-dedupe";
import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { Cacheable, CacheableMemory } from "cacheable";
import { LRUCache } from "lru-cache";
import type { Pool } from "../../src/pool/mod.ts";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";

export interface Value {
  readonly size: number;
}

/**
 * One way to read a value that is in memory and fresh. Each has a loop of its own, written out: one loop shared by all, calling
 * a function it is given, would cost the cheap ones more than the reading does.
 */
export interface HotSubject {
  readonly name: string;
  /** Reads every key `passes` times and adds up what it read, so that nothing can be left out. */
  run(keys: readonly string[], passes: number): number | Promise<number>;
}

const HOUR_MS = 3_600_000;
const SIZE_MAX = 10_000;

export function mapGet(name: string, values: ReadonlyMap<string, Value>): HotSubject {
  const map = new Map(values);
  return {
    name,
    run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1) {
        for (const key of keys) {
          const value = map.get(key);
          if (value !== undefined) sum += value.size;
        }
      }
      return sum;
    },
  };
}

/** Any call that returns a promise costs this much. */
export function asyncMapGet(values: ReadonlyMap<string, Value>): HotSubject {
  const map = new Map(values);
  const get = async (key: string) => map.get(key);
  return {
    name: "async function around Map.get",
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1) for (const key of keys) sum += (await get(key))?.size ?? 0;
      return sum;
    },
  };
}

/** Reading as the rooms do: what is no promise is used at once. */
export async function lineholdRead(values: ReadonlyMap<string, Value>, { pool }: { pool: Pool }) {
  const reads = createReads({ pool, clock: systemClock, random: Math.random });
  const reader = reads.define<Value>({
    name: "hot",
    freshMs: HOUR_MS,
    staleMs: HOUR_MS,
    load: async (key) => found(values, key),
  });
  await reader.warm([...values.keys()], { batch: SIZE_MAX });
  const subject: HotSubject = {
    name: "linehold read",
    run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1) {
        for (const key of keys) {
          const outcome = reader.read(key);
          if (outcome instanceof Promise)
            throw new RangeError(`Cannot measure a hit as "${key}" is not fresh`);
          sum += outcome.value.size;
        }
      }
      return sum;
    },
  };
  return subject;
}

export async function lruCache(values: ReadonlyMap<string, Value>): Promise<readonly HotSubject[]> {
  const cache = new LRUCache<Value>({
    max: SIZE_MAX,
    ttl: HOUR_MS,
    fetchMethod: async (key) => found(values, key),
  });
  for (const key of values.keys()) await cache.fetch(key);
  const get: HotSubject = {
    name: "lru-cache get",
    run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1) for (const key of keys) sum += cache.get(key)?.size ?? 0;
      return sum;
    },
  };
  const fetch: HotSubject = {
    name: "lru-cache fetch",
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += (await cache.fetch(key))?.size ?? 0;
      return sum;
    },
  };
  return [get, fetch];
}

export async function asyncCacheDedupe(values: ReadonlyMap<string, Value>): Promise<readonly HotSubject[]> {
  const cache = createCache({
    ttl: HOUR_MS / 1000,
    storage: { type: "memory", options: { size: SIZE_MAX } },
  }).define("value", async (key) => found(values, key));
  for (const key of values.keys()) await cache.value(key);
  const read: HotSubject = {
    name: "async-cache-dedupe",
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += (await cache.value(key)).size;
      return sum;
    },
  };
  return [read];
}

export async function bentocache(
  values: ReadonlyMap<string, Value>,
  { serialize }: { serialize: boolean },
): Promise<readonly HotSubject[]> {
  const memory = bentostore().useL1Layer(memoryDriver({ maxItems: SIZE_MAX, serialize }));
  const cache = new BentoCache({ default: "memory", stores: { memory } });
  const getOrSet = (key: string) =>
    cache.getOrSet({ key, factory: async () => found(values, key), ttl: HOUR_MS });
  for (const key of values.keys()) await getOrSet(key);
  const said = serialize ? "as JSON (its default)" : "by reference";
  const get: HotSubject = {
    name: `bentocache get, ${said}`,
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += (await cache.get<Value>({ key }))?.size ?? 0;
      return sum;
    },
  };
  const read: HotSubject = {
    name: `bentocache getOrSet, ${said}`,
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1) for (const key of keys) sum += (await getOrSet(key)).size;
      return sum;
    },
  };
  return [get, read];
}

export async function cacheable(values: ReadonlyMap<string, Value>): Promise<readonly HotSubject[]> {
  const memory = new CacheableMemory({ ttl: HOUR_MS, useClone: false });
  for (const [key, value] of values) memory.set(key, value);
  const cache = new Cacheable({ ttl: HOUR_MS });
  const getOrSet = (key: string) => cache.getOrSet(key, async () => found(values, key), { ttl: HOUR_MS });
  for (const key of values.keys()) await getOrSet(key);
  const memoryGet: HotSubject = {
    name: "cacheable memory get, by reference",
    run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += memory.get<Value>(key)?.size ?? 0;
      return sum;
    },
  };
  const get: HotSubject = {
    name: "cacheable get",
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += (await cache.get<Value>(key))?.size ?? 0;
      return sum;
    },
  };
  const read: HotSubject = {
    name: "cacheable getOrSet",
    async run(keys, passes) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass += 1)
        for (const key of keys) sum += (await getOrSet(key))?.size ?? 0;
      return sum;
    },
  };
  return [memoryGet, get, read];
}

function found(values: ReadonlyMap<string, Value>, key: string): Value {
  const value = values.get(key);
  if (value === undefined) throw new RangeError(`Cannot load "${key}": the bench has no such key`);
  return value;
}
