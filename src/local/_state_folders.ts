import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Folders of our own that every user of the machine may look into, best first. /var/tmp outlives a reboot; either may be
 * mounted without the right to execute, so whoever needs one tries them in turn.
 */
export function stateFolders(): string[] {
  const bases = [...new Set(["/var/tmp", tmpdir(), "/tmp"])];
  return bases.flatMap((base) => ownFolder(join(base, `linehold-${process.getuid?.() ?? 0}`)) ?? []);
}

/** The folder, made if missing; `undefined` when it is someone else's or others may write to it: anyone may make names in /tmp. */
function ownFolder(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    const found = lstatSync(path);
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return undefined;
    chmodSync(path, 0o755);
    return path;
  } catch {
    return undefined;
  }
}
