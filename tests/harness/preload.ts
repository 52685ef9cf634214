import { afterAll } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "../..");

// `bun test` runs no pretest script. On a fresh clone the resolver has already noted that nothing is there, so that an
// install alone would not help: the run is begun anew, and its result is ours.
if (!existsSync(join(root, "node_modules"))) {
  const io = { cwd: root, stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const;
  const installed = Bun.spawnSync([process.execPath, "install", "--frozen-lockfile"], io);
  if (!installed.success) process.exit(installed.exitCode ?? 1);
  const { exitCode } = Bun.spawnSync([process.execPath, "test", ...process.argv.slice(2)], {
    ...io,
    cwd: process.cwd(),
  });
  process.exit(exitCode ?? 1);
}

// Registered in a preload it runs once, after the last file. Imported late, as above nothing may be there yet.
afterAll(async () => {
  const { closeSuiteServer } = await import("./suite_server.ts");
  await closeSuiteServer();
}, 20_000);
