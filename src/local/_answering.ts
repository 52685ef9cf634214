import type { Config } from "../config.ts";
import type { StackPorts } from "./_stack_ports.ts";

const ANSWER_MS = 20_000;

/**
 * The names of the processes that do not pass their health check within 20 s. They are left to their restarts: the others
 * may serve meanwhile.
 */
export async function findSilent(
  { config, ports }: { readonly config: Config; readonly ports: StackPorts },
  stopping: AbortSignal,
): Promise<string[]> {
  const { hostname } = config.http;
  const host = ["0.0.0.0", "::"].includes(hostname) ? "127.0.0.1" : hostname;
  const checks = {
    web: `http://${host}:${ports.web}/readyz`,
    worker_odds: `http://${host}:${ports.oddsOps}/healthz`,
    worker_settlement: `http://${host}:${ports.settlementOps}/healthz`,
  };
  const deadline = AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_MS)]);
  const silent = Object.entries(checks).map(async ([name, url]) =>
    (await answersBefore(url, deadline)) ? [] : [name],
  );
  return (await Promise.all(silent)).flat();
}

async function answersBefore(url: string, deadline: AbortSignal): Promise<boolean> {
  while (!deadline.aborted) {
    const signal = AbortSignal.any([deadline, AbortSignal.timeout(1000)]);
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok) return true;
    await Bun.sleep(40);
  }
  return false;
}
