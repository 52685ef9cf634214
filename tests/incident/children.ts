import type { Subprocess } from "bun";

/** A process of the replay: ended by its own handle, its output read line by line. */
export interface Child extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  /** The first line from now on (or among those already seen) that fits. */
  line(fits: (line: string) => boolean): Promise<string>;
  /** Every line so far, the newest last; the oldest are let go beyond a few hundred. */
  readonly tail: readonly string[];
  /** How it ended by itself, or undefined while it runs or when it was told to. */
  readonly ending: string | undefined;
  write(line: string): void;
}

/** A child that ended before it said what was waited for. */
export class ChildEndedError extends Error {
  override readonly name = "ChildEndedError";
  readonly code = "child_ended";

  constructor(child: string, { ending, tail }: { ending: string; tail: readonly string[] }) {
    super(`Cannot go on as ${child} ended (${ending}); its last lines:\n${tail.slice(-15).join("\n")}`);
  }
}

const TAIL_MAX = 400;
const STOP_MS = 10_000;

/** Starts a Bun script with exactly the environment given, plus PATH and HOME. */
export function spawnLines({ name, entry, env }: ChildOptions): Child {
  const inherited = { PATH: Bun.env["PATH"], HOME: Bun.env["HOME"] };
  const child = Bun.spawn([...boundToUs(), process.execPath, entry], {
    env: { ...inherited, ...env },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  const tail: string[] = [];
  const listeners = new Set<(line: string) => void>();
  let stopping = false;
  let ending: string | undefined;
  const take = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_MAX) tail.shift();
    for (const listener of [...listeners]) listener(line);
  };
  const drained = Promise.all([readLines(child.stdout, take), readLines(child.stderr, take)]);
  const ended = child.exited.then(async () => {
    await drained;
    if (!stopping) ending = `${child.signalCode ?? `exit code ${child.exitCode}`}`;
  });
  return {
    name,
    pid: child.pid,
    tail,
    get ending() {
      return ending;
    },
    line(fits) {
      const seen = tail.find(fits);
      if (seen !== undefined) return Promise.resolve(seen);
      return new Promise((resolve, reject) => {
        const listener = (line: string) => {
          if (!fits(line)) return;
          listeners.delete(listener);
          resolve(line);
        };
        listeners.add(listener);
        ended.then(() => reject(new ChildEndedError(name, { ending: ending ?? "stopped", tail })));
      });
    },
    write(line) {
      child.stdin.write(`${line}\n`);
      child.stdin.flush();
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await stop(child);
      await ended;
    },
  };
}

/** On Linux the kernel ends a child whose parent was killed; elsewhere it is left behind. */
function boundToUs(): readonly string[] {
  const setpriv = process.platform === "linux" ? Bun.which("setpriv") : null;
  return setpriv === null ? [] : [setpriv, "--pdeathsig", "TERM", "--"];
}

interface ChildOptions {
  readonly name: string;
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
}

async function stop(child: Subprocess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await child.exited;
  clearTimeout(killing);
}

async function readLines(stream: ReadableStream<Uint8Array>, take: (line: string) => void): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) take(line);
  }
  if (rest !== "") take(rest);
}

/** Those of the processes that ended by themselves, how, and with which last word. */
export function endingsOf(children: readonly Child[]): readonly string[] {
  return children.flatMap(({ ending, name, tail }) =>
    ending === undefined ? [] : [`${name} ended (${ending}) after "${tail.at(-1) ?? ""}"`],
  );
}

/** The last lines of every process, each with its name. */
export function tailsOf(children: readonly Child[]): readonly string[] {
  return children.flatMap(({ name, tail }) => tail.map((line) => `${name}: ${line}`));
}
