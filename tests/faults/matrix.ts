import { type Cell, cellsOf, FAULTS, type FaultName, nameOf, type Route } from "./cells.ts";
import { playEpisode } from "./episode.ts";
import type { Ground } from "./ground.ts";
import { GUARD_NAMES, GUARDS, type GuardName } from "./guards.ts";
import type { Finding } from "./judge.ts";
import type { Cast } from "./stage.ts";

export interface MatrixOptions {
  readonly faults?: readonly FaultName[];
  readonly routes?: readonly Route[];
  /** Ends the run after the fault under way. */
  readonly signal?: AbortSignal;
  readonly onFault?: (fault: FaultName) => void;
}

/** Plays every cell of these faults, all guards in place; PgBouncer's cells are left out where there is none. */
export async function playMatrix(ground: Ground, options: MatrixOptions = {}): Promise<Finding[]> {
  const routes = (options.routes ?? ground.routes).filter((route) => ground.routes.includes(route));
  return await playAll(ground, options, (fault) => cellsOf(fault, { routes }).map((cell) => ({ cell })));
}

/** Plays the cells that the guards name, with all guards and without the one, side by side under the same fault. */
export async function playGuards(ground: Ground, options: MatrixOptions = {}): Promise<Finding[]> {
  return await playAll(ground, options, (fault) => {
    const without = castsWithout(fault);
    const cells = new Map(without.map(({ cell }) => [nameOf(cell), cell]));
    return [...[...cells.values()].map((cell) => ({ cell })), ...without];
  });
}

function castsWithout(fault: FaultName): { cell: Cell; without: GuardName }[] {
  return GUARD_NAMES.flatMap((without) =>
    GUARDS[without].cells.filter((cell) => cell.fault === fault).map((cell) => ({ cell, without })),
  );
}

async function playAll(
  ground: Ground,
  { faults = FAULTS, signal, onFault }: MatrixOptions,
  castsOf: (fault: FaultName) => readonly Cast[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const fault of faults) {
    signal?.throwIfAborted();
    const casts = castsOf(fault);
    if (casts.length === 0) continue;
    onFault?.(fault);
    findings.push(...(await playEpisode(ground, fault, casts)));
  }
  return findings;
}
