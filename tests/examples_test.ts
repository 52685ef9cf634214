import { expect, test } from "bun:test";
import { openDatabase } from "./harness/mod.ts";

async function runExample(name: string, { args = [], env = {} }: { args?: string[]; env?: object } = {}) {
  const child = Bun.spawn([process.execPath, `examples/${name}.ts`, ...args], {
    cwd: new URL("..", import.meta.url).pathname,
    env: { PATH: Bun.env["PATH"], ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, errors, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, errors, lines: out.trimEnd().split("\n") };
}

test("examples/resilience.ts leaves a failing source alone and comes back to it", async () => {
  let asked = 0;
  using server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => new Response(null, { status: ++asked > 3 && asked <= 9 ? 503 : 204 }),
  });

  const { code, errors, lines } = await runExample("resilience", { args: [server.url.href, "30"] });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const opened = lines.indexOf("breaker_opened");
  const closed = lines.indexOf("breaker_closed");
  expect(lines[0]).toBe("answered");
  expect(opened).toBeGreaterThan(0);
  expect(lines.slice(opened + 2, closed)).toContain("refused at once");
  expect(lines.slice(opened + 2, closed)).not.toContain("answered");
  expect(lines.at(-1)).toBe("answered");
});

test("examples/pool.ts lets two work and tells the third why it may not", async () => {
  await using database = await openDatabase();

  const { code, errors, lines } = await runExample("pool", { env: { DATABASE_URL: database.url } });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(lines).toEqual([
    "first worked as linehold_read",
    "second worked as linehold_read",
    "refused: pool_exhausted",
    "2 connections",
  ]);
});

test("examples/reads.ts shares one load, then serves what is old and what is default", async () => {
  await using database = await openDatabase();

  const { code, errors, lines } = await runExample("reads", { env: { DATABASE_URL: database.url } });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(lines.slice(0, 2)).toEqual(["1000 readers, 1 load", "Hello, Ada: fresh"]);
  expect(lines[2]).toStartWith("Hello, Ada: stale (");
  expect(lines[3]).toStartWith("Hello: default (");
});
