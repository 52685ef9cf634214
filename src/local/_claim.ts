import { join, resolve } from "node:path";
import type { Config } from "../config.ts";
import { makeFolder } from "./_cluster_home.ts";
import { takeLock } from "./_lock.ts";
import { endOrphans, openRunFile, type RunFile, readRunFile } from "./_run_file.ts";
import { chooseStackPorts, type StackPorts } from "./_stack_ports.ts";
import type { LaunchDeps } from "./launch.ts";

/** Another run of this data directory is there and does not end. */
export class AlreadyRunningError extends Error {
  override readonly name = "AlreadyRunningError";
  readonly code = "already_running";
}

/** What one run has for itself alone, until its scope is disposed. */
export interface Claim {
  /** Absolute. */
  readonly dataDir: string;
  readonly ports: StackPorts;
  readonly run: RunFile;
}

/**
 * Makes sure that this is the only run of the data directory, ends what an earlier one left, and finds the ports free.
 *
 * @throws {AlreadyRunningError}
 * @throws {PortTakenError}
 */
export async function claim(config: Config, deps: LaunchDeps): Promise<Claim> {
  const { log, scope, stopping } = deps;
  const dataDir = resolve(config.local.dataDir);
  makeFolder(dataDir);
  scope.use(await onlyRun(dataDir, deps));
  const orphans = await endOrphans(dataDir);
  if (orphans.length > 0) {
    log.info("start.orphans_ended", `Ended what an earlier run left: ${orphans.join(", ")}`, { orphans });
  }
  const ports = await chooseStackPorts(config);
  const run = openRunFile(dataDir);
  scope.defer(() => run.remove());
  stopping.addEventListener("abort", () => run.noteStopping(), { once: true });
  return { dataDir, ports, run };
}

/** Waits for a run that is ending; its launcher has noted so, or has lost the command that started it and is about to. */
async function onlyRun(dataDir: string, { log, stopping }: LaunchDeps): Promise<Disposable> {
  const started = performance.now();
  for (let said = false; ; said = true) {
    stopping.throwIfAborted();
    const lock = takeLock(join(dataDir, "start.lock"));
    if (lock !== undefined) return lock;
    const other = readRunFile(dataDir);
    if (performance.now() - started > (other?.stopping ? 12_000 : 2000)) {
      const which = other === undefined ? "" : `: its pid is ${other.launcherPid}`;
      throw new AlreadyRunningError(`Cannot start as Linehold already runs with DATA_DIR ${dataDir}${which}`);
    }
    if (!said) log.info("start.waits", "Waiting for an earlier run to end", { pid: other?.launcherPid });
    await Bun.sleep(100);
  }
}
