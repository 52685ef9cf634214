/** What the tests stand on: a real Postgres, faults on the way to it, a clock moved by hand, seeded chance, stored data. */
export { type ManualClock, manualClock } from "./clock.ts";
export { dataPath } from "./data.ts";
export { openDatabase, type TestDatabase } from "./database.ts";
export { type FaultMode, type FaultProxy, openFaultProxy } from "./fault_proxy.ts";
export { isAlive, temporaryFolder } from "./folders.ts";
export { findPooler, openPooler, type RunningPooler } from "./pgbouncer.ts";
export { findFreePort } from "./ports.ts";
export { seededRandom } from "./random.ts";
export { suiteServer } from "./suite_server.ts";
export { takeTurns } from "./turns.ts";
export { until } from "./until.ts";
