import { expect, test } from "bun:test";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, openFaultProxy, temporaryFolder } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangePrices } from "../odds/catalogue.ts";
import { startWeb, until, type WebProcess } from "./web_process.ts";

const theme = (slug: string) => `/${slug}/api/public/load-theme`;

/** Two brands and an event with prices, and a web process that has served them all and left a snapshot. */
async function openStage(scope: AsyncDisposableStack) {
  const dir = temporaryFolder();
  scope.defer(() => rmSync(dir, { recursive: true, force: true }));
  const database = scope.use(await openDatabase());
  await arrangeTenant(database, {
    slug: "acme",
    hosts: ["bets.acme.example"],
    document: { name: "Acme Bets", colors: { primary: "#aa0000" } },
  });
  await arrangeTenant(database, { slug: "bravo", document: { name: "Bravo" } });
  await arrangeTenant(database, { slug: "closed", state: "suspended" });
  const eventId = await arrangeEvent(database, { startsAt: new Date(Date.now() + 3_600_000) });
  await arrangeFeed(database, new Date(), "test");
  await arrangePrices(database, eventId, [{ outcome: "home", price: [5, 2] }]);
  const { hostname, port } = new URL(database.url);
  const postgres = scope.use(await openFaultProxy({ hostname, port: Number(port) }));
  const settings = {
    DATABASE_URL: postgres.through(database.url),
    SNAPSHOT_DIR: dir,
    SNAPSHOT_INTERVAL: "1",
  };
  const boot = async (more: Record<string, string> = {}) => {
    const web = scope.use(await startWeb({ ...settings, ...more }));
    await web.listening();
    return web;
  };
  const odds = `/acme/api/public/events/${eventId}/odds`;
  return { dir, file: join(dir, "reads.snapshot"), postgres, boot, odds };
}

/** Asks for everything once, and gives the moment of it. */
async function serveAll(web: WebProcess, odds: string): Promise<number> {
  for (const path of [theme("acme"), theme("bravo")])
    await until(
      async () => (await web.get(path)).headers.get("cache-status")?.includes("default") === false,
      5000,
    );
  const at = performance.now();
  for (const path of ["/acme/api/public/sports", odds]) expect((await web.get(path)).status).toBe(200);
  return at;
}

const seconds = (header: string | null) => Number(header ?? Number.NaN);

test.each(["refuse", "blackhole"] as const)(
  "web that boots with Postgres gone by %p serves the last known brands, marked stale with their true age",
  async (fault) => {
    await using scope = new AsyncDisposableStack();
    const { boot, dir, odds, postgres } = await openStage(scope);
    const before = await boot();
    const servedAt = await serveAll(before, odds);
    before.signal("SIGTERM");
    expect(await before.exited).toBe(0);
    expect(readdirSync(dir)).toEqual(["reads.snapshot"]);
    await Bun.sleep(1500);
    await postgres.set(fault);

    const after = await boot({ PRICE_MAX_AGE: "1" });
    const responses = await Promise.all([after.get(theme("acme")), after.get(theme("bravo"))]);
    const answeredAt = performance.now();

    expect(after.lines.find(({ event }) => event === "snapshot.restored")).toMatchObject({ level: "info" });
    expect(after.lines.find(({ event }) => event === "tenants.directory_remembered")).toMatchObject({
      tenants: 3,
    });
    expect(await Promise.all(responses.map((response) => response.json()))).toMatchObject([
      { name: "Acme Bets", version: 1, colors: { primary: "#aa0000" } },
      { name: "Bravo", version: 1 },
    ]);
    const trueAge = (answeredAt - servedAt) / 1000;
    for (const { headers, status } of responses) {
      expect(status).toBe(200);
      expect(headers.get("cache-status")).toMatch(/^linehold; hit; ttl=-\d+$/);
      expect(headers.get("etag")).not.toBeNull();
      // Loaded up to a second before it was last asked for, and told in whole seconds.
      expect(seconds(headers.get("age"))).toBeGreaterThanOrEqual(Math.floor(trueAge));
      expect(seconds(headers.get("age"))).toBeLessThan(trueAge + 2);
    }
    const byHost = await after.get("/api/public/load-theme", { host: "bets.acme.example" });
    expect(await byHost.json()).toMatchObject({ name: "Acme Bets" });
    expect((await after.get(theme("closed"))).status).toBe(404);
    const nobody = await after.get(theme("never-heard-of"));
    expect([nobody.status, nobody.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect((await after.get("/acme/api/public/sports")).headers.get("cache-status")).toContain("hit; ttl=-");
    // Prices are marked: past their age they are shown and not to be bet on.
    expect(await (await after.get(odds)).json()).toMatchObject({
      expired: true,
      markets: [{ outcomes: [{ outcome: "home", suspended: true }] }],
    });
    const words = await (await fetch(`${after.opsUrl}/status.txt`)).text();
    expect(words).toMatch(/a stored value past its freshness \(up to \d+ s old\)/);

    await postgres.set("pass");
    await until(
      async () =>
        /hit; ttl=\d|fwd=miss/.test((await after.get(theme("acme"))).headers.get("cache-status") ?? ""),
      8000,
    );
  },
  40_000,
);

test("a process that is killed leaves the snapshot of its last interval, readable by its owner alone", async () => {
  await using scope = new AsyncDisposableStack();
  const { boot, file, odds, postgres } = await openStage(scope);
  const before = await boot();
  await serveAll(before, odds);
  const written = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  await until(() => written() > 0, 5000);
  const first = written();
  await before.get(theme("acme"));
  await until(() => written() > first, 5000);
  before.signal("SIGKILL");
  await before.exited;
  await postgres.set("refuse");

  const after = await boot();

  expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  expect(await (await after.get(theme("acme"))).json()).toMatchObject({ name: "Acme Bets" });
}, 40_000);

test("a flipped byte is detected and logged once, and the default brand is served", async () => {
  await using scope = new AsyncDisposableStack();
  const { boot, file, odds, postgres } = await openStage(scope);
  const before = await boot();
  await serveAll(before, odds);
  before.signal("SIGTERM");
  await before.exited;
  const bytes = readFileSync(file);
  const at = bytes.indexOf("Acme Bets");
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  writeFileSync(file, bytes);
  await postgres.set("refuse");

  const after = await boot();
  const response = await after.get(theme("acme"));

  expect(at).toBeGreaterThan(0);
  expect(after.lines.filter(({ event }) => event.startsWith("snapshot."))).toMatchObject([
    {
      level: "warn",
      event: "snapshot.refused",
      reason: "torn",
      message: "The snapshot is torn and was not used",
    },
  ]);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-status")).toBe("linehold; fwd=uri-miss; detail=default");
  expect(await response.json()).toMatchObject({ tenant: "acme", name: "Sportsbook", version: 0 });
}, 40_000);

test("a folder that cannot be written is told once, on the status page too, and nothing else suffers", async () => {
  await using scope = new AsyncDisposableStack();
  const { boot, dir, odds } = await openStage(scope);
  const blocked = join(dir, "a-file");
  writeFileSync(blocked, "not a folder");

  const web = await boot({ SNAPSHOT_DIR: blocked });
  await serveAll(web, odds);
  const failed = () => web.lines.filter(({ event }) => event === "snapshot.save_failed");
  await until(() => failed().length > 0, 5000);
  await Bun.sleep(2500);

  expect(failed()).toHaveLength(1);
  expect(await (await fetch(`${web.opsUrl}/status.txt`)).text()).toMatch(
    /The snapshot cannot be written since .*: a restart without the database would remember nothing\. Look at SNAPSHOT_DIR/,
  );
  expect((await web.get(theme("acme"))).status).toBe(200);
}, 40_000);
