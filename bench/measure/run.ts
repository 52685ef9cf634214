import { describeMachine, type Report, renderReport, reportAsJson } from "./report.ts";
import { exitCodeOf } from "./verdict.ts";

/** What `bun run bench` passes on to a bench. */
export interface BenchOptions {
  readonly json: boolean;
  /** Interleaved rounds (or pairs) of each comparison. */
  readonly rounds: number;
  /** How long a fault lasts, where there is one. */
  readonly seconds: number;
}

export interface BenchContext {
  /**
   * Says what is being done, on a terminal only, and ends the run there after SIGINT or SIGTERM: whatever was opened is closed
   * on the way out.
   *
   * @throws The signal's reason.
   */
  readonly progress: (line: string) => void;
}

export type Findings = Pick<Report, "tables" | "rows" | "verdicts">;

/**
 * The frame of every bench: its options as one JSON argument, its report on standard output, 0 as exit code when every
 * verdict holds.
 */
export async function runBench(
  bench: string,
  measure: (options: BenchOptions, context: BenchContext) => Promise<Findings>,
): Promise<never> {
  const options: BenchOptions = JSON.parse(Bun.argv[2] ?? "{}");
  const machine = describeMachine();
  const stopping = new AbortController();
  const stop = () => stopping.abort(new DOMException("Stopped by a signal", "AbortError"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const say = progressLine();
  const progress = (line: string) => {
    stopping.signal.throwIfAborted();
    say(line);
  };
  try {
    const findings = await measure(options, { progress });
    say("");
    const { json, ...shown } = options;
    const report: Report = { bench, machine, options: shown, ...findings };
    await Bun.write(Bun.stdout, `${json ? reportAsJson(report) : renderReport(report)}\n`);
    process.exit(exitCodeOf(findings.verdicts, { requireAll: Bun.env["REQUIRE"] === "all" }));
  } catch (error) {
    say("");
    console.error(error);
    process.exit(1);
  }
}

function progressLine(): (line: string) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (line) => process.stderr.write(`\r\x1b[K${line}`);
}
