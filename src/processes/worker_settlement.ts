import { createVitals, servePrivate } from "../health/mod.ts";
import { openPool } from "../pool/mod.ts";
import { settlementStep } from "../settlement/mod.ts";
import { startLoop } from "../worker/mod.ts";
import { refuseArguments } from "./_arguments.ts";
import { startChangesUpkeep } from "./_changes_upkeep.ts";
import { startCheckpointUpkeep } from "./_checkpoint_upkeep.ts";
import { startErasureUpkeep } from "./_erasure_upkeep.ts";
import { poolObserver } from "./_pool_log.ts";
import { requireSetting, runProcess } from "./_process.ts";
import { startSettlementLag } from "./_settlement_lag.ts";
import { createSettlementLog } from "./_settlement_log.ts";
import { wakeOnFacts } from "./_settlement_wake.ts";

/** A batch is ten statements over some hundred bets; what takes longer than this is stuck behind a lock. */
const DEADLINE_MS = 15_000;
/** A batch's statements may take some hundred milliseconds each; that is no sign of a sick database. */
const OVERDUE_MS = 5000;

/** Turns results into payments. Any number may run at once: each bet is paid by one of them, once. */
refuseArguments("worker:settlement", "Turns results into payments, each bet once.");
await runProcess("worker_settlement", async ({ config, log, clock, random, scope, stopping, crash }) => {
  const url = requireSetting(config.database.workerSettlementUrl, "DATABASE_URL").reveal();
  const { workerMax: max, connectTimeoutMs, idleTimeoutMs } = config.database;
  const settings = {
    max,
    min: 1,
    connectTimeoutMs,
    idleTimeoutMs,
    deadlineMs: DEADLINE_MS,
    overdueMs: OVERDUE_MS,
  };
  const names = { role: "linehold_settlement", applicationName: "linehold worker_settlement" };
  const vitals = createVitals(
    { process: "worker_settlement", isDraining: () => stopping.aborted },
    { clock },
  );
  const observe = poolObserver("settlement", { log, vitals });
  const pool = scope.use(openPool({ url, ...names, ...settings }, { clock, random, observe }));
  vitals.watchPool("settlement", pool);
  scope.use(servePrivate({ hostname: config.http.hostname, port: config.ops.port }, { vitals, clock }));

  const said = createSettlementLog(log);
  const step = settlementStep({ clock, stopping, observe: said.betFailed });
  const loop = scope.use(
    startLoop(
      { name: "settlement", restMs: config.settlement.pollMs, step },
      { pool, clock, random, observe: said.stepped },
    ),
  );
  vitals.watchLoop("settlement", loop);
  loop.finished.catch(crash);
  const listenUrl = config.database.listenUrl?.reveal();
  vitals.watchLoop("wake", scope.use(wakeOnFacts({ listenUrl }, { pool, clock, random, log, loop })));
  const upkeeps = {
    lag: startSettlementLag,
    changes: startChangesUpkeep,
    checkpoints: startCheckpointUpkeep,
    erasure: startErasureUpkeep,
  };
  for (const [name, start] of Object.entries(upkeeps)) {
    const upkeep = scope.use(start({ pool, clock, random, log, vitals }));
    vitals.watchLoop(name, upkeep);
    upkeep.finished.catch(crash);
  }
  const fields = { poll_ms: config.settlement.pollMs, metrics_port: config.ops.port, ...settings };
  log.info("worker_settlement.started", "Settling bets as results come in", fields);
});
