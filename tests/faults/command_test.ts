import { expect, test } from "bun:test";
import { join } from "node:path";

async function run(...args: string[]) {
  const file = join(import.meta.dir, "../../src/commands/faults_reads.ts");
  const child = Bun.spawn([process.execPath, file, ...args], { stdout: "pipe", stderr: "pipe" });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, out, err };
}

test("faults:reads prints the cells of one fault and ends with 0 when all are green", async () => {
  const { code, out, err } = await run("--fault", "rejecting");

  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^cell +answers +longest wait +fresh again/);
  expect(out).toMatch(/^rejecting\/stale\/direct +(fresh \d+ )?stale \d+ +\d+ of 125 ms +\d\.\d s .* ok$/m);
  expect(out).toMatch(/^(4|8) cells, 0 red$/m);
}, 60_000);

test("faults:reads gives the same as data", async () => {
  const { code, out } = await run("--cancels", "200", "--json");

  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ok: true, cancels: { wrong: 0, connectionsClosed: 0 } });
}, 60_000);

test("faults:reads explains itself and refuses arguments that make no sense", async () => {
  const [help, unknown, two, much] = await Promise.all([
    run("--help"),
    run("--fault", "rain"),
    run("--guards", "--hang", "5"),
    run("--hang", "601"),
  ]);

  expect(help).toMatchObject({ code: 0, out: expect.stringContaining("--fault NAME") });
  expect(unknown).toMatchObject({ code: 64, err: expect.stringContaining('There is no fault "rain"') });
  expect(two).toMatchObject({ code: 64, err: expect.stringContaining("one of --guards, --hang") });
  expect(much).toMatchObject({ code: 64, err: expect.stringContaining("from 1 to 600") });
}, 30_000);
