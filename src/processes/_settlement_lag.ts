import type { StatusPart, Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type SettlementLag, selectSettlementLag } from "../settlement/mod.ts";
import { type Loop, startLoop } from "../worker/mod.ts";

export interface SettlementLagDeps {
  /** Of a role that may read what waits. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly vitals: Pick<Vitals, "watchGauge" | "watchPart">;
}

const EVERY_MS = 2000;
/** A bet that fails is left alone for a minute; what takes longer than this has a cause that somebody should look at. */
const TOLD_FROM_MS = 60_000;

/**
 * Looks every other second how long the oldest facts wait to be settled, for the metrics and the status page. While the database cannot be
 * asked it goes on counting from the last look: what waited then waits still.
 */
export function startSettlementLag({ log, vitals, ...deps }: SettlementLagDeps): Loop {
  const { clock } = deps;
  let looked = false;
  let lag: SettlementLag | undefined;
  let failing = false;
  const lagMs = () => (lag === undefined ? 0 : Math.max(0, clock.epochMs() - lag.since.getTime()));
  const told = (value: () => number) => () => (looked ? value() : undefined);
  vitals.watchGauge(
    "linehold_settlement_lag_seconds",
    "How long the oldest facts have waited that are not settled; 0 while none wait",
    told(() => lagMs() / 1000),
  );
  vitals.watchGauge(
    "linehold_settlement_waiting",
    "Pairs of an event and a tenant whose newest facts are not settled",
    told(() => lag?.waiting ?? 0),
  );
  vitals.watchPart("settlement", () => partOf(lag, lagMs()));
  return startLoop(
    {
      name: "lag",
      restMs: EVERY_MS,
      async step(scope) {
        await using lease = await scope.lease({ criticality: "report" });
        lag = await selectSettlementLag(lease.connection);
        looked = true;
        return { worked: false };
      },
    },
    {
      ...deps,
      observe(event) {
        const isFailed = event.type === "step_failed";
        if (isFailed && !failing)
          log.warn("settlement.lag_unknown", "Cannot look how far settlement is behind", {
            error: event.error,
          });
        failing = isFailed;
      },
    },
  );
}

function partOf(lag: SettlementLag | undefined, lagMs: number): StatusPart {
  if (lag === undefined) return { detail: { lagSeconds: 0, waiting: 0 }, words: [] };
  const { since, eventId, tenantId, waiting } = lag;
  const oldestSince = since.toISOString();
  const lagSeconds = Math.round(lagMs / 1000);
  const others = waiting === 1 ? "" : `, and ${waiting - 1} more wait behind them`;
  return {
    detail: { lagSeconds, waiting, oldestSince, eventId, tenantId },
    words:
      lagMs < TOLD_FROM_MS
        ? []
        : [
            `Settlement is ${lagSeconds} s behind: facts of event ${eventId} wait since ${oldestSince} for the bets of tenant ${tenantId}${others}. Nobody is paid wrongly meanwhile, only late. Look at settlement.step_failed and settlement.bet_failed in the log and at locks in pg_stat_activity; more workers share the work.`,
          ],
  };
}
