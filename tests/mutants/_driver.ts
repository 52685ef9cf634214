import { test } from "bun:test";
import { takeTests } from "./_collected.ts";

/** Reads paths of test files, a line each; runs what is in them up to the first failure, and answers a line of JSON. */
test(
  "drives",
  async () => {
    for await (const path of console) {
      const before = process.cpuUsage();
      const failure = await firstFailure(path.trim());
      const { user, system } = process.cpuUsage(before);
      process.stdout.write(`${JSON.stringify({ failure, cpuMs: (user + system) / 1000 })}\n`);
    }
  },
  { timeout: 2_000_000_000 },
);

async function firstFailure(path: string): Promise<string | null> {
  try {
    takeTests();
    await import(path);
    const tests = takeTests();
    if (tests.length === 0) return "it has no tests";
    for (const work of tests) await work();
    return null;
  } catch (error) {
    return String(error).slice(0, 2000);
  }
}
