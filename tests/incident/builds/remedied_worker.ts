/** The first system's background workers as the second remedy has them: in a process and on a pool of their own. */
import { systemClock } from "../../../src/resilience/mod.ts";
import { workInBackground } from "./background_work.ts";
import { openPsycopgPool } from "./psycopg_pool.ts";
import { readBuildSettings } from "./settings.ts";

const { databaseUrl } = readBuildSettings(Bun.env);
const pool = openPsycopgPool({ url: databaseUrl, min: 1, max: 5, timeoutMs: 10_000 }, { clock: systemClock });

workInBackground((text, values) => pool.use((client) => client.query(text, [...values])), {
  clock: systemClock,
  random: Math.random,
});
console.log("working");
