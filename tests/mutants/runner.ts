import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Files } from "./reach.ts";

/** How a test file went: `out_of_bounds` is one that had to be ended, as it took too much time or memory. */
export type Outcome = "passed" | "failed" | "out_of_bounds";

export interface Trial {
  readonly outcome: Outcome;
  /** Of the processor, which other work on the machine does not lengthen. */
  readonly cpuMs: number;
  /** What failed. */
  readonly why: string;
}

export interface Bounds {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** A process that runs the tests of one version of some files after another. */
export interface Runner {
  /** Puts files in place, one of them changed, so that nothing that was loaded before is used again. */
  begin(files: Files, changed?: { readonly file: string; readonly text: string }): void;
  /** Runs a test file of the version that was begun last, as far as its first failure. */
  run(test: string, bounds: Bounds): Promise<Trial>;
  [Symbol.asyncDispose](): Promise<void>;
}

// A failing property is a killed mutant: to find its smallest example takes time and tells nothing. One seed, so that a run can be repeated.
const PRELOAD = `import fc from "fast-check";
fc.configureGlobal({ endOnFailure: true, seed: 20251127 });
`;
const BUNFIG = `[test]
preload = ["./preload.ts"]
`;
/** Modules are never unloaded: after so many versions a new process begins. */
const VERSIONS_MAX = 100;

/** Opens a runner in a folder of its own, removed on dispose. */
export function openRunner(): Runner {
  const folder = mkdtempSync(join(tmpdir(), "linehold-mutants-"));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, own] of [
    ["_collected.ts", "_collected.ts"],
    ["drive_test.ts", "_driver.ts"],
  ] as const)
    put(file, readFileSync(join(import.meta.dir, own), "utf8"));
  put("package.json", '{ "type": "module" }');
  put("bunfig.toml", BUNFIG);
  put("preload.ts", PRELOAD);
  symlinkSync(join(import.meta.dir, "../../node_modules"), join(folder, "node_modules"));
  let version = 0;
  let driver: Driver | undefined;
  return {
    begin(files, changed) {
      rmSync(join(folder, `v${version}`), { recursive: true, force: true });
      version += 1;
      if (version % VERSIONS_MAX === 0) {
        driver?.end();
        driver = undefined;
      }
      const collected = JSON.stringify(join(folder, "_collected.ts"));
      for (const [file, text] of files) {
        const now = file === changed?.file ? changed.text : text;
        put(join(`v${version}`, file), now.replace(/from "bun:test"/, `from ${collected}`));
      }
    },
    async run(test, bounds) {
      driver ??= startDriver(folder);
      const trial = await driver.ask(join(folder, `v${version}`, test), bounds);
      if (driver.isOver()) driver = undefined;
      return trial;
    },
    async [Symbol.asyncDispose]() {
      await driver?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Driver {
  ask(path: string, bounds: Bounds): Promise<Trial>;
  isOver(): boolean;
  end(): Promise<void>;
}

const LOOK_EVERY_MS = 200;
/** One that waits without working is ended after so many times its seconds of work. */
const WAITING = 40;

function startDriver(folder: string): Driver {
  const child = Bun.spawn([process.execPath, "test", "--timeout", "2000000000", "./drive_test.ts"], {
    cwd: folder,
    env: { PATH: Bun.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1" },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  });
  const lines = linesOf(child.stdout);
  let isOver = false;
  return {
    async ask(path, { cpuSeconds, memoryBytes }) {
      const before = usageOf(child.pid).cpuMs;
      let isBeyond = false;
      const beganAt = performance.now();
      // A loop without end lets nothing of its own process end it.
      const looking = setInterval(() => {
        const now = usageOf(child.pid);
        const waitedMs = performance.now() - beganAt;
        isBeyond ||=
          now.cpuMs - before > cpuSeconds * 1000 ||
          now.bytes > memoryBytes ||
          waitedMs > cpuSeconds * 1000 * WAITING;
        if (isBeyond) child.kill("SIGKILL");
      }, LOOK_EVERY_MS);
      child.stdin.write(`${path}\n`);
      child.stdin.flush();
      const { value: line } = await lines.next();
      clearInterval(looking);
      if (line === undefined) {
        isOver = true;
        await child.exited;
        return { outcome: isBeyond ? "out_of_bounds" : "failed", cpuMs: 0, why: "the process ended" };
      }
      const { failure, cpuMs } = JSON.parse(line) as {
        readonly failure: string | null;
        readonly cpuMs: number;
      };
      return { outcome: failure === null ? "passed" : "failed", cpuMs, why: failure ?? "" };
    },
    isOver: () => isOver,
    async end() {
      isOver = true;
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** Lines of JSON alone: what a test writes besides is not an answer. */
async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith('{"failure":')) yield line;
  }
  return undefined;
}

/** What a process has used and holds, where the system tells it; else nothing, and time alone decides. */
function usageOf(pid: number): { readonly cpuMs: number; readonly bytes: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // utime and stime in hundredths of a second, and the resident pages: fields 14, 15 and 24 of proc(5).
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, bytes: Number(fields[21]) * 4096 };
  } catch {
    return { cpuMs: 0, bytes: 0 };
  }
}
