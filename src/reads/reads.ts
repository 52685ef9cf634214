import { createHash } from "node:crypto";
import type { Pool } from "../pool/mod.ts";
import { type Clock, createCoarseClock, createRetryBudget, type Random } from "../resilience/mod.ts";
import type { Reader, ReadPlan } from "./plan.ts";
import { PlannedReader, type ReadEvent, type RememberingReader } from "./reader.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

export interface ReadsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every load; must not throw. */
  readonly observe?: (event: ReadEvent) => void;
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

const RETRY_BUDGET = { ratio: 0.1, reserve: 10 } as const;

/** A factory of readers over one pool. */
export function createReads(deps: ReadsDeps): Reads {
  const coarse = createCoarseClock(deps.clock);
  const budget = createRetryBudget(RETRY_BUDGET);
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
      const reader = new PlannedReader(plan, { observe: () => {}, coarse, budget, ...deps });
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
