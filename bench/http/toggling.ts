import { freeze, type Victim } from "../../src/local/mod.ts";
import { sleep, systemClock } from "../../src/resilience/mod.ts";
import { provenanceOf } from "../../tests/incident/load/outcome.ts";
import type { Server } from "./server.ts";
import { askTheme } from "./stage.ts";

/** A server whose answers do not become what they must be: the comparison would be of something else. */
export class StateNotReachedError extends Error {
  override readonly name = "StateNotReachedError";
  readonly code = "state_not_reached";
}

const WAIT_MS = 15_000;
/** After the first stale answer the other tenants' entries run out too, and the breaker makes up its mind. */
const SETTLE_MS = 1200;

/** Freezes the database, does the work once every answer is stale, thaws it, and returns when answers are fresh again. */
export async function whileFrozen<T>(server: Server, victim: Victim, work: () => Promise<T>): Promise<T> {
  let result: T;
  {
    await using _frozen = await freeze(victim);
    await untilServed(server, "stale");
    await sleep(SETTLE_MS, { clock: systemClock });
    result = await work();
  }
  await untilServed(server, "fresh");
  await sleep(SETTLE_MS, { clock: systemClock });
  return result;
}

async function untilServed(server: Server, provenance: "fresh" | "stale"): Promise<void> {
  const endAt = systemClock.now() + WAIT_MS;
  while (systemClock.now() < endAt) {
    const { headers } = await askTheme(server);
    if (provenanceOf(headers.get("cache-status")) === provenance) return;
    await sleep(20, { clock: systemClock });
  }
  throw new StateNotReachedError(
    `Cannot compare as ${server.name} did not serve ${provenance} in ${WAIT_MS} ms`,
  );
}
