import { expect, test } from "bun:test";

const COMMAND = new URL("../../src/commands/bench.ts", import.meta.url).pathname;

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = Bun.spawn([process.execPath, COMMAND, ...args], { stdout: "pipe", stderr: "pipe" });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}

test("bun run bench --help names every bench and ends with 0", async () => {
  const { code, out } = await run("--help");

  expect(code).toBe(0);
  for (const name of ["reads", "http", "fairness", "metastable", "ingest"])
    expect(out).toContain(`  ${name}`);
});

test.each([
  ["no bench at all", [], "reads, http, fairness, metastable"],
  ["a bench that does not exist", ["writes"], '"writes"'],
  ["two at a time", ["reads", "http"], '"http"'],
  ["an unknown flag", ["reads", "--fast"], "--fast"],
  ["no rounds", ["reads", "--rounds", "0"], "from 1 to 1000"],
  ["a fault shorter than it takes to notice", ["metastable", "--seconds", "1"], "from 2 to 600"],
])("bun run bench refuses %s with 64 and measures nothing", async (_what, args, said) => {
  const { code, err, out } = await run(...args);

  expect(code).toBe(64);
  expect(err).toContain(said);
  expect(out).toBe("");
});
