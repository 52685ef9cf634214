/** Numbered SQL migrations and the function that applies them. */
export { type MigrateEvent, type MigrateOptions, MigrationChangedError, migrate } from "./migrate.ts";
