import { expect, test } from "bun:test";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, openFaultProxy } from "../harness/mod.ts";
import { startWeb, until } from "./web_process.ts";

const THEME = "/acme/api/public/load-theme";

test.each(["refuse", "blackhole"] as const)(
  "web boots with Postgres gone by %p, serves the default brand, and the real one within 5 s of its coming up",
  async (fault) => {
    await using database = await openDatabase();
    await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
    const { hostname, port } = new URL(database.url);
    await using postgres = await openFaultProxy({ hostname, port: Number(port) });
    await postgres.set(fault);
    await using web = await startWeb({ DATABASE_URL: postgres.through(database.url) });

    const listeningMs = await web.listening();
    const response = await web.get(THEME);
    const theme = await response.json();

    expect(listeningMs).toBeLessThan(2000);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.has("etag")).toBe(false);
    expect(theme).toMatchObject({ tenant: "acme", compliance: { ageMark: "18+" } });
    expect((await web.get("/readyz")).status).toBe(200);
    expect((await web.get("/acme/api/public/sports")).status).toBe(503);
    const words = await (await fetch(`${web.opsUrl}/status.txt`)).text();
    expect(words).toMatch(/Cause database_(unreachable|slow)/);

    await Bun.sleep(2500);
    await postgres.set("pass");
    const freshMs = await until(async () => {
      const answer = await web.get(THEME);
      expect(answer.status).toBe(200);
      return !answer.headers.get("cache-status")?.includes("default");
    }, 5000);

    expect(await (await web.get(THEME)).json()).toMatchObject({ name: "Acme Bets", version: 1 });
    expect(freshMs).toBeLessThan(5000);
    expect(web.exitCode()).toBeUndefined();
    await until(() => web.lines.some(({ message }) => message === "Pre-warmed 1/1 branding caches"), 5000);
    const messages = web.lines.map(({ message }) => message);
    expect(
      messages.some((message) =>
        /^Branding DB unavailable \(\w+\)\. Serving cached\/default for acme$/.test(message),
      ),
    ).toBe(true);
    expect(messages).toContain("Warmed cache for: acme");
    expect(web.lines.find(({ event }) => event === "web.started")).toMatchObject({
      pools: { read: { max: 20, min: 4 }, write: { max: 10, min: 1 } },
    });
  },
  40_000,
);

test("SIGTERM turns /readyz at once, lets visitors finish, and ends the process with code 0", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "acme" });
  await using web = await startWeb({ DATABASE_URL: database.url });
  await web.listening();
  await until(async () => (await web.get(THEME)).headers.has("etag"), 5000);

  web.signal("SIGTERM");
  await Bun.sleep(60);
  const [ready, healthy, theme] = await Promise.all([
    web.get("/readyz"),
    web.get("/healthz"),
    web.get(THEME),
  ]);
  const startedAt = performance.now();
  const code = await web.exited;

  expect([ready.status, healthy.status, theme.status]).toEqual([503, 200, 200]);
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(4000);
}, 20_000);

test("without DATABASE_URL web ends with 78 and names the setting", async () => {
  await using web = await startWeb({});

  expect(await web.exited).toBe(78);
}, 20_000);

test("metrics are on the private listener alone", async () => {
  await using database = await openDatabase();
  await using web = await startWeb({ DATABASE_URL: database.url });
  await web.listening();
  await web.get(THEME);

  const open = await web.get("/metrics");
  const closed = await fetch(`${web.opsUrl}/metrics`);

  expect(open.status).toBe(404);
  expect(await closed.text()).toContain(
    'linehold_http_requests_total{route="/:tenant/api/public/load-theme"',
  );
}, 20_000);

test("a floating rejection is logged, drained and ends the process with code 1", async () => {
  await using web = await startWeb({}, { entry: "tests/flows/fixtures/crashing_process.ts" });

  await web.listening();
  expect(await web.exited).toBe(1);
  expect(web.lines.find(({ event }) => event === "process.crashed")).toMatchObject({
    level: "error",
    error: { message: "Nobody waits for this" },
  });
}, 20_000);
