/** One who waits: of which class, 0 the most critical, and for whom. */
export interface Place {
  readonly rank: number;
  readonly tenant: string;
}

/**
 * Those who wait, in the order they came, by class and by tenant: what it takes to find the next grows with the tenants that
 * wait, not with everyone who does. One line of all, looked through at each step, took a whole core at 900 newcomers a second
 * once a thousand waited, and everybody's time with it.
 */
export interface Line<P extends Place> {
  readonly length: number;
  join(place: P): void;
  /** Whether it was in line. */
  leave(place: P): boolean;
  /** Whether anybody of this class or a more critical one waits for a tenant that may be served. */
  anyone(mayBeServed: (tenant: string) => boolean, rankMax: number): boolean;
  /** The most critical; of those of the tenant with the least in hand; of those the first to come. */
  next(mayBeServed: (tenant: string) => boolean, inHand: (tenant: string) => number): P | undefined;
  /** Of the least critical, this newcomer among them: the newest of the tenant that waits the most. */
  leastMissed(newcomer: P): P;
  /** Everyone leaves. */
  clear(): P[];
}

/** Sets keep the order of arrival and let anyone leave from the middle. */
type Waiting<P> = Map<string, Set<P>>;

export function createLine<P extends Place>(ranks: number): Line<P> {
  const waiting: readonly Waiting<P>[] = Array.from({ length: ranks }, () => new Map());
  /** When each came: the tenants of a class are not in one order. */
  const arrivals = new WeakMap<P, number>();
  let arrived = 0;
  let length = 0;
  const arrivalOf = (place: P | undefined) => (place === undefined ? 0 : (arrivals.get(place) ?? 0));

  return {
    get length() {
      return length;
    },
    join(place) {
      const ofRank = waiting[place.rank];
      const ofTenant = ofRank?.get(place.tenant) ?? new Set<P>();
      ofRank?.set(place.tenant, ofTenant.add(place));
      arrived += 1;
      arrivals.set(place, arrived);
      length += 1;
    },
    leave(place) {
      const ofRank = waiting[place.rank];
      const ofTenant = ofRank?.get(place.tenant);
      if (ofTenant?.delete(place) !== true) return false;
      if (ofTenant.size === 0) ofRank?.delete(place.tenant);
      length -= 1;
      return true;
    },
    anyone(mayBeServed, rankMax) {
      if (length === 0) return false;
      for (const ofRank of waiting.slice(0, rankMax + 1))
        for (const tenant of ofRank.keys()) if (mayBeServed(tenant)) return true;
      return false;
    },
    next(mayBeServed, inHand) {
      for (const ofRank of waiting) {
        let best: P | undefined;
        for (const [tenant, places] of ofRank) {
          if (!mayBeServed(tenant)) continue;
          const [first] = places;
          const ahead = best === undefined ? -1 : inHand(tenant) - inHand(best.tenant);
          if (ahead < 0 || (ahead === 0 && arrivalOf(first) < arrivalOf(best))) best = first;
        }
        if (best !== undefined) return best;
      }
      return undefined;
    },
    leastMissed(newcomer) {
      const ofRank = waiting.findLast(({ size }, rank) => size > 0 || rank === newcomer.rank) ?? new Map();
      const isAmong = ofRank === waiting[newcomer.rank];
      const own = isAmong ? (ofRank.get(newcomer.tenant)?.size ?? 0) + 1 : 0;
      const most = Math.max(own, ...ofRank.values().map(({ size }) => size));
      // Nobody came later than the newcomer.
      if (own === most) return newcomer;
      const newest = ofRank
        .values()
        .filter(({ size }) => size === most)
        .map((places) => [...places].at(-1));
      return newest.reduce((one, other) => (arrivalOf(other) > arrivalOf(one) ? other : one)) ?? newcomer;
    },
    clear() {
      const everyone = waiting.flatMap((ofRank) => [...ofRank.values()].flatMap((places) => [...places]));
      for (const ofRank of waiting) ofRank.clear();
      length = 0;
      return everyone;
    },
  };
}
