import { resolve } from "node:path";
import { findFreePort } from "../harness/mod.ts";

const ENTRY = resolve(import.meta.dir, "../../src/processes/worker_odds.ts");

export interface OddsWorker extends AsyncDisposable {
  readonly child: Bun.Subprocess<"ignore", "pipe", "pipe">;
  get(path: string): Promise<Response>;
  /** The events it logged, once it has ended. */
  events(): Promise<{ event: string; [field: string]: unknown }[]>;
}

/** The worker as its process group runs it, or another build of it. Disposing kills it if it still lives. */
export async function startOddsWorker(
  env: Readonly<Record<string, string>>,
  entry: string = ENTRY,
): Promise<OddsWorker> {
  const port = await findFreePort();
  const child = Bun.spawn([process.execPath, entry], {
    env: {
      PATH: Bun.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      METRICS_PORT: `${port}`,
      DRAIN_TIMEOUT: "2",
      LOG_LEVEL: "info",
      FEED_ALLOW_PRIVATE_HOSTS: "127.0.0.1",
      ...env,
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const output = child.stdout.text();
  return {
    child,
    get: (path) => fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }),
    events: async () =>
      (await output)
        .trim()
        .split("\n")
        .filter((line) => line !== "")
        .map((words): { event: string; [field: string]: unknown } => JSON.parse(words)),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
