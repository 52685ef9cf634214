/** A loop that steps, rests, beats and stops, among many copies of itself. */
export { LeaseHeldError, StepWedgedError } from "./errors.ts";
export {
  type Beat,
  type Loop,
  type LoopEvent,
  type LoopOptions,
  type StepReport,
  startLoop,
} from "./loop.ts";
export type { StepScope } from "./scope.ts";
