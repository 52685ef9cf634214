import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { LineholdClient, LineholdClientOptions } from "../../openapi/client/mod.ts";
import { openStage, type Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { publishedOperations } from "../contract/document.ts";
import { chromiumPath, openBrowser, type WatchedBrowser } from "./browser.ts";

const path = chromiumPath();

describe.skipIf(path === undefined)("in Chromium", () => {
  let stage: Stage;
  let watched: WatchedBrowser;
  beforeAll(async () => {
    stage = await openStage({
      arrange: (database) =>
        arrangeTenant(database, { slug: "supersports", document: { name: "Super Sports" } }),
    });
    await stage.directory.firstLoaded;
    watched = await openBrowser(path ?? "");
  }, 60_000);
  afterAll(async () => {
    await watched?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  }, 30_000);

  test("Swagger UI shows every operation and executes load-theme, and no request leaves the machine", async () => {
    const page = await watched.browser.newPage();
    const requested: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });

    await page.goto(`${stage.server.url}/docs`);
    const operations = publishedOperations();
    await page.waitForSelector("#operations-branding-loadTheme");
    const shown = await page.locator(".opblock").evaluateAll((blocks) => blocks.map((block) => block.id));
    await page.click("#operations-branding-loadTheme .opblock-summary-control");
    await page.click("#operations-branding-loadTheme .try-out__btn");
    await page.click("#operations-branding-loadTheme .execute");
    const answer = page.locator("#operations-branding-loadTheme .live-responses-table .response").first();
    await answer.waitFor();
    const text = (await answer.textContent()) ?? "";
    await page.close();

    expect(shown.sort()).toEqual(
      operations.map(({ tags, operationId }) => `operations-${tags[0]}-${operationId}`).sort(),
    );
    expect(text).toStartWith("200");
    expect(text).toContain('"name": "Super Sports"');
    expect(text).toContain("cache-status: linehold;");
    expect(requested).toContain(`${stage.server.url}/supersports/api/public/load-theme`);
    expect(
      requested.filter((url) => !url.startsWith(`${stage.server.url}/`) && !url.startsWith("data:")),
    ).toEqual([]);
    expect(watched.strays).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  test("the page's policy would refuse a script from elsewhere", async () => {
    const page = await watched.browser.newPage();
    await page.goto(`${stage.server.url}/docs`);

    const refused = await page
      .addScriptTag({ url: "https://cdn.example/x.js" })
      .then(() => false)
      .catch(() => true);
    await page.close();

    expect(refused).toBe(true);
    expect(watched.strays).toEqual([]);
  }, 30_000);

  test("a page of another origin reads load-theme and its Cache-Status through the client", async () => {
    const built = await Bun.build({
      entrypoints: [join(import.meta.dir, "fixtures/other_origin_page.ts")],
      target: "browser",
    });
    const script = await built.outputs[0]?.text();
    await using frontEnd = serveFrontEnd(script ?? "");
    const page = await watched.browser.newPage();
    await page.goto(frontEnd.url);
    await page.waitForFunction(() => "createLineholdClient" in globalThis);

    const seen = await page.evaluate(async (baseUrl) => {
      const { createLineholdClient } = globalThis as unknown as {
        createLineholdClient: (options: LineholdClientOptions) => LineholdClient;
      };
      const client = createLineholdClient({ baseUrl });
      const ask = (tenant: string, headers: Record<string, string>) =>
        client.GET("/{tenant}/api/public/load-theme", { params: { path: { tenant } }, headers });
      const { data, response } = await ask("supersports", {});
      const etag = response.headers.get("etag") ?? "";
      // Not a simple request any more: the browser asks by OPTIONS first.
      const named = await ask("supersports", { "x-request-id": "page-1", "if-none-match": etag });
      const refused = await ask("nobody", {});
      return {
        name: data?.name,
        ageMark: data?.compliance.ageMark,
        cacheStatus: response.headers.get("cache-status"),
        age: response.headers.get("age"),
        named: [named.response.status, named.response.headers.get("x-request-id")],
        refused: [refused.response.status, refused.error?.code],
      };
    }, stage.server.url);
    await page.close();

    expect(new URL(frontEnd.url).origin).not.toBe(new URL(stage.server.url).origin);
    expect(seen).toMatchObject({ name: "Super Sports", ageMark: "18+", refused: [404, "tenant_not_found"] });
    expect(seen.cacheStatus).toMatch(/^linehold; hit; ttl=\d+$/);
    expect(seen.age).toMatch(/^\d+$/);
    expect(seen.named).toEqual([304, "page-1"]);
    expect(watched.strays).toEqual([]);
  }, 60_000);
});

function serveFrontEnd(script: string): AsyncDisposable & { readonly url: string } {
  const types = { "/": "text/html; charset=utf-8", "/page.js": "text/javascript; charset=utf-8" } as const;
  const bodies = {
    "/": '<!doctype html><title>Front end</title><script src="/page.js"></script>',
    "/page.js": script,
  };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname !== "/" && pathname !== "/page.js") return new Response(null, { status: 404 });
      return new Response(bodies[pathname], { headers: { "content-type": types[pathname] } });
    },
  });
  return { url: `http://127.0.0.1:${server.port}/`, [Symbol.asyncDispose]: () => server.stop(true) };
}
