import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import type { PoolEvent } from "../pool/mod.ts";

/** What happens in one pool, as log lines and as vitals. */
export function poolObserver(
  pool: string,
  { log, vitals }: { readonly log: Log; readonly vitals: Pick<Vitals, "observePool"> },
): (event: PoolEvent) => void {
  const count = vitals.observePool(pool);
  return (event) => {
    count(event);
    switch (event.type) {
      case "breaker_opened": {
        const { cause } = event;
        return log.warn("pool.breaker_opened", `The ${pool} pool refuses at once (${cause})`, {
          pool,
          cause,
        });
      }
      case "breaker_closed": {
        const open_ms = Math.round(event.openMs);
        return log.info("pool.breaker_closed", `The ${pool} pool leases again`, { pool, open_ms });
      }
      case "lease_overheld": {
        const { borrower, heldMs } = event;
        const message = `A connection of the ${pool} pool is held for ${Math.round(heldMs / 1000)} s by one borrower`;
        // The stack names files of ours and nothing else.
        return log.warn("pool.lease_overheld", message, { pool, held_ms: Math.round(heldMs), borrower });
      }
    }
  };
}
