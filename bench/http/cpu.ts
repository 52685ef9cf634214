import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc, fixed for programs on every Linux (USER_HZ). */
const TICKS = 100;

/**
 * Processor time that a process and its children have used so far, in microseconds; `undefined` where there is no /proc. Ticks
 * of 10 ms: fit for whole runs, not for single requests.
 */
export function cpuMicroseconds(pid: number): number | undefined {
  const own = ownTicks(pid);
  if (own === undefined) return undefined;
  const children = childrenOf(pid).map((child) => ownTicks(child) ?? 0);
  return children.reduce((sum, ticks) => sum + ticks, own) * (1_000_000 / TICKS);
}

/** As `cpuMicroseconds`, of the process alone: cheap enough to be asked every few milliseconds. */
export function ownCpuMicroseconds(pid: number): number | undefined {
  const own = ownTicks(pid);
  return own === undefined ? undefined : own * (1_000_000 / TICKS);
}

function ownTicks(pid: number): number | undefined {
  const fields = statOf(pid)?.split(" ");
  // After the name in parentheses: state is field 3, utime 14 and stime 15 of proc(5).
  return fields === undefined ? undefined : Number(fields[11]) + Number(fields[12]);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => Number(statOf(candidate)?.split(" ")[1]) === pid);
}

function statOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2);
  } catch {
    return undefined;
  }
}
