import type { Config } from "../config.ts";
import { findPort, isFree } from "./_ports.ts";

/** Where the stack's processes listen. */
export interface StackPorts {
  readonly web: number;
  /** Private: metrics, status, health; one a process. */
  readonly webOps: number;
  readonly oddsOps: number;
  readonly settlementOps: number;
}

/** A port of the stack is taken; the message names the setting that moves it. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
  readonly code = "port_taken";
}

/**
 * `PORT`, and `METRICS_PORT` with the two after it for the workers, as each process has a private listener of its own. 0 means
 * any that is free.
 *
 * @throws {PortTakenError} Naming every one that is taken.
 */
export async function chooseStackPorts({ http, ops }: Config): Promise<StackPorts> {
  const first = ops.port === 0 ? await findPort() : ops.port;
  const ports = {
    web: http.port === 0 ? await findPort() : http.port,
    webOps: first,
    oddsOps: ops.port === 0 ? await findPort() : first + 1,
    settlementOps: ops.port === 0 ? await findPort() : first + 2,
  };
  const wanted = [
    { port: ports.web, says: "set PORT to another" },
    { port: ports.webOps, says: "set METRICS_PORT to another" },
    { port: ports.oddsOps, says: "worker_odds uses METRICS_PORT + 1, so set METRICS_PORT to another" },
    {
      port: ports.settlementOps,
      says: "worker_settlement uses METRICS_PORT + 2, so set METRICS_PORT to another",
    },
  ];
  const free = await Promise.all(wanted.map(({ port }) => port < 65_536 && isFree(port, http.hostname)));
  const taken = wanted.filter((_, index) => free[index] !== true);
  if (taken.length === 0) return ports;
  throw new PortTakenError(
    `Cannot start: ${taken.map(({ port, says }) => `port ${port} is taken (${says})`).join("; ")}`,
  );
}
