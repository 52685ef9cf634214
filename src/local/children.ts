import type { Log } from "../log.ts";
import { type Random, sleep, systemClock } from "../resilience/mod.ts";
import { boundToUs } from "./_server_user.ts";
import { type MergedOutput, readLines } from "./merged_output.ts";

/** One process of the stack. */
export interface ChildSpec {
  /** Its label among the lines, as `worker_odds`. */
  readonly name: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ChildDeps {
  readonly log: Log;
  readonly random: Random;
  readonly output: MergedOutput;
  /** Told of each process as it starts. */
  readonly onStarted: (name: string, pid: number) => void;
  /** Told that starting again is useless, as the child's settings are wrong (exit code 78). */
  readonly onMisconfigured: (name: string) => void;
}

/** A process that is started again when it ends by itself. Disposing ends it: SIGTERM, then SIGKILL after 5 s. */
export interface Child extends AsyncDisposable {
  readonly name: string;
  pid(): number;
}

const EXIT_CONFIG = 78;
const STEADY_MS = 10_000;
const STOP_MS = 5000;

/** Starts it and keeps it running, with pauses that grow from 0.2 to 5 s while it does not stay up for 10 s. */
export function superviseChild(spec: ChildSpec, deps: ChildDeps): Child {
  const { log, onMisconfigured, random } = deps;
  const stopping = new AbortController();
  let child = spawn(spec, deps);
  const kept = keepUp();
  return {
    name: spec.name,
    pid: () => child.pid,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await endWithin(child, STOP_MS, () =>
        log.warn("start.child_killed", `Killed ${spec.name}, which did not stop within ${STOP_MS / 1000} s`),
      );
      await kept;
    },
  };

  async function keepUp(): Promise<void> {
    let failures = 0;
    for (;;) {
      const startedAt = performance.now();
      await child.exited;
      if (stopping.signal.aborted) return;
      const how = child.signalCode ?? `code ${child.exitCode}`;
      if (child.exitCode === EXIT_CONFIG) {
        log.error("start.child_misconfigured", `${spec.name} ended (${how}): its settings are wrong`);
        onMisconfigured(spec.name);
        return;
      }
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      const pauseMs = Math.min(5000, 200 * 2 ** Math.min(failures, 6)) * (0.75 + random() / 2);
      log.warn("start.child_ended", `${spec.name} ended (${how}), starting it again`, {
        pause_ms: Math.round(pauseMs),
      });
      await sleep(pauseMs, { clock: systemClock, signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      child = spawn(spec, deps);
    }
  }
}

type Running = Bun.Subprocess<"ignore", "pipe", "pipe">;

function spawn({ argv, env, name }: ChildSpec, { onStarted, output }: ChildDeps): Running {
  const child = Bun.spawn(boundToUs(argv, { deathSignal: "TERM" }).argv, {
    env: { ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    // A group of its own: the Ctrl-C of a terminal goes to the launcher alone, which ends all in their order.
    detached: true,
  });
  void readLines(child.stdout, (line) => output.line(name, line));
  void readLines(child.stderr, (line) => output.line(name, line, "warn"));
  onStarted(name, child.pid);
  return child;
}

async function endWithin(child: Running, ms: number, onLate: () => void): Promise<void> {
  child.kill("SIGTERM");
  const late = setTimeout(() => {
    onLate();
    child.kill("SIGKILL");
  }, ms);
  await child.exited;
  clearTimeout(late);
}
