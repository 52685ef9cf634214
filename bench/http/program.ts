import { connect } from "node:net";
import { sleep, systemClock } from "../../src/resilience/mod.ts";

/** A program that is no Bun script, running for the bench and ended by its own handle. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
}

export interface ProgramOptions {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It stands ready when this port of 127.0.0.1 takes a connection. */
  readonly port: number;
}

/** A program that ended, or never listened. */
export class ProgramFailedError extends Error {
  override readonly name = "ProgramFailedError";
  readonly code = "program_failed";

  constructor(program: string, said: string) {
    super(`Cannot measure ${program} as it does not listen; it said:\n${said.trim().slice(-2000)}`);
  }
}

const START_MS = 10_000;
const STOP_MS = 5000;

export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { command, cwd, env, name, port } = options;
  const log = `${cwd}/${name}.log`;
  const child = Bun.spawn([...command], {
    cwd,
    env: { PATH: Bun.env["PATH"], ...env },
    stdin: "ignore",
    stdout: Bun.file(log),
    stderr: Bun.file(`${log}.err`),
  });
  const program: Program = {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      using _killing = systemClock.after(STOP_MS, () => child.kill("SIGKILL"));
      await child.exited;
    },
  };
  await using starting = new AsyncDisposableStack();
  starting.use(program);
  const endAt = systemClock.now() + START_MS;
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null || systemClock.now() > endAt)
      throw new ProgramFailedError(name, (await textOf(log)) + (await textOf(`${log}.err`)));
    await sleep(20, { clock: systemClock });
  }
  starting.move();
  return program;
}

async function textOf(path: string): Promise<string> {
  const file = Bun.file(path);
  return (await file.exists()) ? await file.text() : "";
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.destroy());
  });
}
