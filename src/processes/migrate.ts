import { createLog } from "../log.ts";
import { systemClock } from "../resilience/mod.ts";
import { migrate } from "../schema/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { configOrExit, requireSetting } from "./_process.ts";

// Applies what is missing and exits. Straight to Postgres: locks held by a session do not survive a pooler.
refuseArguments(
  "migrate",
  "Applies the migrations that are missing over DIRECT_DATABASE_URL, and provides the login of DATABASE_URL.",
);
const config = configOrExit();
const log = createLog({ process: "migrate", level: config.logLevel, clock: systemClock });
const loginUrl = requireSetting(config.database.url, "DATABASE_URL").reveal();
const ownerUrl = (config.database.directUrl ?? requireSetting(config.database.url, "DATABASE_URL")).reveal();
try {
  const { applied } = await migrate(
    { ownerUrl, loginUrl },
    { observe: ({ type, ...fields }) => log.info(`schema.${type}`, type.replaceAll("_", " "), fields) },
  );
  log.info("schema.migrated", `Applied ${applied.length} migration(s)`, { applied });
} catch (error) {
  log.error("schema.migrate_failed", "Could not migrate", { error });
  process.exit(1);
}
