/** The fault matrix: the real pool and the real reads under real faults, and what becomes of them without each guard. */
export { type CancelPlay, type CancelTally, cancelAtRandom, playCancels } from "./cancels.ts";
export { type Cell, FAULTS, type FaultName, nameOf } from "./cells.ts";
export { type Ground, openGround } from "./ground.ts";
export { GUARD_NAMES, type GuardName } from "./guards.ts";
export { HANG, type HangPlay, type HangResult, hangGuarded, hangNaive, playHang } from "./hang.ts";
export type { Finding } from "./judge.ts";
export { playGuards, playMatrix } from "./matrix.ts";
export { idleGuards, redCells, renderGuards, renderMatrix } from "./report.ts";
