import { afterAll } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "../..");

// `bun test` runs no pretest script. On a fresh clone the resolver has already noted that nothing is there, so that an
// install alone would not help: the run is begun anew, and its result is ours.
if (!existsSync(join(root, "node_modules"))) {
  const io = { stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const;
  const installed = Bun.spawnSync([process.execPath, "install", "--frozen-lockfile"], { cwd: root, ...io });
  if (!installed.success) process.exit(installed.exitCode ?? 1);
  const { exitCode } = Bun.spawnSync([process.execPath, ...ourArguments()], io);
  process.exit(exitCode ?? 1);
}

/** What `bun` was called with: `process.argv` of a test run holds the test's file instead. */
function ourArguments(): string[] {
  const file = "/proc/self/cmdline";
  if (existsSync(file)) return readFileSync(file, "utf8").split("\0").slice(1, -1);
  const { stdout } = Bun.spawnSync(["ps", "-ww", "-o", "args=", "-p", `${process.pid}`]);
  return `${stdout}`.trim().split(/\s+/).slice(1);
}

// Registered in a preload it runs once, after the last file. Imported late, as above nothing may be there yet.
afterAll(async () => {
  const { closeSuiteServer } = await import("./suite_server.ts");
  await closeSuiteServer();
}, 20_000);
