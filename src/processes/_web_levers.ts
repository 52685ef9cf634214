import { createLevers, type LeverEvent, type LeversDeps } from "../health/mod.ts";
import type { Log } from "../log.ts";

/** The levers of `web`, each pull a line in the log. */
export function openLevers(deps: Omit<LeversDeps, "observe">, { log }: { readonly log: Log }) {
  return createLevers({ ...deps, observe: (event) => tell(log, event) });
}

function tell(log: Log, event: LeverEvent): void {
  const [message, fields] = lineOf(event);
  log.warn("ops.lever_pulled", `An operator pulled ${message}`, fields);
}

function lineOf(event: LeverEvent): [message: string, fields: Record<string, unknown>] {
  if (event.kind === "lever_switched") {
    const { lever, on } = event;
    return [`/${lever}${on ? "" : "?off"}`, { lever, on }];
  }
  if (event.kind === "lever_renewed") {
    const { pools } = event;
    return [`/renew: every connection of ${pools.join(", ")} is replaced`, { lever: "renew", pools }];
  }
  const { before, max, min, pool } = event;
  const message = `/resize: the ${pool} pool has ${max} connections at most and keeps ${min}`;
  return [message, { lever: "resize", pool, max, min, before }];
}
