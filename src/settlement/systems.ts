import { add, ZERO } from "../markets/mod.ts";
import { type GradedLeg, type Return, returnOf } from "./payout.ts";

/** A bundle of accumulators over the same selections: every one of each of these sizes. */
export interface System {
  readonly selections: number;
  /** How many legs its lines have, 1 being singles. */
  readonly sizes: readonly number[];
}

/** Systems by their usual names. */
export const SYSTEMS = {
  trixie: full(3, 2),
  patent: full(3, 1),
  yankee: full(4, 2),
  lucky_15: full(4, 1),
  canadian: full(5, 2),
  lucky_31: full(5, 1),
  heinz: full(6, 2),
  lucky_63: full(6, 1),
  super_heinz: full(7, 2),
  goliath: full(8, 2),
} as const satisfies Readonly<Record<string, System>>;

export type SystemName = keyof typeof SYSTEMS;

/** Every size from the smallest to that of all selections. */
function full(selections: number, smallest: number): System {
  const sizes = Array.from({ length: selections - smallest + 1 }, (_, index) => smallest + index);
  return { selections, sizes };
}

/**
 * The lines of a system, each the legs it stands on, in the order of the legs.
 *
 * @throws {RangeError} If there are more or fewer legs than the system has selections.
 */
export function linesOf<L>({ selections, sizes }: System, legs: readonly L[]): (readonly L[])[] {
  if (legs.length !== selections)
    throw new RangeError(`Cannot make lines of ${legs.length} legs: the system has ${selections} selections`);
  return sizes.flatMap((size) => combinationsOf(legs, size));
}

function combinationsOf<L>(items: readonly L[], size: number): (readonly L[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    combinationsOf(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

/** What a system returns: each line is a bet of its own and rounded once; `exact` is what they would make without rounding. */
export function systemReturn(unitStakeMinor: bigint, system: System, legs: readonly GradedLeg[]): Return {
  const lines = linesOf(system, legs).map((line) => returnOf(unitStakeMinor, line));
  return {
    exact: lines.reduce((sum, { exact }) => add(sum, exact), ZERO),
    returnMinor: lines.reduce((sum, { returnMinor }) => sum + returnMinor, 0n),
  };
}
