import { type ChangeFollower, followChanges } from "../changes/mod.ts";
import type { Log } from "../log.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import type { Loop } from "../worker/mod.ts";

export interface SettlementWakeOptions {
  /** Straight to Postgres; without it changes are found by looking alone. */
  readonly listenUrl: string | undefined;
}

export interface SettlementWakeDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly loop: Pick<Loop, "wake">;
}

/** As web looks: what nobody woke us for is found after this long. The loop steps by itself besides. */
const POLL_MS = 500;

/** Wakes settlement when facts are recorded, whoever records them. What it misses, the loop's own rest makes up for. */
export function wakeOnFacts(
  { listenUrl }: SettlementWakeOptions,
  { log, loop, ...deps }: SettlementWakeDeps,
): ChangeFollower {
  return followChanges(
    { listenUrl, pollMs: POLL_MS },
    {
      ...deps,
      onChange({ topic }) {
        if (topic === "facts") loop.wake();
      },
      onResync: () => loop.wake(),
      observe(event) {
        // That changes cannot be read is that the database is away, of which the loop itself tells.
        if (event.type !== "listener_changed") return;
        if (event.listening) log.info("settlement.listening", "Hears of facts as they are committed");
        else log.warn("settlement.listener_lost", `Hears of facts no more, looks every ${POLL_MS} ms`);
      },
    },
  );
}
