import { join } from "node:path";
import { findFreePort } from "../harness/mod.ts";

/** A real `web` process. */
export interface WebProcess extends AsyncDisposable {
  readonly url: string;
  readonly opsUrl: string;
  readonly startedAt: number;
  /** What it wrote, as parsed JSON lines. */
  readonly lines: readonly LogLine[];
  readonly pid: number;
  readonly exited: Promise<number>;
  /** `undefined` while it runs. */
  exitCode(): number | undefined;
  signal(name: NodeJS.Signals): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** All that it wrote beside its lines, where that was asked for; resolves at its end. */
  errorOutput(): Promise<string>;
  /** Waits until it listens; gives the milliseconds since its start. */
  listening(): Promise<number>;
}

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

const ROOT = join(import.meta.dir, "../..");

/** Starts it with these settings on free ports. Disposing ends it, in the end by SIGKILL. */
export async function startWeb(
  env: Readonly<Record<string, string>>,
  {
    entry = "src/processes/web.ts",
    stderr = "inherit",
  }: { readonly entry?: string; readonly stderr?: "inherit" | "pipe" } = {},
): Promise<WebProcess> {
  const [port, opsPort] = [await findFreePort(), await findFreePort()];
  const startedAt = performance.now();
  const child = Bun.spawn([process.execPath, entry], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      PORT: `${port}`,
      METRICS_PORT: `${opsPort}`,
      ...env,
    },
    stdout: "pipe",
    stderr,
  });
  const lines: LogLine[] = [];
  void readLines(child.stdout, lines);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    opsUrl: `http://127.0.0.1:${opsPort}`,
    startedAt,
    lines,
    pid: child.pid,
    exited: child.exited,
    exitCode: () => child.exitCode ?? undefined,
    signal: (name) => child.kill(name),
    errorOutput: async () => (child.stderr === undefined ? "" : await new Response(child.stderr).text()),
    get: (path, headers = {}) => fetch(url + path, { headers }),
    async listening() {
      while (performance.now() - startedAt < 10_000) {
        const answer = await fetch(`${url}/healthz`).catch(() => undefined);
        if (answer?.status === 200) return performance.now() - startedAt;
        await Bun.sleep(10);
      }
      throw new RangeError("The process did not listen within 10 s");
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5000);
      await child.exited;
      clearTimeout(late);
    },
  };
}

async function readLines(stream: ReadableStream<Uint8Array>, lines: LogLine[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("{")) lines.push(JSON.parse(part));
  }
}

/** Waits until something holds, looking every `everyMs`, and says for how long; throws after `ms`. */
export async function until(
  what: () => boolean | Promise<boolean>,
  ms: number,
  everyMs = 20,
): Promise<number> {
  const startedAt = performance.now();
  while (!(await what())) {
    if (performance.now() - startedAt > ms) throw new RangeError(`Waited ${ms} ms in vain`);
    await Bun.sleep(everyMs);
  }
  return performance.now() - startedAt;
}
