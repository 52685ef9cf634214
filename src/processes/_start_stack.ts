import { join } from "node:path";
import { ConfigError } from "../config.ts";
import { launch, mergeOutput, watchStarter } from "../local/mod.ts";
import { createLog } from "../log.ts";
import { systemClock } from "../resilience/mod.ts";
import { configOrExit } from "./_process.ts";

/** All is to have ended by then, in order or not. */
const STOP_WITHIN_MS = 9500;

/** Runs `bun start`: everything on this machine, until SIGTERM, Ctrl-C or the end of the command that started it. */
export async function startStack(): Promise<void> {
  const config = configOrExit();
  const output = mergeOutput({
    readable: process.stdout.isTTY === true,
    now: () => new Date(systemClock.epochMs()),
    write: (text) => process.stdout.write(text),
  });
  const write = (line: string) => output.line("start", line.trimEnd());
  const log = createLog({ process: "start", level: config.logLevel, clock: systemClock, write });
  const scope = new AsyncDisposableStack();
  const stop = new AbortController();
  let exitCode = 0;

  const end = (reason: string, code: number): void => {
    exitCode ||= code;
    if (stop.signal.aborted) return;
    log.info("start.stopping", `Stopping everything: ${reason}`, { reason });
    stop.abort(new DOMException(`Linehold is stopping: ${reason}`, "AbortError"));
    void close();
  };
  const close = async (): Promise<void> => {
    // The database and the processes end with us in any case, where the system can see to it; elsewhere the next start does.
    setTimeout(() => process.exit(exitCode || 1), STOP_WITHIN_MS);
    await scope.disposeAsync().catch((error: unknown) => {
      exitCode = 1;
      log.error("start.stop_failed", "Could not stop in order", { error });
    });
    log.info("start.stopped", "Stopped", { exit_code: exitCode });
    process.exit(exitCode);
  };
  const crash = (error: unknown): void => {
    if (stop.signal.aborted && error === stop.signal.reason) return;
    const why = error instanceof Error ? error.message : "an unknown failure";
    log.error(
      "start.failed",
      why,
      error instanceof Error && "code" in error ? { code: error.code } : { error },
    );
    end("it cannot go on", error instanceof ConfigError ? 78 : 1);
  };
  process.on("SIGTERM", () => end("SIGTERM", 0));
  process.on("SIGINT", () => end("Ctrl-C", 0));
  process.on("SIGHUP", () => end("the terminal closed", 0));
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);

  const byScript = Bun.env["npm_lifecycle_event"] === "start";
  scope.use(watchStarter((command) => end(`what started it has ended: ${command}`, 0), { byScript }));
  const root = join(import.meta.dir, "../..");
  const deps = { log, output, scope, stopping: stop.signal, crash, random: Math.random };
  await launch({ config, env: Bun.env, root }, deps).catch(crash);
}
