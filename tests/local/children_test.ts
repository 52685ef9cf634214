import { expect, test } from "bun:test";
import { type ChildSpec, superviseChild } from "../../src/local/children.ts";
import { createLog } from "../../src/log.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { isAlive } from "../harness/folders.ts";
import { seededRandom } from "../harness/random.ts";

interface Seen {
  readonly pids: number[];
  readonly lines: string[];
  readonly misconfigured: string[];
}

function supervise(script: string, env: Record<string, string> = {}) {
  const seen: Seen = { pids: [], lines: [], misconfigured: [] };
  const spec: ChildSpec = {
    name: "child",
    argv: [process.execPath, "-e", script],
    env: { PATH: process.env["PATH"], ...env },
  };
  const child = superviseChild(spec, {
    log: createLog({ process: "test", level: "error", clock: systemClock, write: () => undefined }),
    random: seededRandom(1),
    output: { line: (_name, text) => seen.lines.push(text) },
    onStarted: (_name, pid) => seen.pids.push(pid),
    onMisconfigured: (name) => seen.misconfigured.push(name),
  });
  return { child, seen };
}

async function until(holds: () => boolean, withinMs = 10_000): Promise<boolean> {
  const started = performance.now();
  while (performance.now() - started < withinMs) {
    if (holds()) return true;
    await Bun.sleep(10);
  }
  return false;
}

const WAIT = "setInterval(() => undefined, 1000);";

test("superviseChild gives the child its own environment and passes on what it prints", async () => {
  const { child, seen } = supervise(`console.log(process.env.SAID); console.error("and aloud"); ${WAIT}`, {
    SAID: "hello",
  });

  expect(await until(() => seen.lines.length === 2)).toBe(true);
  expect(seen.lines.sort()).toEqual(["and aloud", "hello"]);

  await child[Symbol.asyncDispose]();
});

test("superviseChild starts a killed child again", async () => {
  const { child, seen } = supervise(WAIT);
  process.kill(child.pid(), "SIGKILL");

  expect(await until(() => seen.pids.length === 2)).toBe(true);
  expect(isAlive(child.pid())).toBe(true);

  await child[Symbol.asyncDispose]();
  expect(seen.pids.some(isAlive)).toBe(false);
});

test("superviseChild does not start a child again whose settings are wrong", async () => {
  const { child, seen } = supervise("process.exit(78)");

  expect(await until(() => seen.misconfigured.length === 1)).toBe(true);
  await Bun.sleep(400);

  expect(seen.pids.length).toBe(1);
  await child[Symbol.asyncDispose]();
});

test("superviseChild kills a child that ignores SIGTERM, within its bound", async () => {
  const { child, seen } = supervise(`process.on("SIGTERM", () => undefined); console.log("up"); ${WAIT}`);
  await until(() => seen.lines.includes("up"));
  const started = performance.now();

  await child[Symbol.asyncDispose]();

  expect(performance.now() - started).toBeWithin(4500, 6500);
  expect(seen.pids.some(isAlive)).toBe(false);
}, 15_000);

test("superviseChild ends a child at once that is waiting to be started again", async () => {
  const { child, seen } = supervise("process.exit(1)");
  await until(() => seen.pids.length === 1);
  await Bun.sleep(100);
  const started = performance.now();

  await child[Symbol.asyncDispose]();

  expect(performance.now() - started).toBeLessThan(1000);
});
