import { availableParallelism, cpus, loadavg } from "node:os";
import { renderTable, type Table } from "./table.ts";
import type { Verdict } from "./verdict.ts";

/** What one run of a bench found. `rows` are the figures behind the tables, for `--json`. */
export interface Report {
  readonly bench: string;
  readonly machine: Machine;
  readonly options: Readonly<Record<string, number>>;
  readonly tables: readonly Table[];
  readonly rows: Readonly<Record<string, readonly object[]>>;
  readonly verdicts: readonly Verdict[];
}

/** On what it was measured: figures of different machines do not compare, ratios of one run do. */
export interface Machine {
  readonly bun: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** Of the last minute, when the run began: how much else the machine had to do. */
  readonly load: number;
}

export function describeMachine(): Machine {
  return {
    bun: Bun.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

export function renderReport({ bench, machine, options, tables, verdicts }: Report): string {
  const { bun, cores, cpu, load, platform } = machine;
  const settings = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  return [
    `bench ${bench}: Bun ${bun}, ${platform}, ${cores} cores of ${cpu}, load ${load} at the start, ${settings.join(", ")}`,
    ...tables.map((table) => `\n${renderTable(table)}`),
    "",
    "VERDICTS",
    ...verdicts.map(({ claim, found, state }) => `  ${MARKS[state]}  ${claim}: ${found}`),
    "",
    total(verdicts),
  ].join("\n");
}

const MARKS = { holds: "yes", fails: "NO ", not_measured: "?  " } as const;

function total(verdicts: readonly Verdict[]): string {
  const count = (state: Verdict["state"]) => verdicts.filter((verdict) => verdict.state === state).length;
  const open = count("not_measured");
  return `${count("holds")} of ${verdicts.length} verdicts hold, ${count("fails")} fail${open > 0 ? `, ${open} not measured` : ""}`;
}

/** The report without its tables, whose figures are in `rows`. */
export function reportAsJson({ tables: _, ...report }: Report): string {
  return JSON.stringify(report);
}
