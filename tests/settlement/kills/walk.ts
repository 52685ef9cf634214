import { type Boundary, SIDES, statementOf } from "./boundaries.ts";

/** The places at which settlers are killed, one after the other, as they become known. */
export interface Walk {
  /** Every side of a place, if it is new; else that somebody came there again. */
  learn(path: string): void;
  /**
   * The next place to die at: one of those that were handed out least, and of them a statement on a side that was handed out least; those
   * first where money is under way, then where most settlers come, so that few wait for what seldom happens.
   */
  next(): Boundary | undefined;
  /** Somebody died there. */
  died(at: Boundary): void;
  told(): {
    readonly known: number;
    readonly killedAt: number;
    /** Kills by side and statement, as `answered insert into transfers`. */
    readonly kills: Readonly<Record<string, number>>;
  };
}

interface Place {
  readonly boundary: Boundary;
  readonly kind: string;
  /** Money was moved before it, in the same transaction. */
  readonly pays: boolean;
  /** By how many settlers. */
  seen: number;
  handedOut: number;
  kills: number;
}

const PAYS = /> insert into (transfers|settlement_reversals)\b/;

export function openWalk(): Walk {
  const places = new Map<string, Place>();
  const kills: Record<string, number> = {};
  const handedOut: Record<string, number> = {};
  const keyOf = ({ path, side }: Boundary) => `${side} ${path}`;
  const compare = (one: Place, other: Place) =>
    one.handedOut - other.handedOut ||
    (handedOut[one.kind] ?? 0) - (handedOut[other.kind] ?? 0) ||
    Number(other.pays) - Number(one.pays) ||
    other.seen - one.seen;
  return {
    learn(path) {
      for (const side of SIDES) {
        const boundary = { path, side };
        const key = keyOf(boundary);
        const known = places.get(key);
        if (known !== undefined) {
          known.seen += 1;
          continue;
        }
        const kind = `${side} ${statementOf(path)}`;
        places.set(key, { boundary, kind, pays: PAYS.test(path), seen: 1, handedOut: 0, kills: 0 });
      }
    },
    next() {
      let best: Place | undefined;
      for (const place of places.values()) if (best === undefined || compare(place, best) < 0) best = place;
      if (best === undefined) return undefined;
      best.handedOut += 1;
      handedOut[best.kind] = (handedOut[best.kind] ?? 0) + 1;
      return best.boundary;
    },
    died(at) {
      const place = places.get(keyOf(at));
      if (place === undefined) return;
      place.kills += 1;
      kills[place.kind] = (kills[place.kind] ?? 0) + 1;
    },
    told: () => ({
      known: places.size,
      killedAt: [...places.values()].filter((place) => place.kills > 0).length,
      kills: Object.fromEntries(Object.entries(kills).sort(([one], [other]) => one.localeCompare(other))),
    }),
  };
}
