/** The read pipeline: fresh, else one shared load behind deadline, retry and breaker, else stale, else default. */
export type { Outcome, ReadState } from "./outcome.ts";
export type { Reader, ReadPlan, SnapshotCodec, WarmOptions } from "./plan.ts";
export type { ReadEvent } from "./reader.ts";
export { createReads, type Reads, type ReadsDeps } from "./reads.ts";
export { SnapshotRefusedError } from "./snapshot.ts";
