import { readdirSync, readFileSync } from "node:fs";
import type { ClusterHome } from "./_cluster_home.ts";
import { runAs } from "./_server_user.ts";

/** A process of one cluster. */
export interface ClusterProcess {
  readonly pid: number;
  /** The postmaster, or a child of it that has not named itself yet. */
  readonly main: boolean;
}

/**
 * Every process of the cluster, found by how it calls itself: the postmaster by its data directory, each child by the
 * cluster's name in its title. Parents would not do: once the postmaster is killed, its children have another.
 */
export function clusterProcesses({ cluster, tag }: ClusterHome): ClusterProcess[] {
  const isMain = (words: string) =>
    words.includes(` -D ${cluster} `) && words.includes(`cluster_name=${tag}`);
  return commandLines()
    .map(({ pid, words }) => ({ pid, main: isMain(words), child: words.startsWith(`postgres: ${tag}:`) }))
    .filter(({ main, child }) => main || child)
    .map(({ pid, main }) => ({ pid, main }));
}

/** Sends a signal to those of the processes that are still there. */
export function signalAll(processes: readonly ClusterProcess[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) signalIfThere(pid, signal);
}

/** False when there is no such process any more. */
export function signalIfThere(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

function commandLines(): { pid: number; words: string }[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

function fromProc(): { pid: number; words: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      return [{ pid: Number(name), words }];
    } catch {
      return []; // ended since the folder was listed
    }
  });
}

function fromPs(): { pid: number; words: string }[] {
  const { output } = runAs(undefined, ["ps", "-axww", "-o", "pid=,command="]);
  return output.split("\n").flatMap((line) => {
    const [, pid, words] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || words === undefined ? [] : [{ pid: Number(pid), words: `${words} ` }];
  });
}
