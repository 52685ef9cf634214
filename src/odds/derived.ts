/** Values made of others, kept by key for as long as what they were made of is the same. */
export interface Derived<V> {
  /**
   * The value of this key, made again when what it is made of is not what it was.
   *
   * @param sources What the value is made of, each compared by `===`.
   * @param make Told of the value it replaces, of which parts may still hold.
   */
  of(key: string, sources: readonly unknown[], make: (before: V | undefined) => V): V;
  readonly size: number;
  readonly bytes: number;
}

interface Made<V> {
  readonly sources: readonly unknown[];
  readonly value: V;
  readonly bytes: number;
}

/** Bounded in bytes, as `weigh` counts them: what was asked for longest ago goes first. */
export function createDerived<V>({
  bytesMax,
  weigh,
}: {
  readonly bytesMax: number;
  readonly weigh: (value: V) => number;
}): Derived<V> {
  const kept = new Map<string, Made<V>>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, made: Made<V>): void => {
    drop(key);
    kept.set(key, made);
    bytes += made.bytes;
    for (const oldest of kept.keys()) {
      if (bytes <= bytesMax) return;
      drop(oldest);
    }
  };
  return {
    of(key, sources, make) {
      const known = kept.get(key);
      if (known !== undefined && isSame(known.sources, sources)) {
        // To the end of the line.
        kept.delete(key);
        kept.set(key, known);
        return known.value;
      }
      const value = make(known?.value);
      keep(key, { sources, value, bytes: 2 * key.length + weigh(value) });
      return value;
    },
    get size() {
      return kept.size;
    },
    get bytes() {
      return bytes;
    },
  };
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((source, index) => source === other[index]);
}
