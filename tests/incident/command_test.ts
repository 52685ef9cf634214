import { expect, test } from "bun:test";

const COMMAND = new URL("../../src/commands/incident.ts", import.meta.url).pathname;

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = Bun.spawn([process.execPath, COMMAND, ...args], { stdout: "pipe", stderr: "pipe" });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}

test("bun run incident --help says what it does and ends with 0", async () => {
  const { code, out } = await run("--help");

  expect(code).toBe(0);
  expect(out).toContain("--seconds N");
});

test.each([
  ["an unknown flag", ["--fast"], "--fast"],
  ["a phase shorter than a fault must last", ["--seconds", "3"], "from 4 to 600"],
  ["fewer tenants than the mission's", ["--tenants", "199"], "from 200 to 5000"],
  ["a rate that is no number", ["--rate", "many"], '"many"'],
  ["a stray word", ["linehold"], "linehold"],
])("bun run incident refuses %s with 2 and does nothing", async (_what, args, said) => {
  const { code, err, out } = await run(...args);

  expect(code).toBe(2);
  expect(err).toContain(said);
  expect(out).toBe("");
});
