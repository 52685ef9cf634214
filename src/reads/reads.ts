import type { Pool } from "../pool/mod.ts";
import {
  type Backoff,
  type Clock,
  createBackoff,
  createCoarseClock,
  createFlights,
  createRetryBudget,
  type Flights,
  type Random,
  type RetryBudget,
} from "../resilience/mod.ts";
import type { ReadEvent } from "./loads.ts";
import type { Reader, ReadPlan } from "./plan.ts";
import { PlannedReader, type RememberingReader } from "./reader.ts";
import { readSnapshot, removeLeftovers, type Shapes, type SnapshotEntry, writeSnapshot } from "./snapshot.ts";

export interface ReadsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every load; must not throw. */
  readonly observe?: (event: ReadEvent) => void;
  readonly parts?: Partial<ReadsParts>;
}

/** What the pipeline is made of. Each part may be replaced by one of the same shape, as by a budget shared among pools. */
export interface ReadsParts {
  /** Which loads are under way, and who shares them. */
  createFlights<T>(deps: { now: () => number }): Flights<T>;
  /** The pauses after failed loads of one key. */
  createPause(): Backoff;
  /** How many retries there may be, over all readers; a tenth of the loads by default. */
  readonly budget: RetryBudget;
}

/** Disposing stops its coarse clock; values then no longer age. */
export interface Reads extends Disposable {
  define<T>(plan: ReadPlan<T>): Reader<T>;
  /**
   * Takes the values of a snapshot file as stale ones, with their true age; those of plans not defined yet, or whose values
   * have another shape by now, are left out. Others are served in between.
   *
   * @throws {SnapshotRefusedError} If the file is absent, torn or foreign.
   */
  restore(path: string): Promise<{ restored: number }>;
  /** Writes what the plans with a codec hold, a piece at a time. */
  save(path: string): Promise<{ saved: number }>;
  /** How each plan's reader stands, by its name. */
  stats(): Readonly<Record<string, ReaderStats>>;
  /** Grows whenever there is something that `save` would write anew. */
  readonly revision: number;
}

export type ReaderStats = Pick<Reader<unknown>, "counts" | "size" | "bytes">;

/** The pause after a failed load grows between these. */
const PAUSE_MS = { fromMs: 200, toMs: 2000 } as const;
/** A file that a save left half-written is not a running save's after this long. */
const LEFTOVER_MS = 3_600_000;
const RETRY_BUDGET = { ratio: 0.1, reserve: 10 } as const;

/** A factory of readers over one pool. */
export function createReads(deps: ReadsDeps): Reads {
  const coarse = createCoarseClock(deps.clock);
  const parts: ReadsParts = {
    createFlights,
    createPause: () => createBackoff(PAUSE_MS, deps),
    budget: createRetryBudget(RETRY_BUDGET),
    ...deps.parts,
  };
  const { observe = () => {} } = deps;
  const budget: RetryBudget = {
    deposit: () => parts.budget.deposit(),
    withdraw() {
      const granted = parts.budget.withdraw();
      if (!granted) observe({ type: "retry_refused" });
      return granted;
    },
  };
  const readers = new Map<string, ReaderStats>();
  const remembering = new Map<string, RememberingReader>();
  const shapes = (): Shapes => new Map([...remembering].map(([plan, { shape }]) => [plan, shape]));
  function* remembered(): Generator<SnapshotEntry> {
    for (const reader of remembering.values()) yield* reader.remembered();
  }
  return {
    define(plan) {
      const reader = new PlannedReader(plan, { ...deps, ...parts, observe, coarse, budget });
      readers.set(plan.name, reader);
      if (plan.snapshot !== undefined) remembering.set(plan.name, reader);
      return reader;
    },
    async restore(path) {
      await removeLeftovers(path, { before: deps.clock.epochMs() - LEFTOVER_MS });
      let restored = 0;
      for await (const entry of readSnapshot(path, shapes())) {
        if (remembering.get(entry.plan)?.restore(entry)) restored += 1;
      }
      return { restored };
    },
    save: async (path) => ({ saved: await writeSnapshot(path, shapes(), remembered()) }),
    stats: () => Object.fromEntries(readers),
    get revision() {
      return [...remembering.values()].reduce((sum, reader) => sum + reader.revision, 0);
    },
    [Symbol.dispose]: () => coarse[Symbol.dispose](),
  };
}
