import { nextTurn } from "../resilience/mod.ts";

/** How much of a long piece of work is done before others have a turn. */
export interface Pace {
  /** Counts items done; what it returns, if anything, is to be awaited before the next. */
  took(items: number): Promise<void> | undefined;
}

/** Some 5 ms of building and comparing prices: health checks are answered in between. */
const ITEMS_PER_TURN = 4000;

export function createPace(): Pace {
  let items = 0;
  return {
    took(more) {
      items += more;
      if (items < ITEMS_PER_TURN) return undefined;
      items = 0;
      return nextTurn();
    },
  };
}
