import { isGood } from "../../tests/incident/load/outcome.ts";
import { startLoad } from "../../tests/incident/load/process.ts";
import { latencyOf } from "../../tests/incident/report/percentile.ts";
import type { Server } from "./server.ts";
import { TENANTS } from "./stage.ts";

/**
 * Requests a second. The generator that asks, unlike wrk, whether or not the one before was answered is a script on the same two
 * cores: far above this its own delays would be what is measured.
 */
export const OPEN_RATE = 1000;

/** The generator is a new process: what it measures while its own code is cold is not counted. */
const WARM_UP_MS = 1000;
const SLICE_MS = 1500;

/** An answer of the open loop that was not the theme. */
export class WrongAnswersError extends Error {
  override readonly name = "WrongAnswersError";
  readonly code = "wrong_answers";
}

/** Milliseconds from when a request was due to its last byte, at the 99th percentile of one slice. */
export async function openLoopP99({ port }: Pick<Server, "port">): Promise<number> {
  await using load = await startLoad({
    hostname: "127.0.0.1",
    port,
    rate: OPEN_RATE,
    durationMs: WARM_UP_MS + SLICE_MS,
    heldTenants: TENANTS.length,
    newShare: 0,
    healthEveryMs: 1000,
    clientDeadlineMs: 5000,
    connectionsMax: 512,
    seed: 20_251_123,
  });
  load.begin();
  const { outcomes } = await load.result;
  const visits = outcomes.filter(({ atMs, audience }) => audience === "held" && atMs >= WARM_UP_MS);
  const wrong = visits.filter((visit) => !isGood(visit));
  if (wrong.length > 0)
    throw new WrongAnswersError(
      `Cannot use the open loop as ${wrong.length} of ${visits.length} answers were wrong, the first ${JSON.stringify(wrong[0])}`,
    );
  return latencyOf(visits.map(({ tookMs }) => tookMs)).p99Ms;
}
