import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signalIfThere } from "./_cluster_processes.ts";
import { describeProcess, type ProcessIdentity, stillRuns } from "./_process_identity.ts";

/** What one run of the launcher started, kept in DATA_DIR so that the next can end what outlived it. */
export interface RunFile {
  /** Notes that a child runs now, in place of an earlier one of that name. */
  noteChild(name: string, pid: number): void;
  noteStopping(): void;
  remove(): void;
}

interface Run {
  readonly launcherPid: number;
  readonly stopping: boolean;
  readonly children: Readonly<Record<string, ProcessIdentity>>;
}

/** A new record, in place of an earlier run's. */
export function openRunFile(dataDir: string): RunFile {
  let run: Run = { launcherPid: process.pid, stopping: false, children: {} };
  const write = (changed: Partial<Run>) => {
    run = { ...run, ...changed };
    const aside = `${fileIn(dataDir)}.new`;
    writeFileSync(aside, JSON.stringify(run));
    renameSync(aside, fileIn(dataDir));
  };
  write({});
  return {
    noteChild(name, pid) {
      const identity = describeProcess(pid);
      if (identity === undefined) return; // it has ended already
      write({ children: { ...run.children, [name]: { pid, startedAt: identity.startedAt } } });
    },
    noteStopping: () => write({ stopping: true }),
    remove: () => rmSync(fileIn(dataDir), { force: true }),
  };
}

/** What the last run noted, as long as it has not been replaced or removed. */
export function readRunFile(dataDir: string): Run | undefined {
  const file = fileIn(dataDir);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Run;
  } catch {
    return undefined; // removed since, or cut short by a full disk: nothing to go by
  }
}

/**
 * Ends the children of a run whose launcher is gone: SIGTERM, and SIGKILL for what stays longer than 3 s. A number that
 * another process has by now is left alone.
 *
 * @returns The names of those that still ran.
 */
export async function endOrphans(dataDir: string): Promise<string[]> {
  const orphans = Object.entries(readRunFile(dataDir)?.children ?? {}).filter(([, child]) =>
    stillRuns(child),
  );
  for (const [, { pid }] of orphans) signalIfThere(pid, "SIGTERM");
  const started = performance.now();
  while (orphans.some(([, child]) => stillRuns(child))) {
    const signal = performance.now() - started > 3000 ? "SIGKILL" : 0;
    for (const [, child] of orphans) if (stillRuns(child)) signalIfThere(child.pid, signal);
    await Bun.sleep(20);
  }
  return orphans.map(([name]) => name);
}

function fileIn(dataDir: string): string {
  return join(dataDir, "start.json");
}
