/** Lets stopped processes go on should this process end before it does so itself. Disposing lets them go on too. */
export interface Lifeline extends AsyncDisposable {
  /** Which processes; in place of those named before. */
  hold(pids: readonly number[]): void;
}

// Reads until our end of the pipe is gone, however we ended. A stopped server cannot even be told to shut down: the signal that
// the kernel sends it at our death would wait for ever.
const SCRIPT =
  'pids=; while read -r line; do pids=$line; done; [ -z "$pids" ] || kill -CONT $pids 2>/dev/null; exit 0';

/** A shell of its own session, so that whatever kills our group leaves it be. */
export function openLifeline(): Lifeline {
  const shell = Bun.spawn(["/bin/sh", "-c", SCRIPT], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    detached: true,
  });
  shell.unref();
  return {
    hold(pids) {
      shell.stdin.write(`${pids.join(" ")}\n`);
      shell.stdin.flush();
    },
    async [Symbol.asyncDispose]() {
      await shell.stdin.end();
      await shell.exited;
    },
  };
}
