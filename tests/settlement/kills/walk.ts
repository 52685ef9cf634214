import { type Boundary, type DeathWish, keyOf, pays, SIDES, statementOf } from "./boundaries.ts";

/** The places at which settlers are killed, as they become known: at each once, and then at each again. */
export interface Walk {
  /** Every side of a place. */
  learn(path: string): void;
  /** What the next settler is to be told: to die at the first place at which nobody has died in this round; every other one, where money is under way. */
  next(): DeathWish;
  /** Somebody died there. */
  died(at: Boundary): void;
  /** Somebody waited for a place in vain: where settlers come now, others have died already, and the next round begins. */
  missed(wish: DeathWish): void;
  told(): {
    readonly known: number;
    readonly killedAt: number;
    /** Kills by side and statement, as `answered insert into transfers`. */
    readonly kills: Readonly<Record<string, number>>;
  };
}

/** So many in a row have waited in vain before a round is over: what seldom happens is given a chance. */
const MISSES_MAX = 3;

export function openWalk(): Walk {
  const places = new Map<string, Boundary>();
  const dead = new Set<string>();
  const rounds = { paying: new Set<string>(), any: new Set<string>() };
  const misses = { paying: 0, any: 0 };
  const kills: Record<string, number> = {};
  let onlyPaying = false;
  const kindOf = (wish: DeathWish) => (wish.onlyPaying ? "paying" : "any");
  const learn = (path: string) => {
    for (const side of SIDES) places.set(keyOf({ path, side }), { path, side });
  };
  return {
    learn,
    next() {
      onlyPaying = !onlyPaying;
      return { passed: [...rounds[onlyPaying ? "paying" : "any"]], onlyPaying };
    },
    died(at) {
      learn(at.path);
      const key = keyOf(at);
      dead.add(key);
      rounds.any.add(key);
      misses.any = 0;
      if (pays(at.path)) {
        rounds.paying.add(key);
        misses.paying = 0;
      }
      const kind = `${at.side} ${statementOf(at.path)}`;
      kills[kind] = (kills[kind] ?? 0) + 1;
    },
    missed(wish) {
      const kind = kindOf(wish);
      misses[kind] += 1;
      if (misses[kind] < MISSES_MAX) return;
      misses[kind] = 0;
      rounds[kind].clear();
    },
    told: () => ({
      known: places.size,
      killedAt: dead.size,
      kills: Object.fromEntries(Object.entries(kills).sort(([one], [other]) => one.localeCompare(other))),
    }),
  };
}
