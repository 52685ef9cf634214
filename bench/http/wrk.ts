/** What one slice of closed-loop load found. */
export interface Slice {
  readonly requestsPerSecond: number;
  readonly requests: number;
  /** As wrk measures it: from sending a request to its last byte. */
  readonly p99Ms: number;
}

export interface SliceOptions {
  readonly url: string;
  /** A whole number. */
  readonly seconds: number;
  /** Visitors who pause this long on average before they ask again; without it 64 connections ask as fast as they are answered. */
  readonly thinking?: { readonly visitors: number; readonly pauseMs: number };
}

/** Answers that were no 2xx or 3xx, or connections that failed: whatever was fast, it was not this answer. */
export class SliceFailedError extends Error {
  override readonly name = "SliceFailedError";
  readonly code = "slice_failed";

  constructor(url: string, said: string) {
    super(`Cannot use a slice of load on ${url} as not every answer was right:\n${said}`);
  }
}

const CONNECTIONS = 64;
const THINK = new URL("./think.lua", import.meta.url).pathname;

export function findWrk(): string | undefined {
  return Bun.which("wrk") ?? undefined;
}

/** Runs wrk, with one thread. */
export async function runWrk(wrk: string, { seconds, thinking, url }: SliceOptions): Promise<Slice> {
  const connections = thinking?.visitors ?? CONNECTIONS;
  const script = thinking === undefined ? [] : ["-s", THINK];
  const pause = thinking === undefined ? [] : ["--", thinking.pauseMs.toFixed(3)];
  const command = [wrk, "-t1", `-c${connections}`, `-d${seconds}s`, "--latency", ...script, url, ...pause];
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe", stdin: "ignore" });
  const [text, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  await child.exited;
  return readSlice(text + errors, url);
}

/** @throws {SliceFailedError} If the text tells of anything but right answers. */
export function readSlice(text: string, url: string): Slice {
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(text)?.[1];
  const count = /(\d+) requests in/.exec(text)?.[1];
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
  const isWrong = /Non-2xx or 3xx responses|Socket errors/.test(text);
  if (rate === undefined || count === undefined || p99 === undefined || isWrong)
    throw new SliceFailedError(url, text);
  const scale = unit === "us" ? 0.001 : unit === "s" ? 1000 : 1;
  return { requestsPerSecond: Number(rate), requests: Number(count), p99Ms: Number(p99) * scale };
}
