/** One stream of lines of all processes, each labelled with its own. */
export interface MergedOutput {
  /** One line of a process, JSON or not; what is not, is taken for `level`, `info` by default. */
  line(process: string, text: string, level?: "info" | "warn"): void;
}

type Line = Readonly<Record<string, unknown>>;

/**
 * JSON lines for a pipe; for a terminal the time, the process, the level and the sentence. What is not JSON (a stack, a library's
 * own print) is given the same shape.
 *
 * @param options.readable Whether a person watches.
 */
export function mergeOutput({
  now,
  readable,
  write,
}: {
  readonly readable: boolean;
  readonly now: () => Date;
  readonly write: (text: string) => void;
}): MergedOutput {
  return {
    line(process, text, level = "info") {
      if (text.trim() === "") return;
      const known = parseLine(text);
      const line = known ?? {
        time: now().toISOString(),
        level,
        process,
        event: "process.printed",
        message: text,
      };
      write(readable ? `${render(line, process)}\n` : `${JSON.stringify({ ...line, process })}\n`);
    },
  };
}

function parseLine(text: string): Line | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "message" in value ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

const WIDTH = "worker_settlement".length;

function render(
  { event: _event, level, message, process: _process, time, ...fields }: Line,
  process: string,
): string {
  const clock = typeof time === "string" ? time.slice(11, 23) : "";
  // The launcher's own sentences hold all their facts.
  const facts = process === "start" ? [] : Object.entries(fields);
  const said = facts.map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const loud = level === "warn" || level === "error" ? `${level}: ` : "";
  return [clock, process.padEnd(WIDTH), `${loud}${message}`, ...said].join("  ");
}

/** Calls `onLine` for each line of a stream, the last one also without its end. Never throws: a broken pipe is an end. */
export async function readLines(
  stream: ReadableStream<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const bytes of stream) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    }
  } catch {
    // the process was killed while it wrote
  }
  if (rest !== "") onLine(rest);
}
