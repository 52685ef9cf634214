import { expect, test } from "bun:test";
import fc from "fast-check";
import { createLocate, isTenantSlug, type Tenant, type TenantLookup } from "../../src/tenants/mod.ts";

const acme: Tenant = {
  tenantId: "1",
  slug: "acme",
  displayName: "Acme",
  state: "active",
  hosts: ["bets.acme.example"],
};
const gone: Tenant = { tenantId: "2", slug: "gone", displayName: "Gone", state: "suspended", hosts: [] };

function locateWith(
  known: boolean,
  { baseDomain }: { baseDomain?: string } = { baseDomain: "books.example" },
) {
  const lookUpHost = (host: string): TenantLookup => {
    if (!known) return { state: "undetermined", slug: "", cause: "database_unreachable" };
    if (host === "bets.acme.example" || host === "acme.books.example")
      return { state: "active", tenant: acme };
    if (host === "gone.books.example") return { state: "suspended", tenant: gone };
    return { state: "unknown" };
  };
  const isCommon = (path: string) =>
    path === "/docs" || path.startsWith("/docs/") || path === "/openapi.json";
  return createLocate({ lookUpHost, baseDomain, isCommon });
}

test.each([
  ["a path under nobody's host", "127.0.0.1", "/acme/api/public/sports", "/acme/api/public/sports"],
  ["no host at all", undefined, "/acme/api/public/sports", "/acme/api/public/sports"],
  ["a custom domain", "bets.acme.example", "/api/public/sports", "/acme/api/public/sports"],
  ["a subdomain", "acme.books.example", "/api/public/sports", "/acme/api/public/sports"],
  [
    "a tenant's host, its path literal",
    "acme.books.example",
    "/beta/api/public/sports",
    "/acme/beta/api/public/sports",
  ],
  ["a suspended tenant's host", "gone.books.example", "/api/public/sports", "/gone/api/public/sports"],
  [
    "an unknown subdomain without a segment",
    "nope.books.example",
    "/api/public/sports",
    "/nope/api/public/sports",
  ],
  [
    "an unknown subdomain with a segment",
    "nope.books.example",
    "/acme/api/public/sports",
    "/acme/api/public/sports",
  ],
  ["nobody's host without a segment", "127.0.0.1", "/api/public/sports", "/-/api/public/sports"],
  ["the base domain itself", "books.example", "/api/public/sports", "/-/api/public/sports"],
  ["a reserved subdomain", "www.books.example", "/api/public/sports", "/-/api/public/sports"],
  ["a deeper subdomain", "a.acme.books.example", "/api/public/sports", "/-/api/public/sports"],
  ["documentation under a tenant's host", "acme.books.example", "/docs", "/docs"],
  ["the contract under a tenant's host", "bets.acme.example", "/openapi.json", "/openapi.json"],
])("a known directory locates %s", (_what, host, path, expected) => {
  expect(locateWith(true)(host, path)).toBe(expected);
});

test.each([
  [
    "a subdomain, whose name says who it would be",
    "acme.books.example",
    "/api/public/load-theme",
    "/acme/api/public/load-theme",
  ],
  [
    "a host that may be a custom domain",
    "bets.acme.example",
    "/api/public/load-theme",
    "/-/api/public/load-theme",
  ],
  ["a path", "127.0.0.1", "/acme/api/public/load-theme", "/acme/api/public/load-theme"],
])("a directory that was never loaded locates %s", (_what, host, path, expected) => {
  expect(locateWith(false)(host, path)).toBe(expected);
});

test("without a base domain a subdomain names nobody", () => {
  expect(locateWith(false, {})("acme.books.example", "/api/public/sports")).toBe("/-/api/public/sports");
});

test("under a tenant's host no path reaches another tenant", () => {
  const locate = locateWith(true);
  const path = fc.stringMatching(/^\/[a-z./-]{0,40}$/);
  fc.assert(
    fc.property(path, (asked) => {
      const located = locate("acme.books.example", asked);
      expect(located.startsWith("/acme/") || located === asked).toBe(true);
      if (located === asked) expect(asked === "/openapi.json" || asked.startsWith("/docs")).toBe(true);
    }),
  );
});

test.each(["health", "healthz", "readyz", "api", "docs", "metrics", "console", "openapi", "www", "default"])(
  "%p cannot be a tenant, as a path needs it",
  (slug) => {
    expect(isTenantSlug(slug)).toBe(false);
  },
);

test.each(["", "-", "Acme", "a_b", "-a", "a-", "a.b", "ü", "a".repeat(64), "__proto__"])(
  "%p cannot be a tenant, as it is no label of a host",
  (slug) => {
    expect(isTenantSlug(slug)).toBe(false);
  },
);
