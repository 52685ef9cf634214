/** The read pipeline: fresh, else one shared load behind deadline, retry and breaker, else stale, else default. */
export type { Outcome, ReadState } from "./outcome.ts";
export {
  createReads,
  type ReadEvent,
  type Reader,
  type ReadPlan,
  type Reads,
  type ReadsDeps,
  type WarmOptions,
} from "./reads.ts";
