import { type Config, ConfigError, parseConfig } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { type Clock, type Random, systemClock } from "../resilience/mod.ts";

/** What an entry file builds its process from. */
export interface ProcessContext {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  /** Whatever is opened goes in here and is closed in reverse, the listener before the pool it uses. */
  readonly scope: AsyncDisposableStack;
  /** Aborts on SIGTERM, SIGINT or a crash. */
  readonly stopping: AbortSignal;
  /** Ends the process with code 1 after the same orderly close, as when a loop cannot go on. */
  crash(error: unknown): void;
}

/** EX_CONFIG of sysexits.h: starting again without a change is useless. */
const EXIT_CONFIG = 78;
/** Added to the drain deadline before the process is ended whatever still runs; below the kill timeout of fly.toml. */
const CLOSE_GRACE_MS = 4000;

/**
 * Runs one process group: reads the environment, opens, and returns; the open listener or loop keeps the process alive.
 *
 * Nothing is awaited for ever here: while an entry file's top-level await is pending, Bun survives an uncaught error
 * without a word. A floating rejection ends the process in order instead: logged, drained, code 1.
 */
export async function runProcess(
  name: string,
  open: (context: ProcessContext) => Promise<void>,
): Promise<void> {
  const config = configOrExit();
  const log = createLog({ process: name, level: config.logLevel, clock: systemClock });
  const stop = new AbortController();
  const scope = new AsyncDisposableStack();
  let exitCode = 0;

  const close = async (): Promise<void> => {
    const deadline = setTimeout(() => {
      log.error("process.close_timed_out", "Ending without an orderly close, as it took too long");
      process.exit(exitCode || 1);
    }, config.http.drainMs + CLOSE_GRACE_MS);
    await scope.disposeAsync().catch((error: unknown) => {
      exitCode = 1;
      log.error("process.close_failed", "Could not close in order", { error });
    });
    clearTimeout(deadline);
    log.info("process.stopped", `Stopped ${name}`, { exit_code: exitCode });
    process.exit(exitCode);
  };
  const end = (reason: string, code: number): void => {
    exitCode ||= code;
    if (stop.signal.aborted) return;
    log.info("process.stopping", `Stopping ${name}: ${reason}`, { reason });
    stop.abort(new DOMException(`Process is stopping: ${reason}`, "AbortError"));
    void close();
  };
  const crash = (error: unknown): void => {
    log.error("process.crashed", `Ending ${name} after an error nobody caught`, { error });
    end("crash", 1);
  };
  process.on("SIGTERM", () => end("SIGTERM", 0));
  process.on("SIGINT", () => end("SIGINT", 0));
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);

  const context = {
    config,
    log,
    clock: systemClock,
    random: Math.random,
    scope,
    stopping: stop.signal,
    crash,
  };
  await open(context).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) return crash(error);
    process.stderr.write(`${error.message}\n`);
    end("its settings cannot be used", EXIT_CONFIG);
  });
}

/** The environment's settings, or the end of the process with every fault named. */
export function configOrExit(): Config {
  try {
    return parseConfig(Bun.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

/** A setting this process cannot do without. */
export function requireSetting<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  process.stderr.write(`${new ConfigError([`${name} must be set for this process`]).message}\n`);
  process.exit(EXIT_CONFIG);
}
