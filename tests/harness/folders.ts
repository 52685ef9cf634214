import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A new empty folder on a fast file system. Named by our pid, so that those of runs that were killed can be told, and
 * are removed first. `mode` is its rights: the server's user must be able to pass through it, so 0711 by default.
 */
export function temporaryFolder({ mode = 0o711 } = {}): string {
  const base = fastFolder();
  for (const name of readdirSync(base)) {
    const pid = /^linehold-test-(\d+)-\w+$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeIfOurs(join(base, name));
  }
  const folder = mkdtempSync(join(base, `linehold-test-${process.pid}-`));
  chmodSync(folder, mode);
  return folder;
}

/** What another user's run has left is for that user to remove. */
function removeIfOurs(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EPERM" && code !== "EACCES") throw error;
  }
}

// A clone of a database is some 300 small files: 30 ms in memory, 150 to 400 on a disk. Containers often have 64 MB there:
// too little.
function fastFolder(): string {
  const memory = "/dev/shm";
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= 2 ** 30 ? memory : tmpdir();
}

/** Whether there is such a process, be it one that has ended and was not collected yet. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
