import { join } from "node:path";
import type { TestDatabase } from "../harness/mod.ts";

const ROOT = join(import.meta.dir, "../..");

/** A settler running as a process of its own. */
export interface Settler extends AsyncDisposable {
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, as a deploy does; its exit code. */
  stop(): Promise<number>;
}

/** Starts a settler over a database and waits until it says that it has started. */
export async function startSettler(script: string, database: TestDatabase): Promise<Settler> {
  const child = Bun.spawn([process.execPath, join(ROOT, script)], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      METRICS_PORT: "0",
      DATABASE_URL: database.url,
      // Only the naive settler reads it: it knows of no roles.
      OWNER_URL: database.ownerUrl,
      WORKER_DB_MAX_CONN: "2",
      SETTLEMENT_POLL_INTERVAL: "0.05",
    },
    stdout: "pipe",
    stderr: "inherit",
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  if (!(await says(child.stdout, ".started"))) {
    await kill();
    throw new TypeError(`Cannot start the settler: it ended with ${child.exitCode}`);
  }
  return {
    kill,
    async stop() {
      child.kill("SIGTERM");
      return await child.exited;
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Whether a text appears in the output before it ends. What follows is read too, or its writer would come to stand still. */
function says(output: ReadableStream<Uint8Array>, wanted: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const decoder = new TextDecoder();
  let said = "";
  const read = async () => {
    for await (const bytes of output) {
      if (said.includes(wanted)) continue;
      said += decoder.decode(bytes, { stream: true });
      if (said.includes(wanted)) resolve(true);
    }
    resolve(false);
  };
  read().catch(() => resolve(false));
  return promise;
}
