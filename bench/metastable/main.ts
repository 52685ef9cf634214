/** `bun run bench metastable`: whether service returns when the fault is gone and only its visitors' retries are left. */
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { type IncidentDatabase, openIncidentDatabase } from "../../tests/incident/database.ts";
import { runBench } from "../measure/run.ts";
import { startService } from "../service/service.ts";
import {
  judgeMetastable,
  METASTABLE,
  type MetastableRow,
  measureMetastable,
  metastableTable,
  TRIGGERS,
} from "./metastable.ts";

await runBench("metastable", async ({ seconds }, { progress }) => {
  const rows: MetastableRow[] = [];
  let key = 0;
  const deps = { clock: systemClock, keys: () => (key += 1) };
  const settings = (database: IncidentDatabase) => ({
    databaseUrl: database.postgres.loginUrl,
    namesTenants: true,
    ...METASTABLE,
  });
  {
    await using database = await openMigrated();
    // One process for all three: it must come through without a restart.
    await using service = await startService("guarded", settings(database));
    for (const trigger of TRIGGERS) {
      progress(`linehold, ${trigger}`);
      rows.push(await measureMetastable({ build: "linehold", database, service, trigger, seconds }, deps));
    }
  }
  for (const trigger of TRIGGERS) {
    progress(`naive, ${trigger}`);
    // A process and a database for each: what the one before left behind would be its excuse.
    await using database = await openMigrated();
    await using service = await startService("naive", settings(database));
    rows.push(await measureMetastable({ build: "naive", database, service, trigger, seconds }, deps));
  }
  return {
    tables: [metastableTable(rows)],
    rows: { metastable: rows },
    verdicts: judgeMetastable(rows),
  };
});

async function openMigrated(): Promise<IncidentDatabase> {
  const database = await openIncidentDatabase();
  await migrate(database.postgres);
  return database;
}
