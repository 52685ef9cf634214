import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { DATA_DIR_FILE, homeIn } from "./_cluster_home.ts";
import { takeLock } from "./_lock.ts";
import { stateFolders } from "./_state_folders.ts";
import { endLeftovers } from "./_supervise.ts";

/**
 * Removes the clusters among the state folders whose data directory is gone: with a checkout deleted, or a test's folder, nobody
 * would ever find them again, at some 50 MB each.
 */
export async function removeAbandoned(log: Log): Promise<void> {
  for (const state of stateFolders()) {
    const clusters = join(state, "clusters");
    if (!existsSync(clusters)) continue;
    for (const name of readdirSync(clusters)) {
      const folder = join(clusters, name);
      await removeIfAbandoned(folder, log).catch((error: unknown) => {
        if (existsSync(folder)) throw error; // else another start was faster
      });
    }
  }
}

async function removeIfAbandoned(folder: string, log: Log): Promise<void> {
  const note = join(folder, DATA_DIR_FILE);
  if (!existsSync(note)) return;
  const dataDir = readFileSync(note, "utf8");
  if (dataDir === "" || existsSync(dataDir)) return;
  using lock = takeLock(join(folder, "lock"));
  if (lock === undefined) return; // it runs: whoever runs it can still be asked to stop
  await endLeftovers(homeIn(folder, dataDir));
  rmSync(folder, { recursive: true, force: true });
  log.info("local.cluster_removed", `Removed the database of ${dataDir}, which is gone`, { folder });
}
