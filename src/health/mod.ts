/** Is this process alive, does it want traffic, what do its visitors get, how old is its last step. */
export { schemas as healthSchemas } from "./contract.ts";
export {
  createDegradationReporter,
  type DegradationCounts,
  type DegradationReporter,
  type DegradationWords,
} from "./degradation.ts";
export {
  createLevers,
  type LeverEvent,
  type Levers,
  type LeversDeps,
  type Resized,
} from "./levers.ts";
export { type PrivateDeps, type PrivateOptions, servePrivate } from "./private.ts";
export { createProbes } from "./probes.ts";
export { healthRoutes } from "./routes.ts";
export type { Status, StatusPart } from "./status.ts";
export { createVisitors, type Visitors, type VisitorsReport } from "./visitors.ts";
export { createVitals, type Vitals, type VitalsDeps, type VitalsOptions } from "./vitals.ts";
