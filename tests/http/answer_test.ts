import { expect, test } from "bun:test";
import { answerPublic, lastingCacheControl, type Provenance, representJson } from "../../src/http/mod.ts";

const representation = representJson({ hello: "world" });
const hit: Provenance = { state: "fresh", ageMs: 17_900, ttlMs: 42_100, attempts: 0, shared: false };

function answer(provenance: Partial<Provenance>, headers: Record<string, string> = {}): Response {
  const request = new Request("http://linehold.internal/", { headers });
  const cacheControl = lastingCacheControl(60_000);
  return answerPublic(request, { representation, provenance: { ...hit, ...provenance }, cacheControl });
}

test.each([
  ["a fresh value in memory", {}, "linehold; hit; ttl=42"],
  ["one that is fresh for less than a second", { ttlMs: 900 }, "linehold; hit; ttl=0"],
  ["a load waited for", { attempts: 1, ttlMs: 60_000 }, "linehold; fwd=miss; stored; ttl=60"],
  [
    "a load shared with others",
    { attempts: 2, ttlMs: 60_000, shared: true },
    "linehold; fwd=miss; stored; collapsed; ttl=60",
  ],
  ["a stale value", { state: "stale", ageMs: 472_000, ttlMs: -412_000 }, "linehold; hit; ttl=-412"],
  ["one that is stale by a moment", { state: "stale", ttlMs: -1 }, "linehold; hit; ttl=-1"],
  ["a value its source has just changed", { state: "stale", ttlMs: 0 }, "linehold; hit; ttl=-1"],
  ["a default", { state: "default", ageMs: 0, ttlMs: 0 }, "linehold; fwd=uri-miss; detail=default"],
] as const)("Cache-Status of %s", (_what, provenance, expected) => {
  expect(answer(provenance).headers.get("cache-status")).toBe(expected);
});

test("fresh and stale answers are the same bytes under the same etag, with their age", async () => {
  const fresh = answer({});
  const stale = answer({ state: "stale", ageMs: 472_000, ttlMs: -412_000 });

  expect(await fresh.text()).toBe(await stale.text());
  expect(fresh.headers.get("etag")).toBe(stale.headers.get("etag") ?? "");
  expect(fresh.headers.get("age")).toBe("17");
  expect(stale.headers.get("age")).toBe("472");
  expect(fresh.headers.get("cache-control")).toBe(
    "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400",
  );
});

test("a default is not to be stored and has no etag, whatever the caller says it holds", async () => {
  const response = answer({ state: "default" }, { "if-none-match": "*" });

  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.has("etag")).toBe(false);
  expect(response.headers.has("age")).toBe(false);
  expect(await response.json()).toEqual({ hello: "world" });
});

test("a caller that holds the bytes gets 304 without them, with the provenance all the same", async () => {
  const response = answer({ state: "stale", ttlMs: -5000 }, { "if-none-match": representation.etag });

  expect(response.status).toBe(304);
  expect(await response.text()).toBe("");
  expect(response.headers.get("etag")).toBe(representation.etag);
  expect(response.headers.get("cache-status")).toBe("linehold; hit; ttl=-5");
});

test("a public answer is open to every origin without credentials, and shows where it came from", () => {
  const { headers } = answer({});

  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.has("access-control-allow-credentials")).toBe(false);
  const exposed = (headers.get("access-control-expose-headers") ?? "").toLowerCase().split(", ");
  expect(exposed).toContain("cache-status");
  expect(exposed).toContain("age");
  expect(exposed).toContain("etag");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
