import type { ArrivalOptions } from "./arrivals.ts";
import type { LoadOptions } from "./generator.ts";

/** What the generator's process is told: everything but the arrivals, which it draws itself from the seed. */
export interface LoadPlan extends Omit<LoadOptions, "arrivals">, ArrivalOptions {
  readonly seed: number;
}
