/** Random histories of players, operators and crashes, held against a plain model: what `bun run model` and the suite run. */
export { closeSuiteServer } from "../harness/suite_server.ts";
export { openDatabase } from "../harness/test_database.ts";
export { type HistoriesReport, runHistories } from "./run_histories.ts";
