import { createVitals, servePrivate } from "../health/mod.ts";
import type { Log } from "../log.ts";
import { openPool } from "../pool/mod.ts";
import { type SettlementFailure, settlementStep } from "../settlement/mod.ts";
import { type LoopEvent, startLoop } from "../worker/mod.ts";
import { requireSetting, runProcess } from "./_process.ts";

/** A batch is ten statements over some hundred bets; what takes longer than this is stuck behind a lock. */
const DEADLINE_MS = 15_000;
/** A batch's statements may take some hundred milliseconds each; that is no sign of a sick database. */
const OVERDUE_MS = 5000;

/** Turns results into payments. Any number may run at once: each bet is paid by one of them, once. */
await runProcess("worker_settlement", async ({ config, log, clock, random, scope, stopping, crash }) => {
  const url = requireSetting(config.database.url, "DATABASE_URL").reveal();
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
  const pool = scope.use(openPool({ url, ...names, ...settings }, { clock, random }));
  const vitals = createVitals(
    { process: "worker_settlement", isDraining: () => stopping.aborted },
    { clock },
  );
  vitals.watchPool("settlement", pool);
  scope.use(servePrivate({ hostname: config.http.hostname, port: config.ops.port }, { vitals, clock }));

  const step = settlementStep({ clock, stopping, observe: (failure) => logFailure(log, failure) });
  const loop = scope.use(
    startLoop(
      { name: "settlement", restMs: config.settlement.pollMs, step },
      { pool, clock, random, observe: (event) => logStep(log, event) },
    ),
  );
  vitals.watchLoop("settlement", loop);
  loop.finished.catch(crash);
  const fields = { poll_ms: config.settlement.pollMs, metrics_port: config.ops.port, ...settings };
  log.info("worker_settlement.started", "Settling bets as results come in", fields);
});

/** A step that did nothing says nothing: it happens every second. */
function logStep(log: Log, event: LoopEvent): void {
  if (event.type === "step_failed") {
    log.error("settlement.step_failed", "A step of settlement failed", { error: event.error });
    return;
  }
  const { worked, counts = {} } = event.report;
  if (!worked) return;
  log.info("settlement.step_done", `Settled ${counts["settled"] ?? 0} bets`, {
    ...counts,
    took_ms: Math.round(event.tookMs),
  });
}

function logFailure(log: Log, { tenantId, eventId, betId, failure, quarantined }: SettlementFailure): void {
  const fields = { tenant_id: tenantId, event_id: eventId, bet_id: betId, failure };
  if (quarantined) log.error("settlement.bet_quarantined", `Gave up on bet ${betId}`, fields);
  else log.warn("settlement.bet_failed", `Could not settle bet ${betId}`, fields);
}
