/** Small changes of what grades and pays, and whether the tests notice. */
export { AREAS, type Area } from "./areas.ts";
export { listMutants } from "./list_mutants.ts";
export { openMemory } from "./memory.ts";
export { idOf, inShort, OPERATORS } from "./mutant.ts";
export { explanationsOf, inWords, type Report, reportOf } from "./report.ts";
export { BaselineError, type Remembered, runMutants, type Tried } from "./run_mutants.ts";
export { SURVIVORS } from "./survivors.ts";
