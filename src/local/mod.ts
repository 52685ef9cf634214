/** The one-machine stack of `bun start`: embedded Postgres, demo tenants, the launcher. Never in the image. */
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  findEmbeddedPostgres,
  openEmbeddedPostgres,
} from "./embedded_postgres.ts";
export { EmbeddedPostgresError } from "./errors.ts";
