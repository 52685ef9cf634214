/** The one-machine stack of `bun start`: embedded Postgres, demo tenants, the launcher. Never in the image. */
export { watchStarter } from "./_starter.ts";
export { answers } from "./_supervise.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  findEmbeddedPostgres,
  openEmbeddedPostgres,
} from "./embedded_postgres.ts";
export { EmbeddedPostgresError } from "./errors.ts";
export { exhaust, type Fault, freeze, kill, slow, type Victim } from "./faults.ts";
export { launch } from "./launch.ts";
export { mergeOutput } from "./merged_output.ts";
