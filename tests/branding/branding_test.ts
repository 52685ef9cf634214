import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { themeSchema } from "../../src/branding/mod.ts";
import { openStage } from "../app/stage.ts";
import { arrangeTenant, changeBrand } from "../app/tenants.ts";

const THEME = "/acme/api/public/load-theme";
const acme = {
  slug: "acme",
  displayName: "Acme",
  document: { name: "Acme Bets", colors: { primary: "#aa0000" } },
};

test("GET load-theme serves the saved theme over the built-in one, in the contract's shape", async () => {
  await using stage = await openStage({ arrange: (database) => arrangeTenant(database, acme) });
  await stage.directory.firstLoaded;

  const response = await stage.get(THEME);
  const theme = await response.json();

  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("cache-status")).toMatch(/^linehold; fwd=miss; stored; ttl=\d+$/);
  expect(Value.Check(themeSchema, theme)).toBe(true);
  expect(theme).toMatchObject({
    tenant: "acme",
    name: "Acme Bets",
    version: 1,
    colors: { primary: "#aa0000" },
  });
  expect((await stage.get(THEME)).headers.get("cache-status")).toMatch(/^linehold; hit; ttl=\d+$/);
});

test("a tenant without a saved theme has its name over the built-in one, fresh", async () => {
  await using stage = await openStage({
    arrange: (database) => arrangeTenant(database, { slug: "acme", displayName: "Acme" }),
  });
  await stage.directory.firstLoaded;

  const response = await stage.get(THEME);

  expect(await response.json()).toMatchObject({
    tenant: "acme",
    name: "Acme",
    version: 0,
    logo: { alt: "Acme" },
  });
  expect(response.headers.get("etag")).not.toBeNull();
});

test("theme.css and the manifest show the same theme, each with its own type and etag", async () => {
  await using stage = await openStage({ arrange: (database) => arrangeTenant(database, acme) });
  await stage.directory.firstLoaded;

  const css = await stage.get("/acme/api/public/theme.css");
  const manifest = await stage.get("/acme/api/public/manifest.webmanifest");

  expect(css.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(await css.text()).toContain("--color-primary: #aa0000;");
  expect(manifest.headers.get("content-type")).toBe("application/manifest+json; charset=utf-8");
  expect(await manifest.json()).toMatchObject({ name: "Acme Bets", theme_color: "#aa0000" });
  expect(css.headers.get("etag")).not.toBe(manifest.headers.get("etag"));
});

test("a caller that holds the theme gets 304, and the new one when it has changed", async () => {
  await using stage = await openStage({
    brandingFreshMs: 100,
    arrange: (database) => arrangeTenant(database, acme),
  });
  await stage.directory.firstLoaded;
  const etag = (await stage.get(THEME)).headers.get("etag") ?? "";

  const held = await stage.get(THEME, { "if-none-match": etag });
  const [tenant] = stage.directory.activeTenants();
  await changeBrand(stage.database, tenant?.tenantId ?? "", { name: "Acme Anew" });
  await Bun.sleep(150);
  const changed = await stage.get(THEME, { "if-none-match": etag });

  expect([held.status, await held.text()]).toEqual([304, ""]);
  expect(changed.status).toBe(200);
  expect(await changed.json()).toMatchObject({ name: "Acme Anew", version: 2 });
});

test("HEAD load-theme has the headers of GET and no body", async () => {
  await using stage = await openStage({ arrange: (database) => arrangeTenant(database, acme) });
  await stage.directory.firstLoaded;
  const got = await stage.get(THEME);

  const head = await fetch(`${stage.server.url}${THEME}`, { method: "HEAD" });

  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(String((await got.arrayBuffer()).byteLength));
  expect(head.headers.get("etag")).toBe(got.headers.get("etag"));
});

test("an unknown tenant and a suspended one are 404, each with its own problem", async () => {
  await using stage = await openStage({
    arrange: (database) => arrangeTenant(database, { slug: "gone", state: "suspended" }),
  });
  await stage.directory.firstLoaded;

  const unknown = await stage.get("/nope/api/public/load-theme");
  const suspended = await stage.get("/gone/api/public/load-theme");

  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "tenant_not_found" }]);
  expect([suspended.status, await suspended.json()]).toMatchObject([404, { code: "tenant_suspended" }]);
  expect(unknown.headers.get("cache-control")).toBe("no-store");
});

test.each(["refuse", "blackhole", "reset"] as const)(
  "with Postgres gone by %p a theme held before is served stale, the same bytes, and fresh again afterwards",
  async (fault) => {
    await using stage = await openStage({
      brandingFreshMs: 100,
      arrange: (database) => arrangeTenant(database, acme),
    });
    await stage.directory.firstLoaded;
    const before = await (await stage.get(THEME)).text();

    await stage.postgres.set(fault);
    await Bun.sleep(1200);
    const response = await stage.get(THEME);

    expect(response.status).toBe(200);
    expect(response.headers.get("cache-status")).toMatch(/^linehold; hit; ttl=-\d+$/);
    expect(Number(response.headers.get("age"))).toBeGreaterThanOrEqual(1);
    expect(await response.text()).toBe(before);

    await stage.postgres.set("pass");
    const healed = performance.now();
    while ((await stage.get(THEME)).headers.get("cache-status")?.includes("ttl=-")) {
      expect(performance.now() - healed).toBeLessThan(5000);
      await Bun.sleep(20);
    }
  },
);

test("with Postgres gone a tenant never loaded gets the built-in brand in its name, not to be stored", async () => {
  await using stage = await openStage({ arrange: (database) => arrangeTenant(database, acme) });
  await stage.directory.firstLoaded;
  await stage.postgres.set("refuse");

  const response = await stage.get(THEME);
  const theme = await response.json();

  expect(response.status).toBe(200);
  expect(response.headers.get("cache-status")).toBe("linehold; fwd=uri-miss; detail=default");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.has("etag")).toBe(false);
  expect(Value.Check(themeSchema, theme)).toBe(true);
  expect(theme).toMatchObject({ tenant: "acme", compliance: { ageMark: "18+" } });
});

test("with the directory never loaded any tenant's name gets the built-in brand, in all three forms", async () => {
  await using stage = await openStage({ fault: "refuse", baseDomain: "books.example" });
  await stage.directory.firstTried;

  for (const form of ["load-theme", "theme.css", "manifest.webmanifest"]) {
    const response = await stage.get(`/acme/api/public/${form}`);

    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  }
  const bySubdomain = await stage.get("/api/public/load-theme", { host: "acme.books.example" });
  const byDomain = await stage.get("/api/public/load-theme", { host: "bets.acme.example" });

  expect(await bySubdomain.json()).toMatchObject({ tenant: "acme" });
  expect(await byDomain.json()).toMatchObject({ tenant: "" });
});

test("a request in the first moment after boot waits for the directory rather than showing a default", async () => {
  await using stage = await openStage({ arrange: (database) => arrangeTenant(database, acme) });

  const response = await stage.get(THEME);

  expect(await response.json()).toMatchObject({ name: "Acme Bets" });
});

test("a saved theme with tokens that cannot be used is served without them, and operators are told which", async () => {
  const document = { ...acme.document, colors: { primary: "red;}" } };
  await using stage = await openStage({
    arrange: (database) => arrangeTenant(database, { ...acme, document }),
  });
  await stage.directory.firstLoaded;

  const theme = await (await stage.get(THEME)).json();

  expect(theme).toMatchObject({ name: "Acme Bets", colors: { primary: "#1f4e79" } });
  expect(stage.events).toContainEqual({ kind: "branding_faulty", tenant: "acme", paths: ["colors.primary"] });
});
