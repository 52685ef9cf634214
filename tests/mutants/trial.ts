import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How a test file went: `out_of_bounds` is one that had to be ended, as it took too much time or memory. */
export type Outcome = "passed" | "failed" | "out_of_bounds";

export interface Trial {
  readonly outcome: Outcome;
  /** Of the processor, which other work on the machine does not lengthen. */
  readonly cpuMs: number;
  /** What it wrote, where it did not pass. */
  readonly output: string;
}

export interface Bounds {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** A process that waits without working is ended after so many times its seconds of work. */
const WAITING = 40;
const LOOK_EVERY_MS = 250;

/** Runs one test file in a folder, as far as its first failure. */
export async function tryTests(folder: string, test: string, bounds: Bounds): Promise<Trial> {
  const { cpuSeconds, memoryBytes } = bounds;
  const command = [process.execPath, "test", "--bail", "--timeout", "60000", `./${test}`];
  // The limit is the kernel's: a loop without end lets nothing of its own process end it.
  const child = Bun.spawn(["sh", "-c", 'ulimit -t "$0"; exec "$@"', `${cpuSeconds}`, ...command], {
    cwd: folder,
    env: { PATH: Bun.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1" },
    stdout: "pipe",
    stderr: "pipe",
    timeout: cpuSeconds * WAITING * 1000,
    killSignal: "SIGKILL",
  });
  let isTooLarge = false;
  const looking = setInterval(() => {
    if (residentBytes(child.pid) <= memoryBytes) return;
    isTooLarge = true;
    child.kill("SIGKILL");
  }, LOOK_EVERY_MS);
  const [out, err, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  clearInterval(looking);
  const cpuMs = Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1000;
  if (code === 0) return { outcome: "passed", cpuMs, output: "" };
  const ended = isTooLarge || child.signalCode === "SIGXCPU" || child.signalCode === "SIGKILL";
  return { outcome: ended ? "out_of_bounds" : "failed", cpuMs, output: `${out}${err}` };
}

/** What a process holds in memory, where the system tells it. */
function residentBytes(pid: number): number {
  try {
    const [, pages = "0"] = readFileSync(join("/proc", `${pid}`, "statm"), "utf8").split(" ");
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}
