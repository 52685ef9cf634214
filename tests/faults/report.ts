import { nameOf } from "./cells.ts";
import { GUARD_NAMES, GUARDS, type GuardName } from "./guards.ts";
import type { Finding } from "./judge.ts";
import { RULES } from "./rules.ts";

/** The matrix as a table: a line a cell, then what is wrong with the red ones, then what each fault was. */
export function renderMatrix(findings: readonly Finding[]): string {
  const head = ["cell", "answers", "longest wait", "fresh again", "backends", "connects", ""];
  const rows = findings.map((finding) => [
    nameOf(finding.cast.cell),
    classesOf(finding),
    `${Math.round(finding.longestWaitMs)} of ${finding.waitMaxMs} ms`,
    finding.recoveryMs === undefined ? "never" : `${(finding.recoveryMs / 1000).toFixed(1)} s`,
    `${finding.backendsMost}`,
    `${finding.connects}`,
    verdictOf(finding),
  ]);
  const faults = [...new Set(findings.map(({ cast }) => cast.cell.fault))];
  const legend = faults.map((fault) => `${fault}: ${RULES[fault].about}`);
  return [table([head, ...rows]), ...reasons(findings), "", ...legend, "", summary(findings)].join("\n");
}

/** The guards as a table: what is lost without each, and what its cell says then. */
export function renderGuards(findings: readonly Finding[]): string {
  const rows = GUARD_NAMES.flatMap((guard) =>
    findings
      .filter(({ cast }) => cast.without === guard)
      .map((finding) => [
        guard,
        GUARDS[guard].about,
        nameOf(finding.cast.cell),
        complaintOf(guard, finding) ?? "still green",
      ]),
  );
  return table([["guard", "without it", "cell", "what turns red"], ...rows]);
}

/** Guards that none of their cells misses by the rule that is theirs. */
export function idleGuards(findings: readonly Finding[]): GuardName[] {
  const played = GUARD_NAMES.filter((guard) => findings.some(({ cast }) => cast.without === guard));
  return played.filter(
    (guard) =>
      !findings.some(
        (finding) => finding.cast.without === guard && complaintOf(guard, finding) !== undefined,
      ),
  );
}

function complaintOf(guard: GuardName, { faults }: Finding): string | undefined {
  return faults.find((fault) => fault.startsWith(GUARDS[guard].rule));
}

/** Cells that are red with every guard in place. */
export function redCells(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ cast, faults }) => cast.without === undefined && faults.length > 0);
}

function classesOf({ answers }: Finding): string {
  const classes = ["fresh", "stale", "default", "error"] as const;
  const counted = classes.map((name) => {
    const count = Object.entries(answers)
      .filter(([answer]) => answer.split(" ")[0] === name)
      .reduce((sum, [, times]) => sum + times, 0);
    return count === 0 ? undefined : `${name} ${count}`;
  });
  return counted.filter(Boolean).join(" ");
}

function verdictOf({ faults }: Finding): string {
  return faults.length === 0 ? "ok" : "RED";
}

function reasons(findings: readonly Finding[]): string[] {
  const found = findings.flatMap(({ cast, faults }) =>
    faults.map((fault) => `RED ${nameOf(cast.cell)}: ${fault}`),
  );
  return found.length === 0 ? [] : ["", ...found];
}

function summary(findings: readonly Finding[]): string {
  const red = findings.filter(({ faults }) => faults.length > 0).length;
  return `${findings.length} cells, ${red} red`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
