import type { Log } from "../log.ts";
import type { SettlementFailure } from "../settlement/mod.ts";
import type { LoopEvent } from "../worker/mod.ts";

/** What becomes of settlement's steps and of the bets that resist, as log lines. */
export interface SettlementLog {
  stepped(event: LoopEvent): void;
  betFailed(failure: SettlementFailure): void;
}

/** A step that did nothing says nothing, and a database that stays away is told once, and again when it is back. */
export function createSettlementLog(log: Log): SettlementLog {
  let failures = 0;
  return {
    stepped(event) {
      if (event.type === "step_failed") {
        failures += 1;
        const fields = { error: event.error };
        if (failures === 1) log.error("settlement.step_failed", "Settlement fails. Bets wait", fields);
        return;
      }
      if (failures > 0) log.info("settlement.recovered", "Settlement works again", { failures });
      failures = 0;
      const { worked, counts = {} } = event.report;
      if (!worked) return;
      const fields = { ...counts, took_ms: Math.round(event.tookMs) };
      log.info("settlement.step_done", `Settled ${counts["settled"] ?? 0} bets`, fields);
    },
    betFailed({ tenantId, eventId, betId, failure, quarantined }) {
      const fields = { tenant_id: tenantId, event_id: eventId, bet_id: betId, failure };
      if (quarantined) log.error("settlement.bet_quarantined", `Gave up on bet ${betId}`, fields);
      else log.warn("settlement.bet_failed", `Could not settle bet ${betId}`, fields);
    },
  };
}
