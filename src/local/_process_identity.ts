import { readFileSync } from "node:fs";
import { runAs } from "./_server_user.ts";

/** A process told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words. */
  readonly startedAt: string;
}

export interface ProcessFacts extends ProcessIdentity {
  readonly parentPid: number;
  readonly command: string;
}

/** What is known of a process, or `undefined` when it has ended, be it collected yet or not. */
export function describeProcess(pid: number): ProcessFacts | undefined {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

/** Whether this very process still runs. */
export function stillRuns({ pid, startedAt }: ProcessIdentity): boolean {
  return describeProcess(pid)?.startedAt === startedAt;
}

function fromProc(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in brackets and may hold spaces: count from behind it (proc(5)).
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startedAt = rest[17]; // field 22, the start in ticks since boot
    if (state === "Z" || state === "X" || startedAt === undefined) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, startedAt, parentPid: Number(parent), command };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessFacts | undefined {
  const { ok, output } = runAs(undefined, [
    "ps",
    "-ww",
    "-o",
    "stat=,ppid=,lstart=,command=",
    "-p",
    `${pid}`,
  ]);
  const [, state, parent, startedAt, command] = /^\s*(\S+)\s+(\d+)\s+(.{24})\s+(.*)$/m.exec(output) ?? [];
  if (!ok || state === undefined || state.startsWith("Z") || startedAt === undefined) return undefined;
  return { pid, startedAt, parentPid: Number(parent), command: command ?? "" };
}
