/** `bun run bench reads`: what one read costs and how it fails, beside the caches that others would take. */

import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { openIncidentDatabase } from "../../tests/incident/database.ts";
import { runBench } from "../measure/run.ts";
import { linehold, PEERS, PROMISE_SHARING } from "./caches.ts";
import { failingTable, judgeFailing, measureFailing, measurePauses, pauseTable } from "./failing.ts";
import { hotTable, judgeHot, measureHot } from "./hot.ts";
import { hungTable, judgeHung, measureHung, measureStale, staleTable } from "./hung.ts";
import { judgeStampede, measureStampede, stampedeTable } from "./stampede.ts";

await runBench("reads", async ({ rounds }, { progress }) => {
  progress("starting a Postgres");
  await using database = await openIncidentDatabase();
  await migrate(database.postgres);
  await using pool = openPool(
    { url: database.postgres.loginUrl, role: "linehold_read", applicationName: "linehold bench" },
    { clock: systemClock, random: Math.random },
  );
  const ours = linehold(pool);
  const hot = await measureHot({ rounds }, { pool, progress });
  const stampede = await measureStampede([ours, ...PEERS], { rounds, progress });
  const failing = await measureFailing([PROMISE_SHARING, ours, ...PEERS], { progress });
  const pauses = [await measurePauses(PROMISE_SHARING), await measurePauses(ours)];
  const hung = await measureHung([ours, ...PEERS], { rounds, progress });
  const stale = await measureStale([ours, ...PEERS], { rounds, progress });
  return {
    tables: [
      hotTable(hot),
      stampedeTable(stampede),
      failingTable(failing),
      pauseTable(pauses),
      hungTable(hung),
      staleTable(stale),
    ],
    rows: { hot, stampede, failing, pauses, hung, stale },
    verdicts: [
      ...judgeHot(hot),
      ...judgeStampede(stampede),
      ...judgeFailing(failing, pauses),
      ...judgeHung(hung, stale),
    ],
  };
});
