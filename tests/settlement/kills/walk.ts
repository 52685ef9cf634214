import {
  type Boundary,
  type DeathWish,
  keyOf,
  type Place,
  pays,
  SETTLED_KINDS,
  SIDES,
} from "./boundaries.ts";

/** The boundaries at which settlers are killed, as they become known: at each once, and then at each again. */
export interface Walk {
  /** Every side of a place. */
  learn(place: Place): void;
  /**
   * What the next settler is to be told: while there are boundaries at which nobody has died, to die at the first of them that it comes to.
   * Otherwise, and where such settlers have waited in vain for half of them unless it `hunts`, at the first in this round. Every other
   * one dies where money is under way.
   */
  next(how?: { readonly hunts: boolean }): DeathWish;
  /** Somebody died there. */
  died(at: Boundary): void;
  /** Somebody waited for a boundary in vain: where settlers come now, others have died already, and the next round begins. */
  missed(wish: DeathWish): void;
  /** Kinds of transaction with boundaries at which nobody has died, and those of which there was none. */
  kindsLeft(): readonly string[];
  told(): Walked;
}

/** Where settlers were killed. */
export interface Walked {
  readonly known: number;
  readonly reached: number;
  /** Boundaries by kind of transaction. */
  readonly kinds: Readonly<Record<string, { readonly known: number; readonly reached: number }>>;
  /** Boundaries that are known and at which nobody has died, and kinds of which there was none. */
  readonly unreached: readonly string[];
  /** Kills by side and statement, as `answered insert into transfers`. */
  readonly kills: Readonly<Record<string, number>>;
}

/** So many in a row have waited in vain before a round is over: what seldom happens is given a chance. */
const MISSES_MAX = 3;

export function openWalk(): Walk {
  const boundaries = new Map<string, Boundary>();
  const reached = new Set<string>();
  const rounds = { paying: new Set<string>(), any: new Set<string>() };
  const misses = { hunt: 0, paying: 0, any: 0 };
  const kills: Record<string, number> = {};
  const hunts = new WeakSet<DeathWish>();
  let onlyPaying = false;
  let turn = 0;
  const learn = ({ kind, statement, text }: Place) => {
    for (const side of SIDES) {
      const boundary = { kind, statement, text, side };
      boundaries.set(keyOf(boundary), boundary);
    }
  };
  return {
    learn,
    next({ hunts: onlyHunts } = { hunts: false }) {
      turn += 1;
      onlyPaying = !onlyPaying;
      const left = [...boundaries].filter(([key]) => !reached.has(key)).map(([, boundary]) => boundary);
      // At first none is known.
      const isOver = boundaries.size > 0 && left.length === 0;
      if (!isOver && (onlyHunts || misses.hunt < MISSES_MAX || turn % 4 < 2)) {
        const wish = {
          passed: [...reached],
          onlyPaying: onlyPaying && (left.length === 0 || left.some(pays)),
          // Who came first may have been ended while it waited for its answer.
          alone: misses.hunt < MISSES_MAX,
        };
        hunts.add(wish);
        return wish;
      }
      return { passed: [...rounds[onlyPaying ? "paying" : "any"]], onlyPaying, alone: false };
    },
    died(at) {
      learn(at);
      const key = keyOf(at);
      if (!reached.has(key)) misses.hunt = 0;
      reached.add(key);
      rounds.any.add(key);
      misses.any = 0;
      if (pays(at)) {
        rounds.paying.add(key);
        misses.paying = 0;
      }
      const kind = `${at.side} ${at.statement}`;
      kills[kind] = (kills[kind] ?? 0) + 1;
    },
    missed(wish) {
      if (hunts.has(wish)) {
        misses.hunt += 1;
        return;
      }
      const kind = wish.onlyPaying ? "paying" : "any";
      misses[kind] += 1;
      if (misses[kind] < MISSES_MAX) return;
      misses[kind] = 0;
      rounds[kind].clear();
    },
    kindsLeft() {
      const all = [...boundaries.values()].map(({ kind }) => kind);
      const left = [...boundaries].filter(([key]) => !reached.has(key)).map(([, { kind }]) => kind);
      return [...new Set([...left, ...SETTLED_KINDS.filter((kind) => !all.includes(kind))])];
    },
    told() {
      const kinds: Record<string, { known: number; reached: number }> = {};
      for (const [key, { kind }] of boundaries) {
        const { known, reached: died } = kinds[kind] ?? { known: 0, reached: 0 };
        kinds[kind] = { known: known + 1, reached: died + (reached.has(key) ? 1 : 0) };
      }
      const left = [...boundaries].filter(([key]) => !reached.has(key));
      const byName = <V>(record: Record<string, V>) =>
        Object.fromEntries(Object.entries(record).sort(([one], [other]) => one.localeCompare(other)));
      return {
        ...{ known: boundaries.size, reached: reached.size, kinds: byName(kinds) },
        unreached: [
          ...left.map(([, { kind, statement, side }]) => `${kind}: ${side} ${statement}`),
          ...SETTLED_KINDS.filter((kind) => !(kind in kinds)).map((kind) => `${kind}: no such transaction`),
        ].sort(),
        kills: byName(kills),
      };
    },
  };
}
