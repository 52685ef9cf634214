import { expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endOrphans, openRunFile, readRunFile } from "../../src/local/_run_file.ts";
import { isAlive, temporaryFolder } from "../harness/folders.ts";

function folder(): { path: string } & Disposable {
  const path = temporaryFolder();
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("endOrphans ends the children that an earlier run noted", async () => {
  using dir = folder();
  const orphan = Bun.spawn(["sleep", "60"]);
  openRunFile(dir.path).noteChild("web", orphan.pid);

  expect(await endOrphans(dir.path)).toEqual(["web"]);

  await orphan.exited;
  expect(orphan.signalCode).toBe("SIGTERM");
});

test("endOrphans kills a child that ignores SIGTERM", async () => {
  using dir = folder();
  const orphan = Bun.spawn(["sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done"], {
    stdout: "pipe",
  });
  await orphan.stdout.getReader().read();
  openRunFile(dir.path).noteChild("web", orphan.pid);

  await endOrphans(dir.path);

  await orphan.exited;
  expect(orphan.signalCode).toBe("SIGKILL");
}, 10_000);

test("endOrphans leaves a process alone that has the number of an ended child", async () => {
  using dir = folder();
  const stranger = Bun.spawn(["sleep", "60"]);
  openRunFile(dir.path).noteChild("web", stranger.pid);
  const file = join(dir.path, "start.json");
  const run = readRunFile(dir.path);
  writeFileSync(
    file,
    JSON.stringify({ ...run, children: { web: { pid: stranger.pid, startedAt: "long ago" } } }),
  );

  expect(await endOrphans(dir.path)).toEqual([]);

  expect(isAlive(stranger.pid)).toBe(true);
  stranger.kill();
  await stranger.exited;
});

test("readRunFile knows nothing where no run was, and takes a broken file for none", () => {
  using dir = folder();
  expect(readRunFile(dir.path)).toBeUndefined();

  writeFileSync(join(dir.path, "start.json"), '{"launcherPid":');

  expect(readRunFile(dir.path)).toBeUndefined();
});
