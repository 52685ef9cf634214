import { expect, test } from "bun:test";
import { arrangeTenant, changeBrand } from "../app/tenants.ts";
import { openDatabase, openFaultProxy } from "../harness/mod.ts";
import { startWeb, until, type WebProcess } from "./web_process.ts";

const THEME = "/acme/api/public/load-theme";
const TOKEN = "operators-only";

async function openStage(scope: AsyncDisposableStack, settings: Record<string, string> = {}) {
  const database = scope.use(await openDatabase());
  const tenantId = await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
  const { hostname, port } = new URL(database.url);
  const postgres = scope.use(await openFaultProxy({ hostname, port: Number(port) }));
  const url = postgres.through(database.url);
  const web = scope.use(await startWeb({ DATABASE_URL: url, OPS_TOKEN: TOKEN, ...settings }));
  scope.defer(() => postgres.set("pass"));
  await web.listening();
  await until(async () => (await web.get(THEME)).headers.has("etag"), 5000);
  return { database, tenantId, postgres, web };
}

async function pull(web: WebProcess, path: string, body?: unknown) {
  const response = await fetch(web.opsUrl + path, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const words = async (web: WebProcess) => (await fetch(`${web.opsUrl}/status.txt`)).text();
const loads = async (web: WebProcess) => {
  const text = await (await fetch(`${web.opsUrl}/metrics`)).text();
  return [...text.matchAll(/^linehold_loads_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
};

test.each(["refuse", "blackhole"] as const)(
  "every lever works with the database gone by %p",
  async (fault) => {
    await using scope = new AsyncDisposableStack();
    const { postgres, web } = await openStage(scope);
    await postgres.set(fault);

    const startedAt = performance.now();
    const drained = await pull(web, "/drain");
    const during = [
      (await web.get("/readyz")).status,
      (await web.get(THEME)).status,
      (await web.get("/healthz")).status,
    ];
    const released = await pull(web, "/drain?off");
    const ready = (await web.get("/readyz")).status;
    const shut = await pull(web, "/stale-only");
    const resized = await pull(web, "/resize", { pool: "read", max: 40, min: 5 });
    const renewed = await pull(web, "/renew");
    const said = await words(web);
    const opened = await pull(web, "/stale-only?off");
    const tookMs = performance.now() - startedAt;

    expect([drained.body, during, released.body, ready]).toEqual([
      { draining: true },
      [503, 200, 200],
      { draining: false },
      200,
    ]);
    expect([shut.body, opened.body]).toEqual([{ staleOnly: true }, { staleOnly: false }]);
    expect(resized.body).toEqual({ pool: "read", max: 40, min: 5, before: { max: 20, min: 4 } });
    expect(renewed.body).toEqual({ renewed: ["read", "write"] });
    expect(said).toContain("Serving from memory alone since ");
    expect(said).toContain("The read pool was resized at ");
    expect(tookMs).toBeLessThan(2000);
    const status = (await (await fetch(`${web.opsUrl}/status`)).json()) as {
      pools: { read: { max: number } };
    };
    expect(status.pools.read.max).toBe(40);
    const pulled = web.lines
      .filter(({ event }) => event === "ops.lever_pulled")
      .map(({ message }) => message);
    expect(pulled).toEqual([
      "An operator pulled /drain",
      "An operator pulled /drain?off",
      "An operator pulled /stale-only",
      "An operator pulled /resize: the read pool has 40 connections at most and keeps 5",
      "An operator pulled /renew: every connection of read, write is replaced",
      "An operator pulled /stale-only?off",
    ]);
  },
  30_000,
);

test("while /stale-only is pulled nothing is loaded, visitors have what is in memory, and changes wait until it is let go", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenantId, web } = await openStage(scope, { BRANDING_CACHE_TTL: "0.2" });

  await pull(web, "/stale-only");
  await Bun.sleep(400);
  const before = await loads(web);
  await changeBrand(database, tenantId, { name: "Changed meanwhile" });
  for (let ask = 0; ask < 20; ask += 1) {
    const response = await web.get(THEME);
    expect(response.headers.get("cache-status")).toMatch(/^linehold; hit; ttl=-\d+$/);
    expect(await response.json()).toMatchObject({ name: "Acme Bets" });
    await Bun.sleep(50);
  }
  const sports = await web.get("/acme/api/public/sports");
  const during = await loads(web);
  const said = await words(web);
  await pull(web, "/stale-only?off");
  const backMs = await until(
    async () => ((await (await web.get(THEME)).json()) as { name: string }).name === "Changed meanwhile",
    3000,
  );

  expect(during).toBe(before);
  expect([sports.status, sports.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
  expect(sports.headers.has("retry-after")).toBe(true);
  expect(said).toContain("Cause stale_only: An operator told this process to leave the database alone.");
  expect(backMs).toBeLessThan(2000);
}, 30_000);

test("without OPS_TOKEN no lever can be pulled", async () => {
  await using scope = new AsyncDisposableStack();
  const { web } = await openStage(scope, { OPS_TOKEN: "" });

  const refused = await pull(web, "/drain");

  expect([refused.status, refused.body["code"]]).toEqual([403, "levers_locked"]);
  expect((await web.get("/readyz")).status).toBe(200);
}, 30_000);

test("the public listener has no levers", async () => {
  await using scope = new AsyncDisposableStack();
  const { web } = await openStage(scope);

  for (const path of ["/drain", "/stale-only", "/resize", "/renew"]) {
    const response = await fetch(web.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([path, response.status]).toEqual([path, 404]);
  }
  expect((await web.get("/readyz")).status).toBe(200);
}, 30_000);
