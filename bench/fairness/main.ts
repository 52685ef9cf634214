/** `bun run bench fairness`: what the other tenants notice when one sends fifty times its share. */
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { openIncidentDatabase } from "../../tests/incident/database.ts";
import { runBench } from "../measure/run.ts";
import { startService } from "../service/service.ts";
import { FAIRNESS, fairnessTable, judgeFairness, measureFairness } from "./fairness.ts";

/** With the bulkhead off nobody's p99 is in doubt, and each slice takes the queue's length to end. */
const ROUNDS_OFF_MAX = 5;

await runBench("fairness", async ({ rounds }, { progress }) => {
  progress("starting a Postgres");
  await using database = await openIncidentDatabase();
  await migrate(database.postgres);
  let key = 0;
  const deps = { clock: systemClock, keys: () => (key += 1), progress };
  const measure = async (name: string, namesTenants: boolean, times: number) => {
    const databaseUrl = database.postgres.loginUrl;
    await using service = await startService("guarded", { databaseUrl, namesTenants, ...FAIRNESS });
    return await measureFairness(name, { port: service.port, rounds: times }, deps);
  };
  const on = await measure("a share for each tenant", true, rounds);
  const off = await measure("one line for all", false, Math.min(rounds, ROUNDS_OFF_MAX));
  const rows = [on, off];
  return { tables: [fairnessTable(rows)], rows: { fairness: rows }, verdicts: judgeFairness(on, off) };
});
