import type { Pool } from "../../src/pool/mod.ts";
import {
  SETTLEMENT_LIMITS,
  type SettlementFailure,
  type SettlementLimits,
  settlementStep,
} from "../../src/settlement/mod.ts";
import type { StepReport } from "../../src/worker/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** After the last whistle of the fixtures. */
export const AFTER = new Date("2025-09-22T08:00:00Z");

export interface Stepper {
  /** One step of the real loop; the totals of its counts. */
  step(): Promise<StepReport>;
  /** Steps until one finds nothing to do; what they did together. */
  drain(): Promise<Record<string, number>>;
  readonly failures: readonly SettlementFailure[];
  /** Moves the stepper's business time on. */
  wait(ms: number): void;
}

/** The settlement step over a pool of its own, with a business time of its own. */
export function openStepper(
  database: TestDatabase,
  {
    limits = {},
    pool = database.pool("linehold_settlement", { overdueMs: 10_000 }),
    stopping,
  }: { limits?: Partial<SettlementLimits>; pool?: Pick<Pool, "lease">; stopping?: AbortSignal } = {},
): Stepper {
  let now = AFTER.getTime();
  const failures: SettlementFailure[] = [];
  const step = settlementStep({
    clock: { epochMs: () => now },
    limits: { ...SETTLEMENT_LIMITS, ...limits },
    observe: (failure) => failures.push(failure),
    ...(stopping && { stopping }),
  });
  const scope = { signal: new AbortController().signal, lease: (options = {}) => pool.lease(options) };
  return {
    failures,
    step: () => step(scope),
    wait(ms) {
      now += ms;
    },
    async drain() {
      const totals: Record<string, number> = {};
      for (let report = await step(scope); report.worked; report = await step(scope)) {
        for (const [name, count] of Object.entries(report.counts ?? {}))
          totals[name] = (totals[name] ?? 0) + count;
      }
      return totals;
    },
  };
}
