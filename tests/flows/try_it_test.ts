import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createLineholdClient } from "../../openapi/client/mod.ts";
import { temporaryFolder } from "../harness/mod.ts";
import { type Stack, startStack } from "../local/_stack.ts";
import { until } from "./web_process.ts";

setDefaultTimeout(120_000);

const ROOT = join(import.meta.dir, "../..");
const EXAMPLE = readFileSync(join(ROOT, "examples/bet.ts"), "utf8");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

test("the README's bet is the example, letter by letter, and stands on the generated client alone", () => {
  const [, section = ""] = /\n## Try it: a bet\n(.*?)\n## /s.exec(README) ?? [];
  const [, shown = ""] = /```ts\n(.*?)```/s.exec(section) ?? [];
  const [, code = ""] = /^\/\*\*.*?\*\/\n(.*)$/s.exec(EXAMPLE) ?? [];

  expect(shown).toBe(code);
  expect([...code.matchAll(/from "(.*)"/g)].map(([, from]) => from)).toEqual(["../openapi/client/mod.ts"]);
});

test("from bun start and what it prints, the example registers, verifies, pays in, bets and reads back", async () => {
  await using scope = new AsyncDisposableStack();
  const dataDir = temporaryFolder();
  scope.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const stack = scope.use(startStack({ dataDir }));
  const { web } = await stack.ready();
  const baseUrl = `http://127.0.0.1:${web}`;
  const client = createLineholdClient({ baseUrl });
  const path = { tenant: "supersports" };
  const isOnOffer = async () => {
    const { data } = await client.GET("/{tenant}/api/public/events", { params: { path } });
    return (data?.items.length ?? 0) > 0;
  };
  await until(isOnOffer, 60_000, 100);

  const [operatorKey = ""] = hintOf(stack, /^Key {3}(lho_\S+) {2}\(operator of supersports\)$/);
  const { code, out, errors } = await runExample({ OPERATOR_KEY: operatorKey, BASE_URL: baseUrl });

  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const [bet = "", money = ""] = out.split("\n");
  expect(bet).toMatch(/^open: 500 on .+ against .+, returns \d+$/);
  expect(money).toMatch(/^[A-Z]{3}: 4500 to spend, 500 held$/);
  const [, returned] = /returns (\d+)/.exec(bet) ?? [];
  expect(Number(returned)).toBeGreaterThan(500);
  await expectSignIn(stack, client);
});

/** The printed player is verified and has money to bet with. */
async function expectSignIn(stack: Stack, client: ReturnType<typeof createLineholdClient>): Promise<void> {
  const [email = "", password = ""] = hintOf(
    stack,
    /^Key {3}(\S+@\S+) {2}(\S+) {2}\(a player of supersports/,
  );
  const path = { tenant: "supersports" };

  const { data: session } = await client.POST("/{tenant}/api/sessions", {
    params: { path },
    body: { email, password },
  });
  const headers = { authorization: `Bearer ${session?.accessToken}` };
  const { data: player } = await client.GET("/{tenant}/api/players/me", { params: { path }, headers });
  const { data: wallet } = await client.GET("/{tenant}/api/wallet", { params: { path }, headers });

  expect(player).toMatchObject({ email, state: "verified" });
  expect(wallet?.cashMinor).toBeGreaterThan(0);
}

function hintOf({ lines }: Stack, pattern: RegExp): string[] {
  const matches = lines
    .filter(({ event }) => event === "start.hint")
    .flatMap(({ message }) => pattern.exec(String(message))?.slice(1) ?? []);
  if (matches.length === 0) throw new RangeError(`Nothing was printed like ${pattern}`);
  return matches;
}

async function runExample(env: Readonly<Record<string, string>>) {
  const child = Bun.spawn([process.execPath, "examples/bet.ts"], {
    cwd: ROOT,
    env: { PATH: Bun.env["PATH"], ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, errors, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, errors };
}
