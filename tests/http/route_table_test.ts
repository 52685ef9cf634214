import { expect, test } from "bun:test";
import { Elysia } from "elysia";
import fc from "fast-check";
import { createRouteTable } from "../../src/http/mod.ts";

const DECLARED = [
  { method: "GET", path: "/docs" },
  { method: "GET", path: "/docs/assets/:file" },
  { method: "GET", path: "/:tenant/api/public/events" },
  { method: "GET", path: "/:tenant/api/public/events/:eventId" },
  { method: "GET", path: "/:tenant/api/public/events/:eventId/odds" },
  { method: "POST", path: "/:tenant/api/public/events" },
];

test("match gives the declared pattern and its methods, HEAD wherever GET is", () => {
  const table = createRouteTable(DECLARED);

  expect(table.match("/acme/api/public/events")).toMatchObject({
    pattern: "/:tenant/api/public/events",
    methods: ["GET", "HEAD", "POST"],
  });
  expect(table.match("/docs/")?.pattern).toBe("/docs");
  expect(table.match("/docs/assets/x.js")?.pattern).toBe("/docs/assets/:file");
  expect(table.match("/acme/api/public")).toBeUndefined();
  expect(table.match("//api/public/events")).toBeUndefined();
});

test("match agrees with the router on which paths exist", async () => {
  const router = new Elysia({ handler: { standardHostname: false } });
  for (const { path } of DECLARED) router.get(path, () => "found");
  const table = createRouteTable(DECLARED);
  const segment = fc.constantFrom(
    "acme",
    "docs",
    "assets",
    "api",
    "public",
    "events",
    "odds",
    "x.js",
    "%41",
    "a b",
    "..",
  );
  const path = fc.array(segment, { maxLength: 7 }).map((segments) => `/${segments.join("/")}`);

  await fc.assert(
    fc.asyncProperty(path, async (asked) => {
      const response = await router.handle(new Request(`http://linehold.internal${asked}`));
      // The URL parser of the request resolves what the table would be given resolved.
      const { pathname } = new URL(`http://linehold.internal${asked}`);

      expect(table.match(pathname) !== undefined).toBe(response.status === 200);
    }),
    { numRuns: 500 },
  );
});
