import type { Clock } from "./resilience/mod.ts";

/** From the loudest to the quietest: someone must act; served but degraded; something changed state; off in production. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes events as JSON lines: `event` is a fixed name (`place.thing_happened`), `message` the sentence to search for. */
export type Log = Readonly<Record<LogLevel, (event: string, message: string, fields?: LogFields) => void>>;

export interface LogOptions {
  /** The process group that speaks, as in `web`. */
  readonly process: string;
  /** The quietest level written; `info` by default. */
  readonly level?: LogLevel;
  readonly clock: Clock;
  /** Receives each line with its newline; standard output by default. */
  readonly write?: (line: string) => void;
}

/** A log of JSON lines. Errors among the fields are written as name, code and message, never with their cause's secrets. */
export function createLog({ process: name, level = "info", clock, write = writeToStdout }: LogOptions): Log {
  const quietest = LOG_LEVELS.indexOf(level);
  const writer = (at: LogLevel) => (event: string, message: string, fields?: LogFields) => {
    if (LOG_LEVELS.indexOf(at) > quietest) return;
    const time = new Date(clock.epochMs()).toISOString();
    write(`${JSON.stringify({ time, level: at, process: name, event, message, ...fields }, plain)}\n`);
  };
  return { error: writer("error"), warn: writer("warn"), info: writer("info"), debug: writer("debug") };
}

function writeToStdout(line: string): void {
  process.stdout.write(line);
}

// JSON has no bigint and would print an error as {}; a stack or a cause may carry SQL and stays out.
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) {
    const code = "code" in value ? value.code : undefined;
    return { name: value.name, code, message: redact(value.message) };
  }
  return typeof value === "string" ? redact(value) : value;
}

/** The text without the password of any URL in it. */
function redact(text: string): string {
  return text.includes("://") ? text.replace(/(\w+:\/\/[^\s:/@]*:)[^\s@]*@/g, "$1***@") : text;
}
