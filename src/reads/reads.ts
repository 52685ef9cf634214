import { createHash } from "node:crypto";
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
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

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
   * Takes the values of a snapshot file as stale ones, with their true age; those of plans not defined yet are left out.
   *
   * @throws {SnapshotRefusedError} If the file is absent, torn or foreign.
   */
  restore(path: string): Promise<{ restored: number }>;
  /** Writes what the plans with a codec hold. */
  save(path: string): Promise<{ saved: number }>;
}

/** The pause after a failed load grows between these. */
const PAUSE_MS = { fromMs: 200, toMs: 2000 } as const;
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
  const remembering = new Map<string, RememberingReader>();
  const schema = () =>
    createHash("sha256")
      .update(
        [...remembering.values()]
          .map(({ shape }) => shape)
          .sort()
          .join("\n"),
      )
      .digest("hex");
  return {
    define(plan) {
      const reader = new PlannedReader(plan, { observe: () => {}, coarse, ...deps, ...parts });
      if (plan.snapshot !== undefined) remembering.set(plan.name, reader);
      return reader;
    },
    async restore(path) {
      let restored = 0;
      for (const entry of await readSnapshot(path, schema())) {
        if (remembering.get(entry.plan)?.restore(entry)) restored += 1;
      }
      return { restored };
    },
    async save(path) {
      const entries = [...remembering.values()].flatMap((reader) => reader.remembered());
      await writeSnapshot(path, schema(), entries);
      return { saved: entries.length };
    },
    [Symbol.dispose]: () => coarse[Symbol.dispose](),
  };
}
