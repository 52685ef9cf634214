/** The read pipeline: fresh, else one shared load behind deadline, retry and breaker, else stale, else default. */

export type { ReadEvent } from "./loads.ts";
export type { Outcome, ReadState } from "./outcome.ts";
export type { Reader, ReadOptions, ReadPlan, SnapshotCodec, WarmOptions } from "./plan.ts";
export { createReads, type ReaderStats, type Reads, type ReadsDeps, type ReadsParts } from "./reads.ts";
export { SnapshotRefusedError } from "./snapshot.ts";
