import { join } from "node:path";
import { readLines } from "../../src/local/merged_output.ts";

const START = join(import.meta.dir, "../../src/processes/start.ts");

type Line = Readonly<Record<string, unknown>>;

/** A `bun start` of its own for a test. Disposing kills what is left of it. */
export interface Stack extends AsyncDisposable {
  readonly pid: number;
  readonly lines: readonly Line[];
  readonly exited: Promise<number>;
  /** The first line with this event; fails after 40 s, or when the process ends before. */
  saw(event: string): Promise<Line>;
  /** Waits until it serves. */
  ready(): Promise<StackPorts>;
  kill(signal: NodeJS.Signals): void;
}

export interface StackOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command; the launcher itself by default. */
  readonly argv?: readonly string[];
}

/** Where each process of a stack listens. */
export interface StackPorts {
  readonly web: number;
  readonly webOps: number;
  readonly oddsOps: number;
  readonly settlementOps: number;
}

/** The environment of a launcher that is this test's alone: any free ports, the embedded database. */
export function stackEnvironment({ dataDir, env = {} }: StackOptions): Record<string, string | undefined> {
  const {
    DATABASE_URL: _url,
    DIRECT_DATABASE_URL: _direct,
    npm_lifecycle_event: _script,
    ...rest
  } = process.env;
  return { ...rest, DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0", ...env };
}

/** Starts it and returns at once. */
export function startStack(options: StackOptions): Stack {
  const argv = options.argv ?? [process.execPath, START];
  const child = Bun.spawn([...argv], { env: stackEnvironment(options), stdout: "pipe", stderr: "inherit" });
  const lines: Line[] = [];
  void readLines(child.stdout, (line) =>
    lines.push(line.startsWith("{") ? JSON.parse(line) : { message: line }),
  );
  const saw = async (event: string): Promise<Line> => {
    for (const started = performance.now(); performance.now() - started < 40_000; await Bun.sleep(10)) {
      const found = lines.find((line) => line["event"] === event);
      if (found !== undefined) return found;
      if (child.exitCode !== null || child.signalCode !== null) break;
    }
    throw new RangeError(
      `Cannot see ${event} in what it said:\n${lines.map((line) => JSON.stringify(line)).join("\n")}`,
    );
  };
  return {
    pid: child.pid,
    lines,
    exited: child.exited,
    saw,
    ready: async () => (await saw("start.ready"))["ports"] as StackPorts,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
      await child.exited;
      clearTimeout(late);
    },
  };
}

export { START };
